"""One order after another in one process: nothing is left behind but the orders."""

import asyncio
import gc
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from assistant.commands import Command
from core.domain.decision import Decision
from core.domain.limits import Rate
from core.payment import wiring
from core.payment.limits import AddressLimit
from core.server.limits import UNLIMITED
from tests.assistant.household import Home, play

WARM = 10
"""Orders until every cache is filled."""
MEGABYTE = 1024 * 1024


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
    monkeypatch.setattr(wiring, "AddressLimit", lambda _rate, now: AddressLimit(Rate(100_000, 60.0), now))


def orders_leave_nothing(folder: Path, count: int, megabytes: float) -> None:
    """Takes `count` orders, each approved and paid, and compares what is held before and after."""

    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.pair()
        await home.event("paired")
        before = None
        for number in range(count):
            if number == WARM:
                before = Left()
            await one_order(home, session.submit, number)
        after = Left()
        assert before is not None
        assert (after.threads, after.tasks) == (before.threads, before.tasks)
        assert after.files <= before.files + 2
        assert after.children == 0
        assert after.memory - before.memory < megabytes * MEGABYTE
        assert not session.runner.is_busy
        await home.leave(session, run)

    play(folder, scene, limits=UNLIMITED)


async def one_order(home: Home, submit: Callable[[Command], None], number: int) -> None:
    """An order of the device, approved and paid."""
    submit(Command("say", f"buy {number % 3 + 1} apples for Momo"))
    asked = await home.event("asked")
    await home.approver.decide(Decision.APPROVE, asked["match_code"])
    end = await home.event("outcome")
    assert end["outcome"] in ("paid", "declined"), end
    home.events.clear()
    home.said.clear()


def test_forty_orders_leave_no_thread_no_file_and_no_memory(tmp_path: Path) -> None:
    orders_leave_nothing(tmp_path, 40, 25.0)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_two_hundred_orders_leave_no_thread_no_file_and_no_memory(tmp_path: Path) -> None:
    orders_leave_nothing(tmp_path, 200, 25.0)
