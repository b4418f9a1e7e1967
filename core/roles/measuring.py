"""What a server tells its operator while it works: Prometheus metrics, and one log line a request.

Only counts, times, depths and routes as they stand in the table (`/requests/{request_id}`): never a name, a
query, an address or anything that was sent. Without `--metrics` and below the level `info` nothing is wrapped
and nothing is paid for. `/metrics` is answered to this machine alone and not through a proxy.
"""

import asyncio
import logging
import os
import re
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from core.roles.data_folder import private_subfolder
from core.roles.premises import Premises
from core.roles.running import Running
from core.roles.serving import Served
from core.wire.http_guard import Headers, HttpGuard, Message, Receive, Reply, Scope, Send

if TYPE_CHECKING:
    from core.roles.meter import Meter

PATH = "/metrics"
FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via")
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
log = logging.getLogger("nod.requests")
Build = Callable[[Premises], Served]


class Measurable(Protocol):
    """What is asked of a party beside serving."""

    @property
    def app(self) -> HttpGuard:
        """The application."""

    @property
    def stopping(self) -> asyncio.Event:
        """Ends every stream once it is set."""

    @property
    def paths(self) -> Sequence[str]:
        """Its routes, as `/requests/{request_id}`."""

    def waiting(self) -> int:
        """What waits for the writer."""

    async def backlog(self) -> dict[str, int]:
        """Work that lies in the rows, by name."""

    def close(self) -> None:
        """Let go of everything."""


def wrapped(build: Build, role: str, running: Running, data: Path) -> Build:
    """Return what builds the same server, measured as `running` asks for.

    Args:
        build: makes the server.
        role: `server` or `payment`.
        running: whether there are metrics, and what is logged.
        data: the data folder, where several workers put their figures together.
    """
    logs = running.log_level in ("info", "debug")
    if not (running.metrics or logs):
        return build
    if running.metrics and running.workers > 1:
        _share_figures(data)

    def measured(premises: Premises) -> Served:
        served = build(premises)
        party = cast(Measurable, served.party)
        meter = _meter(role) if running.metrics else None
        return Served(Measured(party, meter), served.listener, served.tls)

    return measured


def _share_figures(data: Path) -> None:
    """Give the workers an empty folder; it must be named before Prometheus's client is imported."""
    folder = private_subfolder(data, "run") / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _meter(role: str) -> "Meter":
    from core.roles.meter import Meter

    return Meter(role)


class Measured:
    """A party whose requests are counted, timed and logged; it is its own application (`whole_posts` too)."""

    def __init__(self, party: Measurable, meter: "Meter | None") -> None:
        self._party, self._meter = party, meter
        self._exact = frozenset(path for path in party.paths if "{" not in path)
        self._shapes = [
            (re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path) for path in party.paths if "{" in path
        ]
        self._page = HttpGuard(self._answer)
        self.post_paths = party.app.post_paths
        """The party's own."""
        self.late = party.app.late

    @property
    def app(self) -> "Measured":
        """The application, measured."""
        return self

    @property
    def stopping(self) -> asyncio.Event:
        """The party's own."""
        return self._party.stopping

    def close(self) -> None:
        """Closes the party."""
        self._party.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or lives through one lifespan."""
        if scope["type"] != "http":
            await self._party.app(scope, receive, send)
        elif self._meter is not None and scope["path"] == PATH and _is_from_here(scope):
            await self._page(scope, receive, send)
        else:
            await self._measure(scope, receive, send)

    async def post(self, path: str, headers: Headers, body: bytes, receive: Receive) -> Reply:
        """Answers a whole POST."""
        started = time.perf_counter()
        with self._meter.open.track_inprogress() if self._meter is not None else nullcontext():
            reply = await self._party.app.post(path, headers, body, receive)
        self._note("POST", path, reply.status, time.perf_counter() - started)
        return reply

    async def _measure(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._note(scope["method"], scope["path"], status, time.perf_counter() - started)
            await send(message)

        if self._meter is None:
            await self._party.app(scope, receive, noting)
            return
        with self._meter.open.track_inprogress():
            await self._party.app(scope, receive, noting)

    def _note(self, method: str, path: str, status: int, took_s: float) -> None:
        method = method if method in METHODS else "other"
        route = self._route(path)
        if self._meter is not None:
            self._meter.note(method, route, status, took_s, self._party.waiting())
        ms = round(took_s * 1000, 1)
        log.info("request", extra={"method": method, "route": route, "status": status, "ms": ms})

    def _route(self, path: str) -> str:
        if path in self._exact:
            return path
        return next((named for shape, named in self._shapes if shape.fullmatch(path)), "other")

    async def _answer(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        if self._meter is None:
            return
        kind, page = self._meter.page(await self._party.backlog())
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(page)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": page})


def _is_from_here(scope: Any) -> bool:
    from core.roles.tls import is_loopback

    client = scope.get("client")
    is_near = client is not None and is_loopback(client[0])
    return is_near and not any(name in FORWARDED for name, _ in scope["headers"])
