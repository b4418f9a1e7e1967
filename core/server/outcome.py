"""`POST /outcome`: how a request of this device stands, as often as it likes to ask."""

from core.server import views
from core.server.answers import Answer, json_answer
from core.server.ciba_grant import NOT_VALID
from core.server.client_auth import ClientProof
from core.server.forms import Form, required
from core.server.services import Services
from core.server.store import requests as store


async def tell(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Gives state and outcome; 400 `invalid_grant` when it is no request of this client.

    Raises:
        Refused: 400 `invalid_request`: no `auth_req_id`.
    """
    request_id = required(form, "auth_req_id")
    stored = await services.store.read(lambda connection: store.find(connection, request_id))
    if stored is None or stored.client_id != proof.client.client_id:
        return NOT_VALID
    return json_answer(views.for_requester(stored, services.now()))
