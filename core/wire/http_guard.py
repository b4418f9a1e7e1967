"""What every HTTP server of ours refuses before a route sees the request: pure ASGI, no framework.

A foreign `Host` gets 421 (DNS rebinding), an `Origin` 403 (a web page has no business here), a body over
64 KiB 413, one that dribbles in 408, a wrong media type 415. The body is read here, whole and counted, so a
route never starts to act on half of it. Refusals on OAuth endpoints are OAuth JSON, elsewhere problem JSON.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any

import msgspec

from core.wire.errors import WireError
from core.wire.problem import MEDIA_TYPE, OAuthError, Problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_LIMIT = 65_536
"""Longest body that is read, in bytes."""
BODY_TIME_S = 10.0
"""Longest time that a body may take to arrive, in seconds."""
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names of this machine; add the host of the server's own address where it has another."""
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.IGNORECASE)
_BODY_METHODS = frozenset({"POST", "PUT", "PATCH"})


class _Refused(WireError):
    """A request that no route shall see; it never leaves this module."""

    def __init__(self, status: int, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.reason = status, reason


class HttpGuard:
    """Wraps an application.

    Args:
        app: what answers the requests that pass.
        hosts: host names without port that this server goes by, in lower case; IPv6 in brackets.
        form_paths: paths that take a form and answer OAuth errors; all others take JSON.
        origin_paths: paths where a browser's `Origin` is let through, if it is among `origins`.
        origins: our own origins, for example `http://127.0.0.1:8410`.
    """

    def __init__(
        self,
        app: Asgi,
        *,
        hosts: Collection[str] = LOOPBACK_HOSTS,
        form_paths: Collection[str] = (),
        origin_paths: Collection[str] = (),
        origins: Collection[str] = (),
    ) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._form_paths = frozenset(form_paths)
        self._origin_paths, self._origins = frozenset(origin_paths), frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a refused request here; hands any other on with its body read."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            self._check_host(scope)
            self._check_origin(scope)
            if scope["method"] in _BODY_METHODS:
                receive = await self._read(scope, receive)
        except _Refused as refusal:
            await self._refuse(scope, send, refusal)
            return
        await self._app(scope, receive, send)

    def _check_host(self, scope: Scope) -> None:
        named = _headers(scope, b"host")
        match = _HOST.fullmatch(named[0]) if len(named) == 1 else None
        if match is None or match[1].lower() not in self._hosts:
            raise _Refused(421, "misdirected", "This server does not go by that host name.")

    def _check_origin(self, scope: Scope) -> None:
        origins = _headers(scope, b"origin")
        if not origins:
            return
        ours = scope["path"] in self._origin_paths and self._origins.issuperset(origins)
        if not ours:
            raise _Refused(403, "origin_refused", "Web pages may not call this server.")

    async def _read(self, scope: Scope, receive: Receive) -> Receive:
        try:
            length = int((_headers(scope, b"content-length") or ["0"])[0])
        except ValueError:
            raise _Refused(400, "bad_request", "The length of the body is no number.") from None
        if length > BODY_LIMIT:
            raise _too_large()
        try:
            async with asyncio.timeout(BODY_TIME_S):
                body = await _whole_body(receive)
        except TimeoutError:
            raise _Refused(408, "too_slow", "The body did not arrive in time. Send it again.") from None
        self._check_media_type(scope, body)
        return _replay(body, receive)

    def _check_media_type(self, scope: Scope, body: bytes) -> None:
        given = _headers(scope, b"content-type")
        if not body and not given:
            return
        wanted = FORM if scope["path"] in self._form_paths else JSON
        if len(given) != 1 or given[0].partition(";")[0].strip().lower() != wanted:
            raise _Refused(415, "wrong_media_type", f"Send the body as {wanted}.")

    async def _refuse(self, scope: Scope, send: Send, refusal: _Refused) -> None:
        is_oauth = scope["path"] in self._form_paths
        body = msgspec.json.encode(
            OAuthError("invalid_request", refusal.description)
            if is_oauth
            else Problem(refusal.status, refusal.reason, refusal.description)
        )
        headers = [
            (b"content-type", (JSON if is_oauth else MEDIA_TYPE).encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            # What was not read of the body must not be taken for the next request.
            (b"connection", b"close"),
        ]
        await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _headers(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _too_large() -> _Refused:
    return _Refused(413, "too_large", f"The body is longer than {BODY_LIMIT} bytes.")


async def _whole_body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    total = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Refused(400, "bad_request", "The body ended early.")
        part = message.get("body", b"")
        total += len(part)
        if total > BODY_LIMIT:
            raise _too_large()
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Gives the body once, then whatever the connection says next."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
