"""A stream on which nothing happens says now and then that it is there; not all streams at one moment."""

import asyncio
import itertools
from collections import Counter

import httpx
import pytest

from core.server import notifications
from core.server.notifications import AT_ONCE, Bell, Bells
from tests.server.orders.world import World


class _Written(Bell):
    """A bell that writes down in which turn of the event loop it rang."""

    def __init__(self, turn: list[int], rung: list[int]) -> None:
        super().__init__()
        self._turn, self._rung = turn, rung

    def ring(self, _key: str = "") -> None:
        self._rung.append(self._turn[0])


@pytest.fixture
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "KEEP_S", 0.05)


def _many(count: int) -> tuple[Bells, list[int], list[int]]:
    turn, rung = [0], list[int]()
    bells = Bells()
    for _ in range(count):
        bells.add(_Written(turn, rung))
    return bells, turn, rung


@pytest.mark.usefixtures("_often", "clock")
def test_an_idle_stream_is_kept_alive(request: pytest.FixtureRequest) -> None:
    world: World = request.getfixturevalue("world")  # after the interval was shortened
    momo, _ = world.paired()
    headers = {"authorization": f"Bearer {momo.log_in()}"}
    with (
        httpx.Client(trust_env=False, timeout=10) as client,
        client.stream("GET", f"{world.url}/inbox?revision=0", headers=headers) as stream,
    ):
        beats = itertools.islice((line for line in stream.iter_lines() if line == ": keep"), 3)
        assert len(list(beats)) == 3


def test_other_work_has_its_turn_between_a_few_streams_and_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "SPREAD_S", 0.0)
    bells, turn, rung = _many(10 * AT_ONCE + 1)

    async def run() -> None:
        beating = asyncio.create_task(bells.beat(asyncio.Event()))
        while not beating.done():
            turn[0] += 1
            await asyncio.sleep(0)

    asyncio.run(run())
    assert len(rung) == 10 * AT_ONCE + 1
    assert max(Counter(rung).values()) == AT_ONCE


def test_one_beat_is_over_before_the_next_is_due() -> None:
    assert notifications.SPREAD_S < notifications.KEEP_S


def test_a_server_that_stops_does_not_wait_for_a_beat_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "SPREAD_S", 3600.0)
    bells, _, rung = _many(2 * AT_ONCE)

    async def run() -> None:
        stopping = asyncio.Event()
        beating = asyncio.create_task(bells.beat(stopping))
        await asyncio.sleep(0)
        stopping.set()
        await asyncio.wait_for(beating, 10)

    asyncio.run(run())
    assert len(rung) == AT_ONCE
