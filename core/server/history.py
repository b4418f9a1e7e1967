"""`GET /requests` and `/requests/{id}`: what a person was asked, newest first."""

from starlette.requests import Request

from core.server.answers import Answer, json_answer
from core.server.bearers import require, user_of
from core.server.errors import Refused
from core.server.services import Services
from core.server.store import requests as store
from core.server.views import for_approver
from core.wire.messages import Requests

_MOST = 200
_NEWEST = 10**15 - 1


async def listing(services: Services, request: Request) -> Answer:
    """Gives one page of a person's requests.

    Raises:
        Refused: 400 `malformed`: `limit` or `before` is no number.
    """
    user_id = user_of(await require(services, request, "terminal"))
    count = min(_number(request, "limit", 50), _MOST)
    before = min(_number(request, "before", _NEWEST), _NEWEST)
    found = await services.store.read(lambda connection: store.latest(connection, user_id, before, count))
    now = services.now()
    return json_answer(Requests(tuple(for_approver(one, now) for one in found)))


async def one(services: Services, request: Request) -> Answer:
    """Gives one request.

    Raises:
        Refused: 404 `unknown_request`: none of this person's.
    """
    user_id = user_of(await require(services, request, "terminal"))
    request_id = request.path_params["request_id"]
    stored = await services.store.read(lambda connection: store.find(connection, request_id))
    if stored is None or stored.user_id != user_id:
        raise Refused(404, "unknown_request", "There is no such request of yours.")
    return json_answer(for_approver(stored, services.now()))


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 15 and int(text) > 0):
        raise Refused(400, "malformed", f"The parameter {name} is no positive whole number.")
    return int(text)
