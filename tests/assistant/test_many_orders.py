"""One order after another in one process: nothing is left behind but the orders."""

import asyncio
import gc
import os
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import psutil
import pytest

from assistant import ear_service, wiring
from assistant.commands import Command
from assistant.ear_service import EarService
from assistant.ears.interface import SAMPLE_RATE, Samples
from assistant.session import Session
from assistant.sources.files import read_file
from assistant.sources.gate import Gate
from assistant.sources.streams import from_recording
from assistant.speak import Speaker
from assistant.tone import Tone
from core.client.clock import boot_seconds
from core.domain.decision import Decision
from core.domain.limits import Rate
from core.payment import wiring as payment_wiring
from core.payment.limits import AddressLimit
from core.server.limits import UNLIMITED
from tests.assistant.household import CLOCK, Home, play

WARM = 10
"""Orders until every cache is filled."""
MEGABYTE = 1024 * 1024
MOST_MB = 25.0
KEPT_ALIVE = 8
"""Connections that both sides keep open for a while; a file left by each order would be 30 and more."""
RECORDING = Path(__file__).with_name("recordings") / "buy-milk-for-momo-kal.wav"


class Left:
    """What this process holds now."""

    def __init__(self) -> None:
        gc.collect()
        process = psutil.Process()
        pools = ("asyncio_", "ThreadPool", "nod-", "uvloop")  # idle ones stay, and the servers have theirs
        self.threads = sorted(t.name for t in threading.enumerate() if not t.name.startswith(pools))
        self.files = process.num_fds()
        self.children = len(process.children())
        self.memory = process.memory_info().rss
        self.tasks = len(asyncio.all_tasks())


@pytest.fixture(autouse=True)
def _shop_without_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """One household does not ask for prices three times a second, but this test does."""
    monkeypatch.setattr(
        payment_wiring, "AddressLimit", lambda _rate, now: AddressLimit(Rate(100_000, 60.0), now)
    )


async def _at_rest(session: Session) -> None:
    """The device tells the end a moment before the work for it has ended."""
    while session.runner._tasks:
        await asyncio.gather(*session.runner._tasks)
    for _ in range(3):  # what that work cancelled ends within the loop's next rounds
        await asyncio.sleep(0)


Order = Callable[[Home, Session, int], Awaitable[None]]
Device = Callable[[Home], AbstractContextManager[Session]]


def orders_leave_nothing(folder: Path, count: int, device: Device, order: Order) -> None:
    """Takes `count` orders, each approved and paid, and compares what is held before and after."""

    async def scene(home: Home) -> None:
        with device(home) as session:
            await taken(home, session)

    async def taken(home: Home, session: Session) -> None:
        run = asyncio.create_task(session.run())
        await home.pair()
        await home.event("paired")
        before = None
        for number in range(count):
            if number == WARM:
                await _at_rest(session)
                before = Left()
            await order(home, session, number)
        await _at_rest(session)
        after = Left()
        assert before is not None
        assert (after.threads, after.tasks) == (before.threads, before.tasks)
        assert after.files <= before.files + KEPT_ALIVE
        assert after.children == 0
        grown = (after.memory - before.memory) / MEGABYTE
        print(f"{count} orders: {grown:+.1f} MB, {after.files - before.files:+} files")
        assert grown < MOST_MB
        assert not session.runner.is_busy
        await home.leave(session, run)

    play(folder, scene, limits=UNLIMITED)


@contextmanager
def reading_device(home: Home) -> Iterator[Session]:
    """A device that reads, and whose voice is the test's."""
    yield home.session(home.options())


async def typed_order(home: Home, session: Session, number: int) -> None:
    """Types an order; it is approved and paid."""
    session.submit(Command("say", f"buy {number % 3 + 1} apples for Momo"))
    await paid(home)


@contextmanager
def talking_device(home: Home) -> Iterator[Session]:
    """A device with the real ear and speech engine; only microphone and loudspeaker are the test's."""
    ears = EarService("phoneme", Gate(boot_seconds), home.tell)
    voice = Speaker(Tone(words_a_minute=260), Loudspeaker())
    options = home.options()
    setting = wiring.make_setting(options, home.tell, voice, ears)
    session = Session(options, wiring.make_link(options, CLOCK), setting)
    ears.connect(session.runner.heard, session.missed)
    try:
        yield session
    finally:
        ears.close()
        voice.close()


class Loudspeaker:
    """Plays in no time."""

    def play(self, file: Path) -> bool:
        return file.stat().st_size > 0

    def stop(self) -> None:
        """Nothing plays."""


@contextmanager
def microphone() -> Iterator[Iterator[Samples]]:
    """Somebody orders milk, again and again."""
    silence = np.zeros(SAMPLE_RATE, dtype=np.float32)
    yield from_recording(np.concatenate([silence, read_file(RECORDING), silence]))


async def spoken_order(home: Home, session: Session, _number: int) -> None:
    """Presses the talk button and speaks an order; it is approved and paid."""
    await session.setting.voice.drained()
    session.submit(Command("talk"))
    await paid(home)


async def paid(home: Home) -> None:
    """Approves what is asked next, and waits for its end."""
    asked = await home.event("asked")
    await home.approver.decide(Decision.APPROVE, asked["match_code"])
    end = await home.event("outcome")
    assert end["outcome"] in ("paid", "declined"), end
    home.events.clear()
    home.said.clear()


def test_forty_typed_orders_leave_no_thread_no_file_and_no_memory(tmp_path: Path) -> None:
    orders_leave_nothing(tmp_path, 40, reading_device, typed_order)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_two_hundred_typed_orders_leave_no_thread_no_file_and_no_memory(tmp_path: Path) -> None:
    orders_leave_nothing(tmp_path, 200, reading_device, typed_order)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_two_hundred_spoken_orders_leave_no_thread_no_file_and_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ear_service, "open_samples", microphone)
    orders_leave_nothing(tmp_path, int(os.environ.get("NOD_ORDERS", "200")), talking_device, spoken_order)
