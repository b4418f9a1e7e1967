"""A household for the device's tests: both real servers, an approver's terminal, and the device."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import wiring
from assistant.commands import Command
from assistant.options import Options
from assistant.session import Session
from assistant.tone import Tone
from core.client.addresses import fixed
from core.client.answer import Refusal
from core.client.clock import Clock
from core.client.deciding import Choice, Subject, post_until_known, signed
from core.client.enrolling import NewPerson
from core.client.key_store import FileStore
from core.client.parties import Surroundings
from core.client.terminal import Terminal
from core.domain.decision import Decision
from core.domain.request import State
from core.wire.approval import Display
from core.wire.messages import Consent, RequestView
from tests.server.world import SECRET, World

LONG_S = 30.0


async def _pause(seconds: float) -> None:
    """A poll's pause, shortened; the time that a person has for an answer is as long as it is."""
    loop = asyncio.get_running_loop()
    over: asyncio.Future[None] = loop.create_future()
    timer = loop.call_later(seconds if seconds > LONG_S else min(seconds, 0.02), _end, over)
    try:
        await over
    finally:
        timer.cancel()


def _end(over: "asyncio.Future[None]") -> None:
    if not over.done():
        over.set_result(None)


CLOCK = Clock(sleep=_pause)
"""Real time, but polls follow each other at once."""

Event = dict[str, Any]


class Approver:
    """A person's terminal, driven by the test."""

    def __init__(self, world: World, folder: Path) -> None:
        self.terminal = Terminal(Surroundings(fixed(world.url, SECRET), folder, FileStore(folder), CLOCK))
        self.user_id = ""

    async def enrol(self, user_id: str = "momo", nickname: str = "Momo", **members: Any) -> None:
        """Makes the profile."""
        self.user_id = user_id
        person = NewPerson(user_id, nickname, **members)
        answer = await self.terminal.enrol_profile(person, "desk")
        assert not isinstance(answer, Refusal), answer

    async def consent(self, user_code: str, nickname: str = "Momo", **members: Any) -> None:
        """Pairs the device that shows the code."""
        consent = Consent(nickname, "Kitchen speaker", **members)
        answer = await self.terminal.home.consent(user_code, consent)
        assert not isinstance(answer, Refusal), answer

    async def unpair(self) -> None:
        """Ends every pairing."""
        devices = await self.terminal.home.devices()
        assert not isinstance(devices, Refusal)
        for device in devices.devices:
            assert await self.terminal.home.unpair(device.client_id) is None

    async def requests(self) -> tuple[RequestView, ...]:
        """Everything that was asked, newest first."""
        answer = await self.terminal.home.requests()
        assert not isinstance(answer, Refusal), answer
        return answer.requests

    async def decide(self, decision: Decision, code: str | None = None) -> RequestView:
        """Decides the oldest open request."""
        view = [view for view in await self.requests() if view.state is State.PENDING][-1]
        choice = Choice(view.id, decision, code, shown_ms=900)
        subject = Subject(self.user_id, view.details_sha256, view.challenge or "", Display("light", "en"))
        compact = signed(choice, subject, self.terminal.client, None)
        answer = await post_until_known(self.terminal.client, view.id, compact, CLOCK.steady() + 5)
        assert not isinstance(answer, Refusal), answer
        return view

    async def close(self) -> None:
        """Lets go."""
        await self.terminal.servers.close()


class Home:
    """The servers, one approver and one device, all real."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self.world = World(_made(folder / "servers"), time.time, **settings)
        self.approver = Approver(self.world, _made(folder / "terminal"))
        self._others: list[Approver] = []
        self.events: list[Event] = []
        self._news = asyncio.Event()
        self.said: list[str] = []

    async def __aenter__(self) -> "Home":
        return self

    async def __aexit__(self, *_: object) -> None:
        for approver in (self.approver, *self._others):
            await approver.close()
        await asyncio.to_thread(self.world.close)

    def tell(self, event: Event) -> None:
        """Takes the device's events."""
        self.events.append(event)
        self._news.set()

    def options(self, **changes: Any) -> Options:
        """How the device is started here."""
        usual: dict[str, Any] = {
            "data": _made(self.folder / "device"),
            "server": self.world.url,
            "enrol": SECRET,
        }
        return Options(**(usual | changes))

    def session(self, options: Options) -> Session:
        """A device, not yet running."""
        link = wiring.make_link(options, CLOCK)
        setting = wiring.make_setting(options, self.tell)
        return Session(options, link, replace(setting, voice=self))

    async def leave(self, session: Session, run: "asyncio.Task[int]") -> None:
        """Lets a lasting device leave; it must do so cleanly."""
        session.submit(Command("leave"))
        assert await run == 0

    def say(self, text: str) -> None:
        """The device's voice."""
        self.said.append(text)

    def chime(self) -> None:
        """The device's half-time tone."""
        self.tell({"event": "chime"})

    async def drained(self) -> None:
        """It speaks at once."""

    def change(self, tone: Tone, *, muted: bool) -> None:
        """It always sounds the same."""

    def close(self) -> None:
        """It has nothing to let go of."""

    async def event(self, name: str, fits: Callable[[Event], bool] = lambda _: True) -> Event:
        """Waits for the device's next event of that name that was not taken yet, and takes it."""
        async with asyncio.timeout(20):
            while True:
                for at, event in enumerate(self.events):
                    if event.get("event") == name and fits(event):
                        return self.events.pop(at)
                self._news.clear()
                await self._news.wait()

    async def another(self, user_id: str, nickname: str) -> Approver:
        """One more person with a terminal."""
        made = Approver(self.world, _made(self.folder / user_id))
        self._others.append(made)
        await made.enrol(user_id, nickname)
        return made

    async def pair(self, nickname: str = "Momo", **members: Any) -> None:
        """Waits for the pairing code and types it."""
        await self.approver.consent((await self.event("pairing"))["user_code"], nickname, **members)


def play(folder: Path, scene: Callable[[Home], Awaitable[None]], **settings: Any) -> None:
    """Runs a scene in a household whose approver, Momo, is enrolled and paired with nobody yet.

    Args:
        folder: a fresh one.
        scene: what happens.
        settings: changes to the server's settings.
    """

    async def run() -> None:
        async with Home(folder, **settings) as home:
            await home.approver.enrol()
            await scene(home)

    asyncio.run(run())


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
