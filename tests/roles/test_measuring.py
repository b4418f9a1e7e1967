"""What is measured is answered the same way, the hot POSTs too, and every answer is counted once."""

import asyncio
import re
from collections.abc import Sequence

from core.roles.measuring import Measured
from core.roles.meter import Meter
from core.wire.http_guard import Headers, HttpGuard, Message, Receive, Reply, Scope, Send

HEADERS = [(b"host", b"localhost"), (b"content-type", b"application/x-www-form-urlencoded")]


class Party:
    """A server with one hot POST and one page."""

    def __init__(self) -> None:
        self.app = HttpGuard(self._page, posts={"/token": self._post})
        self.stopping = asyncio.Event()
        self.paths: Sequence[str] = ("/token", "/pages/{page_id}")

    def waiting(self) -> int:
        return 3

    async def backlog(self) -> dict[str, int]:
        return {"requests": 2}

    def close(self) -> None:
        """Nothing is open."""

    async def _post(self, _headers: Headers, body: bytes, _receive: Receive) -> Reply:
        return Reply(400 if b"wrong" in body else 200, (), body)

    async def _page(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def _receive() -> Message:
    return {"type": "http.request", "body": b""}


async def _get(measured: Measured, path: str) -> bytes:
    told: list[Message] = []

    async def send(message: Message) -> None:
        told.append(message)

    headers = [(b"host", b"localhost")]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "client": ("127.0.0.1", 1)}
    await measured(scope, _receive, send)
    return b"".join(message.get("body", b"") for message in told)


def test_hot_posts_are_counted_like_every_other_request() -> None:
    async def load() -> str:
        measured = Measured(Party(), Meter("server"))
        assert list(measured.post_paths) == [b"/token"]
        for body in (b"a=right", b"a=wrong", b"a=wrong"):
            reply = await measured.post("/token", HEADERS, body, _receive)
            assert reply.body == body
        await _get(measured, "/pages/secret-name")
        return (await _get(measured, "/metrics")).decode()

    page = asyncio.run(load())
    counted = re.findall(
        r'nod_http_requests_total\{method="(\w+)",role="server",route="([^"]+)",status="(\d+)"\} (\S+)', page
    )
    assert sorted(counted) == [
        ("GET", "/pages/{page_id}", "204", "1.0"),
        ("POST", "/token", "200", "1.0"),
        ("POST", "/token", "400", "2.0"),
    ]
    assert 'nod_http_open{role="server"} 0.0' in page
    assert "secret-name" not in page
