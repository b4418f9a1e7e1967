"""Two user-management servers on one PostgreSQL are one server, also while one of them dies."""

import copy
import os
import random
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.orders.customers import Patience, order_while
from tests.server.orders.mortal import Mortal
from tests.server.orders.streams import Listener
from tests.server.orders.world import Device, Person
from tests.waiting import wait_until


@pytest.fixture
def world(tmp_path: Path, postgres_url: str) -> Iterator[Mortal]:
    with Mortal(tmp_path, postgres_url, processes=2) as made:
        yield made


def _through(world: Mortal, which: int) -> Mortal:
    """The same world, seen through one of the two processes."""
    seen = copy.copy(world)
    seen.http = world.client([world.ports[which]])
    return seen


def _apart(world: Mortal) -> tuple[Person, Device]:
    """Momo's terminal at the second process, her device at the first."""
    momo, speaker = world.paired()
    momo.world, speaker.world = _through(world, 1), _through(world, 0)
    return momo, speaker


def test_an_inquiry_taken_by_one_reaches_a_terminal_at_the_other_and_either_decides(world: Mortal) -> None:
    momo, speaker = _apart(world)
    inbox = Listener(f"http://127.0.0.1:{world.ports[1]}/inbox?revision=0", momo.log_in())
    inbox.wait("snapshot")
    told = speaker.order()
    inbox.wait("change", id=told["auth_req_id"], state="pending")
    answer = momo.decide(told["auth_req_id"], code=told["match_code"])
    assert answer.json()["state"] == "approved"
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"
    inbox.wait("change", id=told["auth_req_id"], state="paid")
    again = speaker.order(quote="")
    momo.world = _through(world, 0)
    assert momo.decide(again["auth_req_id"], code=again["match_code"]).json()["state"] == "approved"
    inbox.wait("change", id=again["auth_req_id"], state="approved")
    world.kill(1)
    inbox.join()


def test_each_payment_is_worked_by_one_of_the_two(world: Mortal) -> None:
    momo, speaker = _apart(world)
    told = [speaker.order() for _ in range(8)]
    for one in told:
        momo.decide(one["auth_req_id"], code=one["match_code"])
    for one in told:
        assert speaker.settled(one["auth_req_id"])["outcome"]["status"] == "paid"
    sent = Counter(path for method, path in world.gate.seen if method == "POST")
    assert sent == {"/payments": 8}


def test_what_a_dead_process_had_in_hand_the_other_settles(world: Mortal) -> None:
    momo, speaker = _apart(world)
    world.gate.mode = "loses"
    told = speaker.order()
    assert momo.decide(told["auth_req_id"], code=told["match_code"]).json()["state"] == "approved"
    wait_until(lambda: world.earned() > 0)
    world.kill(0)
    world.gate.mode = "open"
    world.time.advance(21)
    speaker.world = momo.world
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"
    assert world.faults() == []


def run(world: Mortal, kills: int, seed: int) -> Counter[str]:
    """Kills one of the two so many times, under load on both; returns how many requests ended how."""
    chance, pause = random.Random(seed), threading.Event()

    def kill_often(patience: Patience) -> None:
        for _ in range(kills):
            which = chance.randrange(2)
            pause.wait(chance.uniform(0.1, 0.5))
            patience.let_live()
            world.kill(which)
            pause.wait(chance.uniform(0.0, 0.5))
            world.revive(which)
            # Past the end of the dead one's leases.
            world.time.advance(21)

    return order_while(world, seed, kill_often)


def test_load_on_both_and_kills_lose_no_request_and_pay_none_twice(world: Mortal) -> None:
    seed = int(os.environ.get("NOD_SEED", "1"))
    ends = run(world, 3, seed)
    assert ends["paid"] > 0, (seed, ends)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_200_kills_under_load_on_both_lose_no_request_and_pay_none_twice(world: Mortal) -> None:
    seed, kills = int(os.environ.get("NOD_SEED", "1")), int(os.environ.get("NOD_KILLS", "200"))
    ends = run(world, kills, seed)
    print(f"{kills} kills of one of two, seed {seed}: {dict(ends)}")
