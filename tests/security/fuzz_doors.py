"""A program: libFuzzer, guided by the coverage of our own code, at every door of both servers.

    python -m tests.security.fuzz_doors --folder F [--shots N] [--seed S] [--input FILE]

Each input is one request (`plans`). It must be answered in time and without 5xx, and if it is refused, the
meaningful rows must be what they were (`watching`). The first that breaks this ends the program; its bytes
are kept in the folder as `broke`, and `--input` fires them again. A new world is made now and then, so that
what a request was allowed to spoil is whole again. How many answers of each status there were lies in
`answers.json` at the end.

A program of its own since libFuzzer ends the process that it runs in, and because our modules must be
imported under its hook. Their threads run freely, so a seed repeats the aim, not every step.
"""

import argparse
import gc
import json
import os
import shutil
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

CORE = Path(__file__).resolve().parents[2] / "core"
GUIDING = ("server", "payment", "wire", "domain")
"""Packages of core whose coverage is measured."""
LIFE, SHORT_LIFE = 1_000, 200
"""Requests that a world lives; one where the pairing or the person is not what it was lives shorter."""
SPOILING = ("DELETE /devices/", "PATCH /devices/", "PATCH /profile")
LONGEST_INPUT = 4_096

with atheris.instrument_imports(
    include=["core"],
    exclude=[
        ".".join(file.relative_to(CORE.parent).with_suffix("").parts).removesuffix(".__init__")
        for file in CORE.rglob("*.py")
        if file.relative_to(CORE).parts[0] not in GUIDING
    ],
):
    from core.server.limits import UNLIMITED
    from tests.clock import FakeClock
    from tests.security import plans
    from tests.security.doors import Doors, check_well
    from tests.security.inside import Inside
    from tests.security.watching import stores_of
    from tests.server.orders.world import World

if TYPE_CHECKING:
    from tests.security.hostile_bytes import Shot


class Life:
    """One world and the way into it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self._age, self._is_spoiled = 0, False
        self.world = World(folder, FakeClock(), limits=UNLIMITED, takes_local_events=True)
        self.doors = Doors(self.world)
        self.loader = plans.Loader(self.doors)
        own, payment = self.world.loops()
        self._ways = {
            self.world.url: Inside(self.world.server.app, own),
            self.world.payment_url: Inside(self.world.gate.party.app, payment),
        }
        self._stores = stores_of(folder)

    def fire(self, data: bytes) -> int:
        """Fires one input.

        Raises:
            AssertionError: The answer breaks the promise.
        """
        plan = plans.read(data)
        front, shot = self.loader.load(plan)
        try:
            status = self._ways[front.url].answer(shot, is_straight=plan.is_straight)
            changed = [one.has_changed() for one in self._stores]
            assert status < 500, f"answered {status}"
            assert status < 400 or not any(changed), f"answered {status}, and rows changed"
            self._age += 1
            self._is_spoiled |= any(changed) and shot.name.startswith(SPOILING)
        except BaseException:
            _tell(plan, shot)
            raise
        return status

    @property
    def is_over(self) -> bool:
        """Whether the next request is better fired at a new one."""
        return self._age >= (SHORT_LIFE if self._is_spoiled else LIFE)

    def close(self) -> None:
        """Ends it, if both servers are still well."""
        for one in self._stores:
            one.close()
        check_well(self.world)
        self.world.close()
        shutil.rmtree(self._folder)
        gc.unfreeze()  # each server freezes what is there when it starts: dead worlds would stay for ever


def _tell(plan: plans.Plan, shot: "Shot") -> None:
    print(f"\n{plan}\n{shot.data[:4000]!r}", file=sys.stderr, flush=True)


class Run:
    """All lives of a run, one after another."""

    def __init__(self, folder: Path, shots: int) -> None:
        self._folder, self._shots = folder, shots
        self._answers: Counter[int] = Counter()
        self.life = self._born()

    def fire(self, data: bytes) -> None:
        """Takes one input; what libFuzzer calls."""
        if self.life.is_over:
            self.life.close()
            self.life = self._born()
        try:
            self._answers[self.life.fire(data)] += 1
        except BaseException:
            (self._folder / "broke").write_bytes(data)
            raise
        if self._answers.total() == self._shots:
            self.end()

    def end(self) -> None:
        """Closes the last life, and says how many answers there were of each status."""
        self.life.close()
        (self._folder / "answers.json").write_text(json.dumps(self._answers))
        os._exit(0)

    def _born(self) -> Life:
        return Life(self._folder / f"world-{self._answers.total()}")


def fuzz(run: Run, folder: Path, seed: int) -> None:
    """Hands the run to libFuzzer, which does not return."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, plan in enumerate(plans.beginnings(run.life.doors)):
        (corpus / f"{number:04}").write_bytes(plans.write(plan))
    print(f"seed {seed}; what breaks is repeated by --input {folder}/broke", flush=True)
    options = [f"-seed={seed}", f"-max_len={LONGEST_INPUT}", f"-artifact_prefix={folder}/"]
    # Looked up at each call: Fuzz() puts libFuzzer's own in the place of one that only complains.
    mutator = plans.Mutator(
        lambda value, size: bytes(atheris.Mutate(value, size)), plans.with_bodies(run.life.doors)
    )
    atheris.Setup([sys.argv[0], *options, str(corpus)], run.fire, custom_mutator=mutator)
    atheris.Fuzz()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="libFuzzer at every door of both servers")
    parser.add_argument("--folder", type=Path, required=True, help="an empty folder")
    parser.add_argument("--shots", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--input", type=Path, help="fire this input alone")
    asked = parser.parse_args()
    run = Run(asked.folder, 1 if asked.input else asked.shots)
    if asked.input:
        run.fire(asked.input.read_bytes())
    else:
        fuzz(run, asked.folder, asked.seed)


if __name__ == "__main__":
    try:
        main()
    except BaseException:
        traceback.print_exc()
        os._exit(1)  # the servers' threads would keep the process
