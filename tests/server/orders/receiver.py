"""A client's notification endpoint: keeps what it is sent, and answers as a test wants."""

import json
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, NamedTuple, Self

from tests.server.orders.world import World
from tests.waiting import wait_until


class Call(NamedTuple):
    """One request that arrived."""

    method: str
    path: str
    authorization: str
    media_type: str
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Receiver:
    """Listens on loopback until it is closed.

    Args:
        statuses: The first answers, one each; 204 afterwards.
        port: Where to listen; 0 for any.
    """

    def __init__(self, statuses: Sequence[int] = (), port: int = 0) -> None:
        self.calls: list[Call] = []
        self.statuses = list(statuses)
        self.hangs = Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.take(self)

            def do_GET(self) -> None:
                receiver.take(self)

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/told"
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("content-length", "0"))
        body = handler.rfile.read(length)
        status = self.statuses.pop(0) if self.statuses else 204
        if self.hangs.is_set():
            wait_until(lambda: not self.hangs.is_set(), 60)
        bearer, media_type = (handler.headers.get(name, "") for name in ("authorization", "content-type"))
        self.calls.append(Call(handler.command, handler.path, bearer, media_type, body))
        handler.send_response(status)
        if status in (301, 302, 307):
            handler.send_header("location", f"http://127.0.0.1:{self.port}/elsewhere")
        handler.send_header("content-length", "4" if status == 200 else "0")
        handler.end_headers()
        handler.wfile.write(b"fine" if status == 200 else b"")

    def first(self) -> Call:
        """The first call, waited for."""
        return wait_until(lambda: self.calls[0] if self.calls else None, what="a notice")

    def until(self, count: int) -> list[Call]:
        """All calls, once there are `count` of them."""
        return wait_until(lambda: self.calls if len(self.calls) >= count else None, what="notices")

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def notices_left(world: World) -> int:
    """How many notices the server still means to send."""
    found = world.server.services.store.reader.read(
        lambda connection: connection.exec_driver_sql("SELECT count(*) FROM notices").scalar()
    )
    return int(found or 0)
