"""Calls an application on the loop that serves it, without a socket: what coverage is measured through."""

import asyncio
from typing import Any
from urllib.parse import unquote

from core.roles.whole_posts import Departure
from core.wire.http_guard import BODY_LIMIT, Asgi, HttpGuard
from tests.security.hostile_bytes import Shot
from tests.security.watching import SILENCE_S

STAY_S = 0.2
"""Seconds after which the caller leaves: what is held for it ends."""


class Inside:
    """One server, called as uvicorn and our protocol would call it.

    Args:
        app: its application.
        loop: where it is served.
    """

    def __init__(self, app: Asgi, loop: asyncio.AbstractEventLoop) -> None:
        self._app, self._loop = app, loop

    def answer(self, shot: Shot, *, is_straight: bool) -> int:
        """The status.

        Args:
            shot: what is sent.
            is_straight: whether a form goes to `HttpGuard.post`, as the protocol has it for short ones.

        Raises:
            TimeoutError: the server says nothing.
            Exception: whatever the application lets through; a server would answer 500.
        """
        asked = asyncio.run_coroutine_threadsafe(self._ask(shot, is_straight), self._loop)
        return asked.result(SILENCE_S)

    async def _ask(self, shot: Shot, is_straight: bool) -> int:
        head, _, body = shot.data.partition(b"\r\n\r\n")
        line, *lines = head.split(b"\r\n")
        pairs = [one.partition(b":") for one in lines]
        headers = [(name.lower(), value.strip()) for name, _, value in pairs]
        target = line.split(b" ")[1]
        there = Departure()
        leaving = self._loop.call_later(STAY_S, there.set)
        try:
            path = target.decode("ascii")
            if is_straight and self._is_straight(shot.method, path, headers, body):
                assert isinstance(self._app, HttpGuard)
                return (await self._app.post(path, headers, body, there.receive)).status
            return await self._through_asgi(shot.method, target, headers, body, there)
        finally:
            leaving.cancel()

    def _is_straight(self, method: str, path: str, headers: list[tuple[bytes, bytes]], body: bytes) -> bool:
        lengths = [value for name, value in headers if name == b"content-length"]
        is_whole = lengths == [str(len(body)).encode()] and len(body) <= BODY_LIMIT
        is_known = isinstance(self._app, HttpGuard) and path.encode() in self._app.post_paths
        return is_known and is_whole and method == "POST"

    async def _through_asgi(
        self, method: str, target: bytes, headers: list[tuple[bytes, bytes]], body: bytes, there: Departure
    ) -> int:
        statuses: list[int] = []
        rest = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Any:
            return rest.pop() if rest else await there.receive()

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
                there.set()

        await self._app(_scope(method, target, headers), receive, send)
        assert len(statuses) == 1, f"{len(statuses)} answers"
        return statuses[0]


def _scope(method: str, target: bytes, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    raw, _, query = target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "scheme": "http",
        "root_path": "",
        "method": method,
        "path": unquote(raw.decode("ascii")),
        "raw_path": raw,
        "query_string": query,
        "headers": headers,
        "state": {},
    }
