"""`GET /events`: what was recorded, as server-sent events, until somebody leaves.

The audit rows are the source, so a stream that reconnects with the last number it saw misses nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import msgspec
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from core.database import audit
from core.database.reader import Reader
from core.wire.events import MESSAGES, Event

KEEP_S = 15.0
"""Seconds of silence after which a comment keeps the connection open."""
_PAGE = 200


class Pulse:
    """Wakes every open stream after a commit; called from the writer's thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: set[asyncio.Event] = set()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Names the loop that the streams run on."""
        self._loop = loop

    def beat(self, _topics: object = None) -> None:
        """Wakes them."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def join(self) -> asyncio.Event:
        """An event that is set at each beat, until `leave`."""
        event = asyncio.Event()
        self._waiting.add(event)
        return event

    def leave(self, event: asyncio.Event) -> None:
        """Forgets one."""
        self._waiting.discard(event)

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()


class EventStream(StreamingResponse):
    """Says that it is over also to a client that has left: one that closed its own side alone still hears."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streams until the source ends or the client leaves."""
        is_open = False

        async def watched(message: Message) -> None:
            nonlocal is_open
            await send(message)
            is_open = message["type"] == "http.response.start" or message.get("more_body", False)

        await super().__call__(scope, receive, watched)
        if is_open:
            await send({"type": "http.response.body", "body": b""})


async def stream(reader: Reader, pulse: Pulse, stopping: asyncio.Event, after: int) -> AsyncIterator[bytes]:
    """Yields events with numbers above `after`, then new ones as they come, until `stopping` is set."""
    woken = pulse.join()
    try:
        yield b": hello\n\n"
        while not stopping.is_set():
            woken.clear()
            found = await reader.aread(partial(audit.events_after, sequence=after, limit=_PAGE))
            for event in found:
                after = event.sequence
                if event.kind in MESSAGES:
                    yield _frame(event)
            if not found and not await _wait(woken, stopping):
                yield b": keep\n\n"
    finally:
        pulse.leave(woken)


async def _wait(woken: asyncio.Event, stopping: asyncio.Event) -> bool:
    """Waits for news or the end; False when neither came in time."""
    tasks = [asyncio.create_task(woken.wait()), asyncio.create_task(stopping.wait())]
    try:
        done, _ = await asyncio.wait(tasks, timeout=KEEP_S, return_when=asyncio.FIRST_COMPLETED)
        return bool(done)
    finally:
        for task in tasks:
            task.cancel()


def _frame(event: audit.Event) -> bytes:
    sender, receiver = MESSAGES[event.kind]
    said = Event(
        event.sequence,
        event.at,
        sender,
        receiver,
        event.kind,
        event.subject,
        msgspec.json.decode(event.data, type=dict[str, object]),
    )
    return b"id: %d\nevent: message\ndata: %s\n\n" % (event.sequence, msgspec.json.encode(said))
