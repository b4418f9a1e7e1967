"""One OAuth endpoint as a plain ASGI callable: form in, client authenticated, handler, JSON out.

No framework on this path: it is the subject of the speed budget (DESIGN.md section 7).
"""

import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from core.database.errors import DatabaseError, StatementFailed
from core.domain.errors import DomainError
from core.server import dpop
from core.server.answers import Answer
from core.server.client_auth import ClientProof, authenticate, spend_now
from core.server.errors import Refused
from core.server.forms import Form, parse_form
from core.server.services import Services
from core.wire.errors import WireError
from core.wire.http_guard import Headers, Receive, Reply, Scope, Send

_log = logging.getLogger(__name__)
_FIXED = (
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"pragma", b"no-cache"),
)

OAuthHandler = Callable[[Services, ClientProof, Form], Awaitable[Answer]]


Hold = Callable[[Services, Headers, Receive, ClientProof, Form, Answer], Awaitable[Answer]]


class OAuthRoute(NamedTuple):
    """What answers an OAuth endpoint."""

    handler: OAuthHandler
    spends: bool = False
    """Whether the handler spends the client's assertion in its own guard (`client_auth.spend`); if not, it
    is spent in a commit of its own before the handler runs."""
    takes_proof: bool = False
    """Whether a DPoP proof is looked for (RFC 9449 section 5)."""
    hold: Hold | None = None
    """What may keep an answer back until there is a better one: long polling."""


class OAuthEndpoint:
    """The ASGI callable of one path."""

    def __init__(self, services: Services, path: str, route: OAuthRoute) -> None:
        self._services, self._path, self._route = services, path, route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request through ASGI."""
        if scope["method"] == "POST":
            body = (await receive()).get("body", b"")
            reply = await self.post(scope["headers"], body, receive)
        else:
            refusal = Refused(405, "invalid_request", "This endpoint takes POST.", headers={"Allow": "POST"})
            reply = _reply(Answer(refusal.status, refusal.oauth_body(), refusal.headers))
        headers = [*reply.headers, (b"content-length", b"%d" % len(reply.body))]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})

    async def post(self, headers: Headers, body: bytes, receive: Receive) -> Reply:
        """Answers one POST; expected refusals become OAuth errors, a silent store 503."""
        try:
            answer = await self._answer(headers, body, receive)
        except Refused as refusal:
            answer = Answer(refusal.status, refusal.oauth_body(), refusal.headers)
        except (DomainError, WireError) as error:
            answer = _refusal(400, "invalid_request", _printable(error.description))
        except StatementFailed:
            _log.exception("a statement of %s failed", self._path)
            answer = _refusal(500, "server_error", "The server failed.")
        except DatabaseError as error:
            _log.warning("the store did not answer: %s", error)
            detail = "The server cannot keep anything now. Try again soon."
            answer = _refusal(503, "temporarily_unavailable", detail)
        return _reply(answer)

    async def _answer(self, headers: Headers, body: bytes, receive: Receive) -> Answer:
        form = parse_form(body)
        proof = await authenticate(self._services, headers, form, self._path)
        if not self._route.spends and proof.jti is not None:
            await spend_now(self._services, proof)
        if self._route.takes_proof:
            proof = await dpop.bound(self._services, proof, headers, self._path)
        answer = await self._route.handler(self._services, proof, form)
        if self._route.hold is not None and answer.status == 400:
            return await self._route.hold(self._services, headers, receive, proof, form, answer)
        return answer


def _reply(answer: Answer) -> Reply:
    if not answer.headers:
        return Reply(answer.status, _FIXED, answer.body)
    more = tuple((name.lower().encode(), value.encode()) for name, value in answer.headers.items())
    return Reply(answer.status, _FIXED + more, answer.body)


def _refusal(status: int, reason: str, detail: str) -> Answer:
    headers = {"Retry-After": "2"} if status == 503 else {}
    return Answer(status, Refused(status, reason, detail).oauth_body(), headers)


def _printable(detail: str) -> str:
    """Keeps to the characters of `error_description` (RFC 6749 section 5.2)."""
    return "".join(char if " " <= char <= "~" and char not in '"\\' else "'" for char in detail)
