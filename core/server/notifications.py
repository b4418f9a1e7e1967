"""Streams of server-sent events: one small object each, woken together, ended together.

Ten thousand terminals wait here. A stream costs one event and one watch for the client's leaving; the
heartbeat and the wait for the server's end are one worker for all of them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.responses import Response

from core.server.services import Services
from core.wire.http_guard import Receive, Scope, Send

STREAM = "nod.stream"
"""Where the scope of a request holds the stream that is to answer it."""
KEEP_S = 15.0
"""Seconds between two heartbeats."""
SPREAD_S = 10.0
"""Seconds over which one is spread among many streams."""
AT_ONCE = 16
"""Streams that are woken for it together."""
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
Write = Callable[[bytes], Awaitable[None]]


class Bell:
    """What wakes one stream."""

    __slots__ = ("_event", "is_over")

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.is_over = False
        """Whether the client has left or the server is leaving."""

    def ring(self, _key: str = "") -> None:
        """Wakes the stream."""
        self._event.set()

    def end(self, _reason: object = None) -> None:
        """Wakes the stream for the last time."""
        self.is_over = True
        self._event.set()

    async def heard(self) -> None:
        """Waits until it rings."""
        await self._event.wait()
        self._event.clear()


class Bells:
    """The bells of every open stream, and the heartbeat that they share."""

    def __init__(self) -> None:
        self._bells: set[Bell] = set()
        self.beats = 0
        """Counts heartbeats; a stream that sees another number says that it is there."""

    def add(self, bell: Bell) -> None:
        """Takes part."""
        self._bells.add(bell)

    def drop(self, bell: Bell) -> None:
        """Takes part no longer."""
        self._bells.discard(bell)

    async def beat(self, stopping: asyncio.Event) -> None:
        """Lets every stream send a heartbeat, a few at a time: all at once would hold everything else up."""
        self.beats += 1
        bells = tuple(self._bells)
        for first in range(0, len(bells), AT_ONCE):
            if first and await _stops(stopping, SPREAD_S * AT_ONCE / len(bells)):
                return
            for bell in bells[first : first + AT_ONCE]:
                bell.ring()

    def end_all(self) -> None:
        """Ends every stream."""
        for bell in tuple(self._bells):
            bell.end()


class Source(Protocol):
    """What a stream is made of."""

    async def begin(self, bell: Bell, write: Write) -> None:
        """Subscribes the bell and sends what is due first."""

    async def go_on(self, write: Write) -> bool:
        """Sends what is new; False ends the stream."""

    def leave(self) -> None:
        """Ends the subscriptions."""


class EventStream(Response):
    """An answer of type `text/event-stream` that lasts until the client, the source or the server leaves."""

    def __init__(self, services: Services, source: Source) -> None:
        self.background = None
        self.status_code = 200
        self._services, self._source = services, source

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Leaves itself to the app: a framework's frames need not live as long as a terminal listens."""
        if scope["method"] == "HEAD":
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await send({"type": "http.response.body", "body": b""})
        else:
            scope[STREAM] = self

    async def run(self, receive: Receive, send: Send) -> None:
        """Streams."""
        bell, bells = Bell(), bells_of(self._services)
        watch = asyncio.ensure_future(_until_gone(receive))
        watch.add_done_callback(bell.end)
        bells.add(bell)
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        try:
            await self._stream(bell, bells, send)
        finally:
            self._source.leave()
            bells.drop(bell)
            watch.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _stream(self, bell: Bell, bells: Bells, send: Send) -> None:
        async def write(data: bytes) -> None:
            await send({"type": "http.response.body", "body": data, "more_body": True})

        await self._source.begin(bell, write)
        beats = bells.beats
        while not (bell.is_over or self._services.stopping.is_set()):
            await bell.heard()
            if bell.is_over or not await self._source.go_on(write):
                return
            if beats != bells.beats:
                beats = bells.beats
                await write(b": keep\n\n")


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


def sse(event: str, data: bytes, event_id: object = None) -> bytes:
    """One event as it goes over the wire; `data` is JSON, which has no line breaks."""
    name = f"id: {event_id}\n" if event_id is not None else ""
    return f"{name}event: {event}\ndata: ".encode() + data + b"\n\n"


async def keep_alive(services: Services) -> None:
    """The worker behind all streams: beats, and ends them when the server leaves."""
    bells = bells_of(services)
    try:
        while not await _stops(services.stopping, KEEP_S):
            await bells.beat(services.stopping)
    finally:
        bells.end_all()


async def _stops(stopping: asyncio.Event, within_s: float) -> bool:
    """Waits that long, or until the server leaves."""
    try:
        return await asyncio.wait_for(stopping.wait(), within_s)
    except TimeoutError:
        return stopping.is_set()


def bells_of(services: Services) -> Bells:
    """The bells of this server."""
    found = services.shared.get(Bells)
    if not isinstance(found, Bells):
        found = services.shared[Bells] = Bells()
    return found
