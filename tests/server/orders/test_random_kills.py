"""SIGKILL at random moments of many orders: whatever was answered stands, and nothing is paid twice.

The server dies and comes back under its clients' hands, now and then while the payment server loses its
answers. `NOD_SEED` repeats a run, `NOD_KILLS` sets the length of the long one.
"""

import os
import random
import threading
from collections import Counter
from pathlib import Path

import pytest

from tests.server.orders.customers import Patience, order_while
from tests.server.orders.mortal import Mortal

LIVES_S = (0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 1.0)
"""How long a server may live at most; where that starves customers, `Patience` lets it live longer."""


def run(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kills so many times; returns how many requests ended how."""
    chance, pause = random.Random(seed), threading.Event()

    def kill_often(patience: Patience) -> None:
        for _ in range(kills):
            patience.let_live()
            world.gate.mode = chance.choice(("open", "open", "open", "loses"))
            pause.wait(chance.uniform(0.0, chance.choice(LIVES_S)))
            world.kill()
            world.revive()
            world.gate.mode = "open"

    with Mortal(folder) as world:
        return order_while(world, seed, kill_often)


def test_20_kills_lose_no_decision_and_pay_nothing_twice(tmp_path: Path) -> None:
    seed = int(os.environ.get("NOD_SEED", "1"))
    ends = run(tmp_path, 20, seed)
    assert ends["paid"] > 0, (seed, ends)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_1000_kills_lose_no_decision_and_pay_nothing_twice(tmp_path: Path) -> None:
    seed, kills = int(os.environ.get("NOD_SEED", "1")), int(os.environ.get("NOD_KILLS", "1000"))
    ends = run(tmp_path, kills, seed)
    print(f"{kills} kills, seed {seed}: {dict(ends)}")
