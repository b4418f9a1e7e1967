"""`GET /inbox`: everything that waits for a person, and then each change, as long as the terminal listens.

The rows are the truth: a notification only says "look", and the stream reads what has a higher revision than
the last it sent. So nothing is lost by a cut, and nothing is sent twice.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable

from sqlalchemy import Connection
from starlette.requests import Request

from core.database.errors import DatabaseError
from core.database.writer import Unit
from core.domain.request import State
from core.server.access_tokens import Bearer
from core.server.bearers import require, user_of
from core.server.errors import Refused
from core.server.hub import TERMINAL_REMOVED
from core.server.notifications import Bell, EventStream, Write, sse
from core.server.services import Services
from core.server.store import requests as store
from core.server.store.requests import INBOX, Stored
from core.server.views import for_approver
from core.wire.messages import Snapshot, encode

MOST_OPEN = 8
"""Streams that one terminal keeps open; a further one ends the oldest, which its end has perhaps left."""
_AT_ONCE = 200
_SETTLED_SHOWN = 100
_log = logging.getLogger(__name__)
_recording: set[asyncio.Task[None]] = set()


async def listen(services: Services, request: Request) -> EventStream:
    """Opens an inbox.

    Raises:
        Refused: 400 `malformed`: the revision is no number.
    """
    bearer = await require(services, request, "terminal")
    given = request.query_params.get("revision") or request.headers.get("last-event-id") or "0"
    if not (given.isascii() and given.isdigit() and len(given) <= 15):
        raise Refused(400, "malformed", "The revision is no whole number.")
    return EventStream(services, Inbox(services, bearer, user_of(bearer), int(given)))


class _Open(dict[str, tuple[Bell, ...]]):
    """The bells of open streams by terminal, the oldest first."""

    def enter(self, terminal_id: str, bell: Bell) -> None:
        """Takes in one more, and ends what is too much."""
        bells = (*self.get(terminal_id, ()), bell)
        for old in bells[:-MOST_OPEN]:
            old.end()
        self[terminal_id] = bells[-MOST_OPEN:]

    def leave(self, terminal_id: str, bell: Bell) -> None:
        """Forgets one that ends."""
        left = tuple(other for other in self.pop(terminal_id, ()) if other is not bell)
        if left:
            self[terminal_id] = left


class Inbox:
    """What one terminal is told."""

    __slots__ = ("_bell", "_offs", "_removed", "_revision", "_services", "_terminal_id", "_told", "_user_id")

    def __init__(self, services: Services, bearer: Bearer, user_id: str, revision: int) -> None:
        self._services, self._user_id, self._revision = services, user_id, revision
        self._terminal_id = bearer.client_id
        self._removed = False
        self._bell: Bell | None = None
        self._told: frozenset[str] = frozenset()
        self._offs: tuple[Callable[[], None], ...] = ()

    async def begin(self, bell: Bell, write: Write) -> None:
        """Subscribes, then sends the snapshot: a change in between is read again, not missed."""

        def removed(_key: str) -> None:
            self._removed = True
            bell.ring()

        self._bell = bell
        _open_of(self._services).enter(self._terminal_id, bell)
        hub = self._services.hub
        self._offs = (
            hub.on(INBOX, self._user_id, bell.ring),
            hub.on(TERMINAL_REMOVED, self._terminal_id, removed),
        )
        revision, pending, settled = await self._services.store.read(self._read_snapshot)
        now = self._services.now()
        snapshot = Snapshot(
            revision,
            tuple(for_approver(one, now) for one in pending),
            tuple(for_approver(one, now) for one in settled),
        )
        await write(sse("snapshot", encode(snapshot), revision))
        self._revision = revision
        self._tell(pending)

    async def go_on(self, write: Write) -> bool:
        """Sends what changed; ends after a removal."""
        if self._removed and await self._services.clients.find(self._terminal_id) is None:
            await write(sse("removed", b"{}"))
            return False
        self._removed = False
        while True:
            changed = await self._services.store.read(self._read_changes)
            for one in changed:
                view = for_approver(one, self._services.now())
                await write(sse("change", encode(view), one.revision))
                self._revision = one.revision
            self._tell(changed)
            if len(changed) < _AT_ONCE:
                return True

    def leave(self) -> None:
        """Ends the subscriptions."""
        for off in self._offs:
            off()
        if self._bell is not None:
            _open_of(self._services).leave(self._terminal_id, self._bell)

    def _read_snapshot(self, connection: Connection) -> tuple[int, list[Stored], list[Stored]]:
        revision = store.revision_of(connection, self._user_id)
        newest = store.latest(connection, self._user_id, revision + 1, _SETTLED_SHOWN)
        settled = [one for one in newest if one.revision > self._revision and one.state != State.PENDING]
        return revision, store.pending_of(connection, self._user_id), settled[::-1]

    def _read_changes(self, connection: Connection) -> list[Stored]:
        return store.changed_after(connection, self._user_id, self._revision, _AT_ONCE)

    def _tell(self, sent: Iterable[Stored]) -> None:
        """Records that an inquiry went out, once for each request and stream, without keeping it waiting."""
        asked = frozenset(one.request_id for one in sent if one.state == State.PENDING) - self._told
        if asked:
            self._told |= asked
            task = asyncio.create_task(_record(self._services, self._terminal_id, asked))
            _recording.add(task)
            task.add_done_callback(_recording.discard)


def _open_of(services: Services) -> _Open:
    found = services.shared.get(_Open)
    if not isinstance(found, _Open):
        found = services.shared[_Open] = _Open()
    return found


async def _record(services: Services, terminal_id: str, asked: Iterable[str]) -> None:
    def guard(unit: Unit) -> None:
        for request_id in sorted(asked):
            unit.record("inquiry", request_id, {"terminal_id": terminal_id})

    try:
        await services.store.write(guard)
    except DatabaseError as error:
        _log.warning("an inquiry was sent but not recorded: %s", error)
