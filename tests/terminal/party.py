"""One house on both real servers: a terminal's running session and a device, by the programs' own calls."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from core.client.addresses import FixedAddress
from core.client.answer import Refusal
from core.client.asking import Asked
from core.client.clock import Clock
from core.client.device import Device
from core.client.enrolling import NewPerson
from core.client.key_store import FileStore
from core.client.parties import Surroundings
from core.client.payment_server import Quoted
from core.client.terminal import Terminal
from core.domain.place import PlaceClaim
from core.terminal.session import Session
from core.wire.messages import Consent, Contacts, Enrolled, OrderLine
from tests.clock import FakeClock
from tests.server.world import SECRET, World
from tests.terminal.fake_nod import FakeNod
from tests.terminal.house import House


class Party:
    """One house: a terminal's session and a paired device."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.clock: FakeClock = world.clock  # type: ignore[assignment]
        self.address = FixedAddress(world.url, SECRET)
        self.terminal = Terminal(self._around("terminal", Clock(now=self.clock)), pin_cost=2)
        self.house = House(FakeNod(), self.clock, self.clock, None)  # type: ignore[arg-type]
        self.house.session = self.session = Session(self.terminal, self.house.emit, "text")
        self.device = Device(self._around("device", Clock(self.clock, self.clock, self._pass)))

    def _around(self, name: str, clock: Clock) -> Surroundings:
        folder = self.folder / name
        return Surroundings(self.address, folder, FileStore(folder), clock)

    async def _pass(self, seconds: float) -> None:
        self.clock.advance(seconds)
        await asyncio.sleep(0)

    async def pair(self, nickname: str = "Momo") -> Contacts:
        """Registers the device and lets it ask."""
        assert await self.device.open() is False
        assert await self.device.register("Kitchen speaker") is None
        started = await self.device.start_pairing()
        assert not isinstance(started, Refusal), started
        seen = await self.session.home.look_at_pairing(started.user_code.lower())
        assert not isinstance(seen, Refusal), seen
        place = PlaceClaim("kitchen")
        paired = await self.session.home.consent(started.user_code, Consent(nickname, "Kitchen", place))
        assert not isinstance(paired, Refusal), paired
        contacts = await self.device.wait_for_consent(started)
        assert isinstance(contacts, Contacts), contacts
        return contacts

    async def ask(self, window_s: int | None = None) -> Asked:
        """Orders a milk."""
        quoted = await self.device.quote((OrderLine("milk"),))
        assert isinstance(quoted, Quoted), quoted
        asked = await self.device.ask("Momo", quoted.compact, window_s=window_s)
        assert isinstance(asked, Asked), asked
        return asked


@asynccontextmanager
async def party(world: World, folder: Path, pin: str | None = None):  # type: ignore[no-untyped-def]
    """An enrolled terminal with its session running, and an unregistered device."""
    made = Party(world, folder)
    running = asyncio.create_task(made.session.run())
    try:
        await made.house.until(lambda: made.house.events)
        enrolled = await made.session.register(NewPerson("momo", "Momo"), "desk", pin)
        assert isinstance(enrolled, Enrolled), enrolled
        yield made
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await made.device.close()


Scene = Callable[[Party], Awaitable[None]]


def play(world: World, folder: Path, scene: Scene, pin: str | None = None) -> None:
    async def run() -> None:
        async with party(world, folder, pin) as made:
            await scene(made)

    asyncio.run(run())
