"""What every HTTP server of ours refuses before a route sees the request: pure ASGI, no framework.

A foreign `Host` gets 421 (DNS rebinding), an `Origin` 403 (a web page has no business here), a body over
64 KiB 413, one that dribbles in 408, a wrong media type 415. The body is read here, whole and counted, so a
route never starts to act on half of it. Refusals on OAuth endpoints are OAuth JSON, elsewhere problem JSON.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from typing import Any, NamedTuple, cast

import msgspec

from core.wire.deadlines import deadlines_of
from core.wire.errors import WireError
from core.wire.problem import MEDIA_TYPE, OAuthError, Problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

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
_JUDGED = frozenset({b"host", b"origin", b"content-length", b"content-type"})
_ABSENT: list[bytes] = []
_NO_LENGTH = [b"0"]
_PASSED_KEPT = 64
_Picked = dict[bytes, list[bytes]]


class Reply(NamedTuple):
    """A whole answer."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    """Beside `Content-Length`; names in lower case."""
    body: bytes


Post = Callable[[Headers, bytes, Receive], Awaitable[Reply]]
"""Answers a POST by its raw headers and its whole body; what it may receive is that the client leaves."""


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
        posts: what answers POSTs of a form in one call, by path; errors on these paths are OAuth's, all other
            paths take JSON.
        origin_paths: paths where a browser's `Origin` is let through, if it is among `origins`.
        origins: our own origins, for example `http://127.0.0.1:8410`.
    """

    def __init__(
        self,
        app: Asgi,
        *,
        hosts: Collection[str] = LOOPBACK_HOSTS,
        posts: Mapping[str, Post] | None = None,
        origin_paths: Collection[str] = (),
        origins: Collection[str] = (),
    ) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._posts = dict(posts or {})
        self.post_paths: Mapping[bytes, str] = {path.encode(): path for path in self._posts}
        """The paths of `posts`, by what a request line says."""
        self._origin_paths, self._origins = frozenset(origin_paths), frozenset(origins)
        self._passed: set[bytes] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a refused request here; hands any other on with its body read."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            given = _picked(scope["headers"])
            self._check_caller(scope["path"], given)
            if scope["method"] in _BODY_METHODS:
                receive = await self._read(scope, given, receive)
        except _Refused as refusal:
            await self._refuse(scope, send, refusal)
            return
        await self._app(scope, receive, send)

    async def post(self, path: str, headers: Headers, body: bytes, receive: Receive) -> Reply:
        """Answers a POST that has arrived whole and within the limits, as ASGI would."""
        try:
            given = _picked(headers)
            self._check_caller(path, given)
            self._check_media_type(path, given.get(b"content-type", _ABSENT), body)
        except _Refused as refusal:
            return self._refusal(path, refusal)
        return await self._posts[path](headers, body, receive)

    def late(self, path: str) -> Reply:
        """The answer to a body that did not arrive in time."""
        return self._refusal(path, _too_slow())

    def _check_caller(self, path: str, given: _Picked) -> None:
        self._check_host(given)
        if b"origin" in given:
            self._check_origin(path, given[b"origin"])

    def _check_host(self, given: _Picked) -> None:
        named = given.get(b"host", _ABSENT)
        if len(named) == 1 and named[0] in self._passed:
            return
        match = _HOST.fullmatch(named[0].decode("latin-1")) if len(named) == 1 else None
        if match is None or match[1].lower() not in self._hosts:
            raise _Refused(421, "misdirected", "This server does not go by that host name.")
        if len(self._passed) < _PASSED_KEPT:
            self._passed.add(named[0])

    def _check_origin(self, path: str, origins: list[bytes]) -> None:
        named = {origin.decode("latin-1") for origin in origins}
        if path not in self._origin_paths or not named <= self._origins:
            raise _Refused(403, "origin_refused", "Web pages may not call this server.")

    async def _read(self, scope: Scope, given: _Picked, receive: Receive) -> Receive:
        try:
            length = int(given.get(b"content-length", _NO_LENGTH)[0])
        except ValueError:
            raise _Refused(400, "bad_request", "The length of the body is no number.") from None
        if length > BODY_LIMIT:
            raise _too_large()
        body = await _in_time(receive)
        self._check_media_type(scope["path"], given.get(b"content-type", _ABSENT), body)
        return _replay(body, receive)

    def _check_media_type(self, path: str, given: list[bytes], body: bytes) -> None:
        wanted = FORM if path in self._posts else JSON
        if (not body and not given) or given == [wanted.encode()]:
            return
        if len(given) != 1 or given[0].partition(b";")[0].strip().lower() != wanted.encode():
            raise _Refused(415, "wrong_media_type", f"Send the body as {wanted}.")

    async def _refuse(self, scope: Scope, send: Send, refusal: _Refused) -> None:
        status, headers, body = self._refusal(scope["path"], refusal)
        named = [*headers, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": named})
        await send({"type": "http.response.body", "body": body})

    def _refusal(self, path: str, refusal: _Refused) -> Reply:
        is_oauth = path in self._posts
        body = msgspec.json.encode(
            OAuthError("invalid_request", refusal.description)
            if is_oauth
            else Problem(refusal.status, refusal.reason, refusal.description)
        )
        headers = (
            (b"content-type", (JSON if is_oauth else MEDIA_TYPE).encode()),
            (b"cache-control", b"no-store"),
            # What was not read of the body must not be taken for the next request.
            (b"connection", b"close"),
        )
        return Reply(refusal.status, headers, body)


def _picked(headers: Headers) -> _Picked:
    """The headers that are judged here, each with all its values."""
    picked: _Picked = {}
    for name, value in headers:
        if name in _JUDGED:
            picked.setdefault(name, []).append(value)
    return picked


def _too_large() -> _Refused:
    return _Refused(413, "too_large", f"The body is longer than {BODY_LIMIT} bytes.")


def _too_slow() -> _Refused:
    return _Refused(408, "too_slow", "The body did not arrive in time. Send it again.")


async def _in_time(receive: Receive) -> bytes:
    """The whole body; a sender who dribbles is cut off after `BODY_TIME_S`."""
    loop = asyncio.get_running_loop()
    task = cast("asyncio.Task[None]", asyncio.current_task())
    deadlines = deadlines_of(loop)
    deadline = deadlines.add(BODY_TIME_S, task.cancel)
    try:
        return await _whole_body(receive)
    except asyncio.CancelledError:
        if not deadline.is_over or task.uncancel() > 0:
            raise
        raise _too_slow() from None
    finally:
        deadlines.drop(deadline)


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
