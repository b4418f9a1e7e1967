"""An enrolled session on the fake servers, its events recorded, its waits under the test's hand."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from core.client.addresses import FixedAddress
from core.client.clock import Clock
from core.client.enrolling import NewPerson
from core.client.key_store import FileStore
from core.client.parties import Surroundings
from core.client.terminal import Terminal
from core.terminal.events import Event, Inquiry
from core.terminal.session import Session
from tests.clock import FakeClock
from tests.terminal.fake_nod import URL, FakeNod

T = TypeVar("T")
LIMIT_S = 10.0
MOMO = NewPerson("momo", "Momo")


def surroundings(fake: FakeNod, folder: Path, clock: Clock) -> Surroundings:
    """What a client of the fake stands on."""
    return Surroundings(FixedAddress(URL, "secret"), folder, FileStore(folder), clock, fake.make)


async def soon(_: float) -> None:
    """A wait that is over at once, after everybody else had a turn."""
    for _turn in range(20):
        await asyncio.sleep(0)


@dataclass
class House:
    """A running session."""

    fake: FakeNod
    steady: FakeClock
    wall: FakeClock
    session: Session
    events: list[Event] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    def emit(self, event: Event) -> None:
        """Takes an event of the session."""
        self.events.append(event)
        self.heard.set()

    def of(self, kind: type[T]) -> list[T]:
        """The events of one kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    def pass_time(self, seconds: float) -> None:
        """Lets every clock of this world go on."""
        for one in (self.fake.clock, self.steady, self.wall):
            one.advance(seconds)

    async def until(self, condition: Callable[[], object]) -> None:
        """Waits for events until a condition holds."""
        async with asyncio.timeout(LIMIT_S):
            while not condition():
                self.heard.clear()
                if not condition():
                    await self.heard.wait()

    async def inquiry(self, request_id: str) -> Inquiry:
        """The inquiry of one request, once it is told."""
        await self.until(lambda: [one for one in self.of(Inquiry) if one.id == request_id])
        return next(one for one in self.of(Inquiry) if one.id == request_id)


@asynccontextmanager
async def house(folder: Path, fake: FakeNod | None = None) -> AsyncIterator[House]:
    """An enrolled session that runs until the block is left."""
    fake = fake or FakeNod()
    steady, wall = FakeClock(1000.0), FakeClock()
    clock = Clock(wall, steady, soon)
    terminal = Terminal(surroundings(fake, folder, clock), pin_cost=2)
    made = House(fake, steady, wall, None)  # type: ignore[arg-type]
    made.session = Session(terminal, made.emit, "text")
    running = asyncio.create_task(made.session.run())
    try:
        if not await _is_enrolled(made, running):
            await made.session.register(MOMO, "desk", "2580")
        yield made
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _is_enrolled(made: House, running: "asyncio.Task[None]") -> bool:
    await made.until(lambda: made.events or running.done())
    return type(made.events[0]).__name__ != "NotEnrolled"
