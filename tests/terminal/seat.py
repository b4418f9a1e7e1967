"""A text terminal at which a test sits: it types the lines and reads what is written."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from core.client.clock import Clock
from core.client.terminal import Terminal
from core.terminal.screens import JsonScreen, Screen, WordScreen
from core.terminal.session import Session
from core.terminal.telling import Teller
from core.terminal.text_terminal import TextTerminal
from core.texts.catalog import Texts
from core.wire.messages import OrderAgain
from tests.clock import FakeClock
from tests.terminal.fake_nod import FakeNod
from tests.terminal.house import LIMIT_S, soon, surroundings


class Seat:
    """A text terminal whose input and output are the test's."""

    def __init__(self, folder: Path, fake: FakeNod, *, as_json: bool = True, language: str = "en") -> None:
        self.fake, self.out = fake, io.StringIO()
        self.lines: asyncio.Queue[str | None] = asyncio.Queue()
        self.said: list[str] = []
        self.orders: list[OrderAgain] = []
        self.own: str | None = "dev_1"
        """Client id of the assistant beside it."""
        self.steady = FakeClock(1000.0)
        screen: Screen = JsonScreen(self.out) if as_json else WordScreen(self.out)
        self.text = TextTerminal(screen, Teller(Texts(language), "UTC"), self)
        around = surroundings(fake, folder, Clock(FakeClock(), self.steady, soon))
        terminal = Terminal(around, pin_cost=2)
        self.text.attach(Session(terminal, self.text.on_event, screen.scheme, language))

    def say(self, text: str) -> None:
        """As `Beside.say`."""
        self.said.append(text)

    def order_again(self, order: OrderAgain) -> None:
        """As `Beside.order_again`."""
        self.orders.append(order)

    def client_id(self) -> str | None:
        """As `Beside.client_id`."""
        return self.own

    def events(self, name: str = "") -> list[dict[str, Any]]:
        """What was written so far."""
        found = [json.loads(line) for line in self.out.getvalue().splitlines()]
        return [one for one in found if not name or one["event"] == name]

    async def until(self, condition: Callable[[], object]) -> None:
        """Gives everybody turns until a condition holds."""
        async with asyncio.timeout(LIMIT_S):
            while not condition():
                await asyncio.sleep(0)

    async def type(self, *lines: str | None) -> None:
        """Types lines; None closes standard input."""
        for line in lines:
            await self.lines.put(line)


def play(seat: Seat, scene: Callable[[Seat], Awaitable[None]], enrol: str = "") -> int:
    """Runs a scene; returns the terminal's exit status."""

    async def run() -> int:
        running = asyncio.create_task(seat.text.run(seat.lines.get, enrol))
        try:
            await scene(seat)
            return await asyncio.wait_for(running, LIMIT_S)
        finally:
            running.cancel()

    return asyncio.run(run())


async def registered(seat: Seat) -> None:
    """Make a profile, and be connected."""
    await seat.type("register momo Momo")
    await seat.until(lambda: seat.events("online"))
