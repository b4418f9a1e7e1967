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
    is_oauth: bool = False
    """Whether its errors are OAuth JSON (RFC 7591 section 3.2.2), not problem JSON."""


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
            if "\x00" in request.scope["path"]:
                raise Refused(404, "not_found", "There is nothing here.")
            answer = await route.handler(services, request)
        except (Refused, DomainError, WireError, DatabaseError) as error:
            return refuse(_refusal_of(error, route.path), is_oauth=route.is_oauth)
        return answer if isinstance(answer, Response) else respond(answer)

    return Route(route.path, endpoint, methods=[route.method])


def _refusal_of(error: Exception, path: str) -> Refused:
    match error:
        case Refused():
            return error
        case DomainError() | WireError():
            return Refused(400, error.code, error.description)
        case StatementFailed():
            _log.error("a statement of %s failed", path, exc_info=error)
            return Refused(500, "server_error", "The server failed. Its log says more.")
    _log.warning("the store did not answer: %s", error)
    detail = "The server cannot keep anything now. Try again soon."
    return Refused(503, "temporarily_unavailable", detail, headers={"Retry-After": "2"})


def respond(answer: Answer) -> Response:
    """An answer as Starlette sends it."""
    headers = {"Cache-Control": "no-store", **answer.headers}
    media_type = answer.media_type if answer.body else None
    return Response(answer.body, answer.status, headers, media_type)


def refuse(refusal: Refused, *, is_oauth: bool = False) -> Response:
    """A refusal as problem JSON, or OAuth JSON."""
    if is_oauth:
        return respond(Answer(refusal.status, refusal.oauth_body(), refusal.headers))
    return respond(Answer(refusal.status, refusal.problem_body(), refusal.headers, MEDIA_TYPE))
