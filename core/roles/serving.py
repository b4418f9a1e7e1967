"""Servers in a thread of their own: started on sockets already bound, stopped in order, always joined.

One thread with one uvloop carries all servers of a process, embedded in the desktop or alone; the main thread
stays free for Qt or for waiting on signals. A QThread would abort the interpreter at exit, and uvicorn on the
main thread ends a process by the signal itself before anything is closed.

Stopping sets each party's `stopping` event first: every stream of server-sent events waits on it, and a
stream that a stranger holds open would otherwise keep its server from ever ending.
"""

import asyncio
import gc
import logging
import os
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from core.roles.errors import PartyFailed
from core.roles.tls import Tls

if TYPE_CHECKING:
    import uvicorn

GRACE_S = 2
"""Seconds that uvicorn lets open answers finish, a belt behind the `stopping` events."""

JOIN_S = 6.0
"""Seconds beyond the grace after which a thread that does not end is given up and the process is ended."""

LOOK_AGAIN_S = 0.002

_COLLECT_AFTER = 20_000
"""New objects that wait for a round of the collector; Python's own figure is 700."""

log = logging.getLogger(__name__)


class Party(Protocol):
    """What a server's wiring hands over to be served."""

    @property
    def app(self) -> Callable[..., Any]:
        """The ASGI application, with a lifespan."""

    @property
    def stopping(self) -> asyncio.Event:
        """Ends every stream of server-sent events once it is set."""

    def close(self) -> None:
        """Drain the writer and let go of the database; called after the server has ended."""


@dataclass(frozen=True)
class Served:
    """One server and the bound socket that it answers on."""

    party: Party
    """The application with what ends it."""

    listener: socket.socket
    """Bound and listening before the thread starts, so clients may connect at once."""

    tls: Tls | None = None
    """What to speak https with; None for clear text."""


class ServerThread:
    """All servers of this process, on one event loop in one thread."""

    def __init__(
        self, served: Sequence[Served], on_end: Callable[[], None] = lambda: None, *, grace_s: int = GRACE_S
    ) -> None:
        """Prepare to serve.

        Args:
            served: the servers, closed in this order when the thread stops.
            on_end: called once from the server thread when it ends, asked to or not.
            grace_s: seconds that open requests may take to finish once the thread is asked to stop.
        """
        self._grace_s = grace_s
        self._served = tuple(served)
        self._on_end = on_end
        self._thread = threading.Thread(target=self._run, name="servers", daemon=False)
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._halt: asyncio.Event | None = None
        self._failure: BaseException | None = None

    def start(self) -> None:
        """Start serving and return when every server answers.

        Raises:
            PartyFailed: a server did not come up; everything that had started is stopped again.
        """
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            self.stop()
            raise PartyFailed(str(self._failure)) from self._failure

    @property
    def has_failed(self) -> bool:
        """Whether a server did not start or ended by itself."""
        return self._failure is not None

    def stop(self) -> None:
        """End all streams and servers, wait for the thread, then close each party. Safe to call twice."""
        if self._loop is not None and self._halt is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._halt.set)
        limit_s = JOIN_S + self._grace_s
        self._thread.join(limit_s)
        if self._thread.is_alive():
            log.critical("the server thread did not end within %s s; ending the process", limit_s)
            os._exit(1)
        for one in self._served:
            one.party.close()
        self._served = ()

    def _run(self) -> None:
        import uvloop

        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(self._serve())
        except Exception as error:  # reported by start(), or logged when it comes later
            if self._ready.is_set():
                log.exception("the servers ended by themselves")
            self._failure = error
        finally:
            for one in self._served:
                one.listener.close()
            self._ready.set()
            self._on_end()

    async def _serve(self) -> None:
        from core.roles.prompt_server import PromptServer

        self._loop, self._halt = asyncio.get_running_loop(), asyncio.Event()
        servers = [
            PromptServer(uvicorn_config(one.party.app, one.tls, self._grace_s)) for one in self._served
        ]
        pairs = zip(servers, self._served, strict=True)
        answering = [asyncio.create_task(_answer(server, one.listener)) for server, one in pairs]
        try:
            await _come_up(servers, answering)
            settle_memory()
            self._ready.set()
            await _first_of([asyncio.create_task(self._halt.wait()), *answering])
            if not self._halt.is_set():
                raise PartyFailed("A server ended without being asked.")
        finally:
            for one in self._served:
                one.party.stopping.set()
            for server in servers:
                server.leave()
            await asyncio.gather(*answering, return_exceptions=True)


async def _come_up(servers: Sequence["uvicorn.Server"], answering: Sequence[asyncio.Task[None]]) -> None:
    while not all(server.started for server in servers):
        for ended in (task for task in answering if task.done()):
            ended.result()
            raise PartyFailed("A server ended while it started.")
        await asyncio.sleep(LOOK_AGAIN_S)


async def _first_of(tasks: Sequence[asyncio.Task[Any]]) -> None:
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


async def _answer(server: "uvicorn.Server", listener: socket.socket) -> None:
    try:
        await server.serve(sockets=[listener])
    except SystemExit as end:  # uvicorn's way to say that the application's start-up failed
        raise PartyFailed("A server did not start; the lines above say why.") from end


def uvicorn_config(
    app: Callable[..., Any], tls: Tls | None = None, grace_s: int = GRACE_S
) -> "uvicorn.Config":
    """How uvicorn serves a party: its fastest parts, and nothing on the way that we do not use."""
    import uvicorn

    from core.roles.whole_posts import WholePostsProtocol

    return uvicorn.Config(
        app,
        interface="asgi3",
        http=WholePostsProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=4096,
        timeout_graceful_shutdown=grace_s,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )


def settle_memory() -> None:
    """Takes what is loaded by now out of the collector's rounds, and has it walk less often.

    Requests leave almost no cycles behind, and a round over all modules and tables stalls every one of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 20)
