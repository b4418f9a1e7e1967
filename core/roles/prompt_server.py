"""Uvicorn's server, but it leaves when it is told to.

Uvicorn looks ten times a second whether it should leave, and then waits a tenth of a second, and another for
each connection that is still open. Here the word itself wakes it, and it leaves as soon as nothing is open.
"""

import asyncio
import socket

import uvicorn

_TICK_S = 1.0
"""Seconds between two looks at the clock, for the `Date` of answers."""
_LOOK_AGAIN_S = 0.005


class PromptServer(uvicorn.Server):
    """A server that ends when `leave` is called.

    Args:
        config: Uvicorn's.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._leaving = asyncio.Event()

    def leave(self) -> None:
        """Ends the server, on its own loop."""
        self.should_exit = True
        self._leaving.set()

    async def main_loop(self) -> None:
        """Keeps the date of answers until it is time to leave."""
        while not await self.on_tick(0):
            try:
                async with asyncio.timeout(_TICK_S):
                    await self._leaving.wait()
            except TimeoutError:
                continue

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
