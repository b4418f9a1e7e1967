"""One endpoint that speaks JSON and problem JSON: a plain function of services and request, made a route."""

import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.database.errors import DatabaseError, StatementFailed
from core.domain.errors import DomainError
from core.server.answers import Answer
from core.server.errors import Refused
from core.server.services import Services
from core.wire.errors import WireError
from core.wire.messages import decode
from core.wire.problem import MEDIA_TYPE

_log = logging.getLogger(__name__)
T = TypeVar("T")

JsonHandler = Callable[[Services, Request], Awaitable[Answer | Response]]


class JsonRoute(NamedTuple):
    """A method and path with what answers them; several methods of a path are several of these."""

    method: str
    path: str
    handler: JsonHandler


async def read_message(request: Request, shape: type[T]) -> T:
    """The message in the body.

    Raises:
        MessageRefused: It is no JSON of that shape; answered as 400 `malformed`.
    """
    return decode(await request.body(), shape)


def bound(services: Services, route: JsonRoute) -> Route:
    """A Starlette route whose refusals are problem JSON."""

    async def endpoint(request: Request) -> Response:
        try:
            answer = await route.handler(services, request)
        except Refused as refusal:
            return refuse(refusal)
        except (DomainError, WireError) as error:
            return refuse(Refused(400, error.code, error.description))
        except StatementFailed:
            _log.exception("a statement of %s failed", route.path)
            return refuse(Refused(500, "server_error", "The server failed. Its log says more."))
        except DatabaseError as error:
            _log.warning("the store did not answer: %s", error)
            detail = "The server cannot keep anything now. Try again soon."
            return refuse(Refused(503, "temporarily_unavailable", detail, headers={"Retry-After": "2"}))
        return answer if isinstance(answer, Response) else respond(answer)

    return Route(route.path, endpoint, methods=[route.method])


def respond(answer: Answer) -> Response:
    """An answer as Starlette sends it."""
    headers = {"Cache-Control": "no-store", **answer.headers}
    media_type = answer.media_type if answer.body else None
    return Response(answer.body, answer.status, headers, media_type)


def refuse(refusal: Refused) -> Response:
    """A refusal as problem JSON."""
    return respond(Answer(refusal.status, refusal.problem_body(), refusal.headers, MEDIA_TYPE))
