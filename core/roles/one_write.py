"""Uvicorn's HTTP protocol with two differences: one write for a short answer, no patience with bad heads.

Uvicorn writes them one after the other, which is two system calls and two packets for each answer. Only
answers to POST that name their length are joined, since those are the ones whose body is sure to follow;
streams are untouched.

Uvicorn waits without end for the head of a request, and keeps all of it; here a connection that does not
complete one in time, or within a size, is closed, so that nobody holds thousands of them with a byte now and
then, or fills the memory with one. (Bodies have their time and size in `core.wire.http_guard`.)
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

HEAD_TIME_S = 10.0
"""Longest time that the head of a request may take to arrive, in seconds; also a new connection's silence."""
HEAD_LIMIT = 65_536
"""Longest head that is waited for, in bytes."""
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_NAMES_ITS_LENGTH = b"\r\ncontent-length: "


class JoiningTransport:
    """The transport of one answer: holds the head back until the body comes.

    Args:
        transport: The connection's own.
    """

    __slots__ = ("_head", "_transport")

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._head: bytes | None = None

    def write(self, data: bytes) -> None:
        """Writes, or keeps a first part that names the length of what follows."""
        if self._head is None and _NAMES_ITS_LENGTH in data:
            self._head = data
            return
        self._transport.write(self._head + data if self._head else data)
        self._head = b""

    def close(self) -> None:
        """Closes the connection."""
        self._transport.close()

    def is_closing(self) -> bool:
        """Whether the connection is closing."""
        return bool(self._transport.is_closing())


class OneWriteProtocol(HttpToolsProtocol):
    """What `uvicorn.Config(http=…)` is given."""

    _patience: asyncio.TimerHandle | None = None
    _is_in_head = False
    _head_size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts to wait for the first head."""
        super().connection_made(transport)
        self._patience = self.loop.call_later(HEAD_TIME_S, self._hang_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits for nothing more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Reads on; a head that is not complete then has its time from its first byte, and its size."""
        super().data_received(data)
        if not self._is_in_head or self.transport.is_closing():
            return
        self._head_size += len(data)
        if self._head_size > HEAD_LIMIT:
            self._hang_up(_TOO_LONG)
        elif self._patience is None:
            self._patience = self.loop.call_later(HEAD_TIME_S, self._hang_up)

    def on_message_begin(self) -> None:
        """A head begins."""
        self._is_in_head, self._head_size = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._is_in_head = False
        self._stop_waiting()
        super().on_headers_complete()

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _hang_up(self, reason: bytes = _TOO_SLOW) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.write(reason)
            self.transport.close()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if cycle.scope["method"] == "POST":
            joined: Any = JoiningTransport(self.transport)
            cycle.transport = joined
        super()._start_asgi_task(cycle, app)
