"""A terminal's inbox: one stream that comes back by itself, resumes by revision, and doubles nothing.

After each connection the server says everything that is pending and everything that settled since the
last revision that this terminal saw; a revision that was met before is passed over (docs/wire.md).
"""

import asyncio
from collections.abc import AsyncGenerator
from typing import TypeVar

import msgspec

from core.client.backoff import Backoff
from core.client.errors import BadAnswer, ClientError
from core.client.oauth import OAuthClient
from core.client.transport import Call, Stream
from core.wire.errors import MessageRefused
from core.wire.messages import RequestView, Snapshot, decode

REFUSED_TWICE = 2
"""So many refusals in a row mean that this terminal was removed; one may come of a wrong clock."""


class Connected(msgspec.Struct, frozen=True):
    """The stream is open; what is pending now."""

    pending: tuple[str, ...]
    """Ids of everything pending, also of what was known before."""


class Arrived(msgspec.Struct, frozen=True):
    """A request is new or has changed."""

    view: RequestView
    """As it is now."""
    half_trip_s: float
    """Half of the last round trip, to be taken off the countdown."""


class Lost(msgspec.Struct, frozen=True):
    """The stream is gone; it is tried again."""

    code: str
    """`server_away`, `bad_answer` or the refusal's code."""
    retry_in_s: float
    """Seconds until the next try."""


class Removed(msgspec.Struct, frozen=True):
    """This terminal was removed; nothing will come any more."""


T = TypeVar("T")
InboxEvent = Connected | Arrived | Lost | Removed


class Inbox:
    """The stream of one terminal."""

    def __init__(self, client: OAuthClient, revision: int = 0) -> None:
        """Prepare; nothing is sent yet.

        Args:
            client: the terminal.
            revision: the last one seen, 0 at first.
        """
        self.revision = revision
        self._client = client
        self._seen: dict[str, int] = {}
        self._backoff = Backoff()
        self._hurry = asyncio.Event()
        self._refused = 0

    def hurry(self) -> None:
        """Tries again at once instead of waiting: the network is back, or the machine woke up."""
        self._hurry.set()

    async def follow(self) -> AsyncGenerator[InboxEvent, None]:
        """Everything that arrives, until the terminal is removed or the task is cancelled."""
        while True:
            code = "server_away"
            try:
                async for event in self._connection():
                    yield event
                    if isinstance(event, Removed):
                        return
                    if isinstance(event, Lost):
                        code = event.code
            except ClientError as error:
                code = error.code
            if self._refused >= REFUSED_TWICE:
                yield Removed()
                return
            wait_s = self._backoff.next_s()
            yield Lost(code, wait_s)
            await self._pause(wait_s)

    async def _pause(self, wait_s: float) -> None:
        self._hurry.clear()
        sleep = asyncio.ensure_future(self._client.transport.clock.sleep(wait_s))
        hurry = asyncio.ensure_future(self._hurry.wait())
        try:
            await asyncio.wait({sleep, hurry}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            hurry.cancel()

    async def _connection(self) -> AsyncGenerator[InboxEvent, None]:
        token = await self._client.access_token()
        if not isinstance(token, str):
            raise self._refusal(token.status, token.refusal().code)
        query = {"revision": str(self.revision)}
        call = Call("GET", "/inbox", bearer=token, query=query, accept="text/event-stream")
        async with self._client.transport.events(call) as stream:
            if stream.source is None:
                self._client.forget_token()
                raise self._refusal(stream.answer.status, stream.answer.refusal().code)
            async for event in self._read(stream):
                yield event

    def _refusal(self, status: int, code: str) -> BadAnswer:
        self._refused = self._refused + 1 if status in (401, 403) or code == "invalid_client" else 0
        return BadAnswer(f"The server refuses the inbox ({code}).")

    async def _read(self, stream: Stream) -> AsyncGenerator[InboxEvent, None]:
        half_trip_s = stream.answer.took_s / 2
        async for name, data in stream.events():
            if name == "snapshot":
                self._refused = 0
                self._backoff.reset()
                snapshot = _decoded(data, Snapshot)
                for view in (*snapshot.settled, *snapshot.pending):
                    if self._is_new(view):
                        yield Arrived(view, half_trip_s)
                self.revision = max(self.revision, snapshot.revision)
                yield Connected(tuple(view.id for view in snapshot.pending))
            elif name == "change":
                view = _decoded(data, RequestView)
                if self._is_new(view):
                    yield Arrived(view, half_trip_s)
            elif name == "removed":
                yield Removed()
                return

    def _is_new(self, view: RequestView) -> bool:
        if view.revision <= self._seen.get(view.id, -1):
            return False
        self._seen[view.id] = view.revision
        self.revision = max(self.revision, view.revision)
        return True


def _decoded(data: str, shape: type[T]) -> T:
    try:
        return decode(data.encode(), shape)
    except MessageRefused as error:
        raise BadAnswer("The inbox sent something that cannot be read.") from error
