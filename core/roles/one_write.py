"""Uvicorn's HTTP protocol with one difference: head and body of a short answer leave in one write.

Uvicorn writes them one after the other, which is two system calls and two packets for each answer. Only
answers to POST that name their length are joined, since those are the ones whose body is sure to follow;
streams are untouched.
"""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

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

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if cycle.scope["method"] == "POST":
            joined: Any = JoiningTransport(self.transport)
            cycle.transport = joined
        super()._start_asgi_task(cycle, app)
