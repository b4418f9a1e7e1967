"""`GET /contacts`: a device learns its own contacts, and nobody else's."""

from starlette.requests import Request

from core.server import bearers
from core.server.answers import Answer, json_answer
from core.server.errors import BadBearer
from core.server.services import Services
from core.server.store import contacts
from core.wire.messages import ContactName, Contacts


async def own(services: Services, request: Request) -> Answer:
    """The device's nicknames with pairwise subjects; `owner` is the first one paired that still is."""
    bearer = await bearers.require(services, request, "device")
    client = await services.clients.find(bearer.client_id)
    if client is None:
        raise BadBearer
    rows = await services.store.read(lambda c: contacts.of_device(c, client.client_id))
    names = tuple(
        ContactName(row.nickname, row.spoken_as or row.own, services.subjects.for_client(client, row.user_id))
        for row in rows
    )
    return json_answer(Contacts(names, names[0].nickname if names else None))
