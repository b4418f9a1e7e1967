"""Every door of both servers under hostile bytes by their sockets: no 5xx, no hang, no change by a refusal.

2,000 requests here, 50,000 in the long run. `NOD_SEED` repeats a run, `NOD_SHOTS` sets its length. After each
request the databases are asked whether anybody wrote; if so, the meaningful rows are compared with what they
were. What may grow by a refused request is named in `watching.FREE`. Chance aims here, and every byte goes
the way that a client's does; where coverage aims, see `test_guided_fuzzing.py`.
"""

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from core.server.limits import UNLIMITED
from tests.clock import FakeClock
from tests.security.doors import Doors, Front, check_well
from tests.security.hostile_bytes import Gun
from tests.security.watching import Line, stores_of
from tests.server.orders.world import World


class Range:
    """Both servers, and a gun for each."""

    def __init__(self, world: World, folder: Path, seed: int) -> None:
        self.seed = seed
        self.answers: Counter[int] = Counter()
        self._chance = random.Random(seed)
        doors = Doors(world)
        self._own, self._pay = self._armed(doors.own, seed), self._armed(doors.payment, seed + 1)
        self._watched = stores_of(folder) if world.database_url.startswith("sqlite") else []

    def fire(self, shots: int) -> None:
        """Fires, alternately at both servers."""
        for number in range(shots):
            gun, line, front = self._own if self._chance.random() < 0.75 else self._pay
            shot = gun.shoot(self._chance.choice(front.targets))
            status = line.answer(shot)
            self.answers[status] += 1
            changed = [one.has_changed() for one in self._watched]
            told = (self.seed, number, shot.name, status, shot.data[:2000])
            assert status < 500, told
            assert status < 400 or not any(changed), told

    def close(self) -> None:
        for _, line, _ in (self._own, self._pay):
            line.close()
        for one in self._watched:
            one.close()

    def _armed(self, front: Front, seed: int) -> tuple[Gun, Line, Front]:
        return Gun(seed, front.host, front.credentials, front.proof), Line(front.url), front


def fuzz(folder: Path, shots: int, database_url: str | None = None) -> Counter[int]:
    """Fires so many requests; returns how many got which status.

    Args:
        folder: where the stores go.
        shots: how many.
        database_url: of the user-management server, where it is no file; its rows are not compared then.
    """
    seed = int(os.environ.get("NOD_SEED", "1"))
    with World(folder, FakeClock(), limits=UNLIMITED, database_url=database_url) as world:
        firing = Range(world, folder, seed)
        try:
            firing.fire(shots)
        finally:
            firing.close()
        check_well(world)
    return firing.answers


def test_2000_hostile_requests_bring_no_5xx_and_change_nothing(tmp_path: Path) -> None:
    answers = fuzz(tmp_path, 2_000)
    assert {400, 401, 404, 405, 413, 415, 421} <= answers.keys(), answers


def test_1000_hostile_requests_bring_no_5xx_on_postgresql_either(tmp_path: Path, postgres_url: str) -> None:
    """It refuses what SQLite takes: text with a null character, for one."""
    answers = fuzz(tmp_path, 1_000, postgres_url)
    assert {400, 401, 404} <= answers.keys(), answers


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_50000_hostile_requests_bring_no_5xx_and_change_nothing(tmp_path: Path) -> None:
    shots = int(os.environ.get("NOD_SHOTS", "50000"))
    print(f"{shots} requests: {dict(sorted(fuzz(tmp_path, shots).items()))}")
