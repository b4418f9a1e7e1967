"""`GET /events`: what happened on the wire, from the audit log; `POST /events`: what only a party sees.

The log is written in the commits of the things themselves, so an observer sees nothing that did not happen.
The local steps ("heard", "shown") are taken only where somebody is meant to look on: demo and class.
"""

import asyncio
from typing import Literal

import msgspec
from starlette.requests import Request

from core.database import audit
from core.database.writer import Unit
from core.domain.request import State
from core.server.answers import NOTHING, Answer
from core.server.bearers import identify, require
from core.server.errors import BadBearer, Refused
from core.server.json_endpoint import read_message
from core.server.notifications import Bell, EventStream, Write, sse
from core.server.services import Services
from core.wire.events import MESSAGES, Event, Party
from core.wire.messages import In, encode

LOCAL: dict[str, tuple[Party, Party]] = {"heard": ("device", "device"), "shown": ("terminal", "terminal")}
"""Steps inside one party."""
_ROUTES = MESSAGES | LOCAL
_AT_ONCE = 200
_LOOK_S = 0.2


class LocalStep(In, frozen=True):
    """`POST /events`."""

    name: Literal["heard", "shown"]
    """What happened."""
    request_id: str = ""
    """The request that it belongs to, if there is one already."""


async def listen(services: Services, request: Request) -> EventStream:
    """Opens a stream of events after a sequence number.

    Raises:
        Refused: 400 `malformed`: `after` is no number.
    """
    await require(services, request, "observe")
    after = request.query_params.get("after") or request.headers.get("last-event-id") or "0"
    if not (after.isascii() and after.isdigit() and len(after) <= 15):
        raise Refused(400, "malformed", "The parameter after is no whole number.")
    return EventStream(services, Log(services, int(after)))


async def add(services: Services, request: Request) -> Answer:
    """Records a local step.

    Raises:
        Refused: 404 outside of demo and class mode; 400 `malformed`.
        BadBearer: 401, 403: neither a terminal nor a device.
    """
    if not services.settings.takes_local_events:
        raise Refused(404, "not_found", "This server takes no local steps.")
    bearer = await identify(services, request)
    if bearer.scopes.isdisjoint({"terminal", "device"}):
        raise BadBearer(lacks_scope="device")
    step = await read_message(request, LocalStep)
    if not (step.request_id.isascii() and step.request_id.isprintable()):
        raise Refused(400, "malformed", "The request_id is none.")
    data = {"client_id": bearer.client_id}

    def guard(unit: Unit) -> None:
        unit.record(step.name, step.request_id[:40], data)

    await services.store.write(guard)
    return NOTHING


class Log:
    """What an observer is told."""

    def __init__(self, services: Services, after: int) -> None:
        self._services, self._after = services, after
        self._looking: asyncio.Task[None] | None = None

    async def begin(self, bell: Bell, write: Write) -> None:
        """Sends what is there, and looks for more from then on."""
        self._looking = asyncio.create_task(_ring_often(bell))
        await self.go_on(write)

    async def go_on(self, write: Write) -> bool:
        """Sends what is new."""
        while True:
            found = await self._services.store.read(
                lambda connection: audit.events_after(connection, self._after, _AT_ONCE)
            )
            for one in found:
                self._after = one.sequence
                if one.kind in _ROUTES:
                    await write(_told(one))
            if len(found) < _AT_ONCE:
                return True

    def leave(self) -> None:
        """Stops looking."""
        if self._looking is not None:
            self._looking.cancel()


def _told(row: audit.Event) -> bytes:
    """What an observer is told of one row. A request that was taken in is one row and two messages: the
    number comes with the second, so that a cut between them loses neither."""
    data = msgspec.json.decode(row.data, type=dict[str, object])
    if row.kind != "authentication_request" or "window_s" not in data:
        return sse("message", encode(_event(row, row.kind, data)), row.sequence)
    answered: dict[str, object] = {"window_s": data.pop("window_s"), "state": State.PENDING.value}
    asked = sse("message", encode(_event(row, row.kind, data)))
    return asked + sse("message", encode(_event(row, "acknowledgement", answered)), row.sequence)


def _event(row: audit.Event, name: str, data: dict[str, object]) -> Event:
    sender, receiver = _ROUTES[name]
    return Event(row.sequence, row.at, sender, receiver, name, row.subject, data)


async def _ring_often(bell: Bell) -> None:
    while not bell.is_over:
        await asyncio.sleep(_LOOK_S)
        bell.ring()
