"""A client may close its own side behind its request and still gets its answer (TCP's half-close).

Uvicorn closes the whole connection then, whatever is under way. Here what is under way is answered first, and
the connection closed behind it. From the outside a half-closed connection looks like one whose client has
left, so whoever listens for that (a stream, a held poll) is told that it did, and ends as it always does. TLS
has no half-close: there the connection ends.
"""

from typing import Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from core.roles.one_write import OneWriteProtocol
from core.wire.http_guard import Message, Receive


class HalfCloseProtocol(OneWriteProtocol):
    """What `uvicorn.Config(http=…)` is given."""

    has_ended = False
    """Whether the client sends nothing more."""

    def eof_received(self) -> bool:  # type: ignore[override]
        """Keeps the connection while a request that has arrived whole is not answered."""
        if self.scheme == "https" or not self._is_owed():
            return False
        self.has_ended = True
        self.cycle.message_event.set()
        return True

    def on_response_complete(self) -> None:
        """Closes behind the last answer."""
        super().on_response_complete()
        if self.has_ended and not self._is_owed() and not self.transport.is_closing():
            self.transport.close()

    def _is_owed(self) -> bool:
        cycle = self.cycle
        return cycle is not None and not cycle.response_complete and not cycle.more_body

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        super()._start_asgi_task(cycle, _Ear(self, app))


class _Ear:
    """An application that hears of the half-close, once all of the request was read, as of a leaving.

    Args:
        connection: Whose end it is.
        app: The ASGI application.
    """

    __slots__ = ("_app", "_connection", "_is_read", "_receive")

    def __init__(self, connection: HalfCloseProtocol, app: Any) -> None:
        self._connection, self._app, self._is_read = connection, app, False
        self._receive: Receive

    def __call__(self, scope: Any, receive: Receive, send: Any) -> Any:
        """Runs the application, without a frame of its own."""
        self._receive = receive
        return self._app(scope, self._hear, send)

    async def _hear(self) -> Message:
        if not self._has_left():
            message = await self._receive()
            if not self._has_left():
                self._is_read = not message.get("more_body", False)
                return message
        return {"type": "http.disconnect"}

    def _has_left(self) -> bool:
        return self._is_read and self._connection.has_ended
