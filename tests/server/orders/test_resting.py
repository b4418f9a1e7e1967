"""A server with nothing to do sleeps, and is awake at once when something comes in."""

import asyncio
from collections import defaultdict

import pytest

from core.server import client_notices, resting, settlement, sweep
from tests.server.orders.world import World
from tests.waiting import wait_until


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[float]]:
    """The rests that each worker went to, in seconds, before the `world` is made."""
    seen: dict[str, list[float]] = defaultdict(list)
    for worker in (settlement, client_notices, sweep):

        async def rest(wake: asyncio.Event, seconds: float, name: str = worker.__name__) -> None:
            seen[name].append(seconds)
            await resting.rest(wake, seconds)

        monkeypatch.setattr(worker, "rest", rest)
    return seen


def test_workers_that_rest_for_long_are_woken_by_an_order_and_rest_again(
    pauses: dict[str, list[float]], world: World
) -> None:
    idle = {settlement.__name__: resting.REST_S, client_notices.__name__: resting.REST_S, sweep.__name__: 4.0}
    is_idle = lambda: {name: seconds[-1] for name, seconds in pauses.items()} == idle  # noqa: E731
    wait_until(is_idle, what="the workers to rest")
    momo, speaker = world.paired()
    asked = speaker.order()
    momo.decide(asked["auth_req_id"], code=asked["match_code"])
    assert speaker.settled(asked["auth_req_id"])["outcome"]["status"] == "paid"
    assert len(pauses[settlement.__name__]) > 1
    wait_until(is_idle, what="the workers to rest again")


def test_a_request_that_nobody_decides_ends_although_the_server_slept(
    pauses: dict[str, list[float]], world: World
) -> None:
    momo, speaker = world.paired()
    wait_until(lambda: pauses[sweep.__name__], what="the sweep to rest")
    asked = speaker.order()
    world.clock.advance(60.5)  # type: ignore[attr-defined]
    wait_until(lambda: momo.view(asked["auth_req_id"]).state == "expired", what="its end")
