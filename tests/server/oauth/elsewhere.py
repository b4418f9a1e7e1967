"""Another party's web server, for what ours fetches: it answers what a test wants and remembers who asked."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class Elsewhere:
    """Answers GET by path: a JSON value, or (status, headers, body), or what a function gives of either."""

    def __init__(self) -> None:
        self.pages: dict[str, Any] = {}
        self.default: Any = (404, {}, b"")
        self.seen: list[tuple[str, str]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.seen.append((self.path, self.headers.get("host", "")))
                page = owner.pages.get(self.path, owner.default)
                if callable(page):
                    page = page()
                if not isinstance(page, tuple):
                    page = (200, {}, json.dumps(page).encode())
                status, headers, body = page
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Dribbling:
    """Answers one request a header at a time, and after some seconds completely."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._answer)

    def _answer(self) -> None:
        with self._listener.accept()[0] as line:
            line.sendall(b"HTTP/1.1 200 OK\r\n")
            for number in range(60):
                if self._over.wait(0.05):
                    return
                line.sendall(b"X-%d: slow\r\n" % number)
            line.sendall(b"Content-Length: 2\r\n\r\nok")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._listener.close()
