"""Uvicorn's server, but it leaves when it is told to, and until then it sleeps.

Uvicorn looks ten times a second whether it should leave and what time it is, and then waits a tenth of a
second, and another for each connection that is still open. Here the word itself wakes it, it leaves as soon
as nothing is open, and the clock is looked at by whoever answers.
"""

import asyncio
import socket
import time
from email.utils import formatdate

import uvicorn
from uvicorn.server import ServerState

_LOOK_AGAIN_S = 0.005


class DatedState(ServerState):
    """What uvicorn's protocols share; the headers of every answer tell the time of that answer."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__()
        self._config = config
        self._second = -1
        self._headers: list[tuple[bytes, bytes]] = []

    @property
    def default_headers(self) -> list[tuple[bytes, bytes]]:
        """The date (RFC 9110 section 6.6.1) and what is configured; one list for each second."""
        second = int(time.time())
        if second != self._second:
            self._second = second
            self._headers = [
                (b"date", formatdate(second, usegmt=True).encode()),
                *self._config.encoded_headers,
            ]
        return self._headers

    @default_headers.setter
    def default_headers(self, _headers: list[tuple[bytes, bytes]]) -> None:
        """Uvicorn's own word, said once when it begins."""


class PromptServer(uvicorn.Server):
    """A server that ends when `leave` is called.

    Args:
        config: Uvicorn's.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.server_state = DatedState(config)
        self._leaving = asyncio.Event()

    def leave(self) -> None:
        """Ends the server, on its own loop."""
        self.should_exit = True
        self._leaving.set()

    async def main_loop(self) -> None:
        """Sleeps until it is time to leave."""
        await self._leaving.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes nothing new, lets open answers finish within the grace, ends the application."""
        for server in self.servers:
            server.close()
        for bound in sockets or []:
            bound.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                await self._all_answered()
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()
        await self.lifespan.shutdown()

    async def _all_answered(self) -> None:
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(_LOOK_AGAIN_S)
