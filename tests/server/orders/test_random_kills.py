"""SIGKILL at random moments of many orders: whatever was answered stands, and nothing is paid twice.

Clients go on ordering as real ones would: what got no answer is sent again, byte for byte. The server dies
and comes back under their hands, now and then while the payment server loses its answers.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from core.wire import approval as approvals
from tests.server.orders import invariants
from tests.server.orders.world import Device, Person, World
from tests.waiting import wait_until

NURSERY = Path(__file__).with_name("nursery.py")
ITEMS = ("milk", "bread", "green-tea", "chocolate", "apple", "notebook")
CUSTOMERS = 3
ORDERS_OF_ONE = 60
LONGEST_S = 60.0
APPROVED = ("approved", "paid", "declined", "unknown")
T = TypeVar("T")


class Mortal(World):
    """A world whose user-management server is a child of a nursery."""

    def __init__(self, folder: Path) -> None:
        self.pid = 0
        self._nursery: subprocess.Popen[str] | None = None
        super().__init__(folder, time.time)

    def start(self, bound: Any = None) -> None:
        """Bears a server, on the port that it has always had."""
        if bound is not None:
            bound.close()
        if self._nursery is None:
            words = [sys.executable, str(NURSERY), self.database_url, self.url, self.payment_url]
            self._nursery = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        print(self.url.rpartition(":")[2], file=self._nursery.stdin, flush=True)
        self.pid = int(self._nursery.stdout.readline())

    def kill(self) -> None:
        """SIGKILL: nothing is drained, nothing is closed."""
        os.kill(self.pid, signal.SIGKILL)

    def stop(self) -> None:
        """Ends the nursery, and the last of its children with it."""
        if self._nursery is not None:
            self._nursery.communicate(timeout=30)
            self._nursery = None

    def faults(self) -> list[str]:
        return invariants.faults(
            self.database_url, f"sqlite:///{self._folder / 'payment.db'}", self.payment_url
        )


def insist(act: Callable[[], T]) -> T:
    """Does something again until there is an answer, as a client must."""
    answer: list[T] = []

    def once() -> bool:
        try:
            answer.append(act())
        except httpx.TransportError:
            return False
        return True

    wait_until(once, LONGEST_S, "an answer")
    return answer[0]


class Customer:
    """Orders until told to stop, and remembers what was acknowledged."""

    def __init__(self, world: Mortal, number: int, seed: int, over: threading.Event) -> None:
        self.world, self.number, self.over = world, number, over
        self.chance = random.Random(seed * 100 + number)
        self.said: dict[str, str] = {}
        """What each decision's or withdrawal's answer said."""
        self.last: dict[str, str] = {}
        """How each of those stands at the end."""

    def run(self) -> None:
        """Orders, with a new person now and then, since play money ends."""
        generation = 0
        while not self.over.is_set():
            self._live(f"momo{self.number}x{generation}")
            generation += 1

    def _live(self, name: str) -> None:
        person = insist(lambda: self._person(name))
        device = insist(lambda: Device(self.world, {}))
        insist(lambda: person.pair(device))
        mine = [self._order(person, device) for _ in range(ORDERS_OF_ONE) if not self.over.is_set()]
        for request_id, is_bound in mine:
            self.last[request_id] = self._end(device, request_id, is_bound)

    def _person(self, name: str) -> Person:
        try:
            return Person(self.world, name, "Momo", pin=False)
        except AssertionError:
            # The profile was kept and the answer lost; its key is gone with it, so another takes its place.
            return Person(self.world, f"{name}{self.chance.randrange(10**6)}", "Momo", pin=False)

    def _order(self, person: Person, device: Device) -> tuple[str, bool]:
        act = self.chance.choice(("approve", "approve", "approve", "deny", "withdraw"))
        quote = self.world.quote(self.chance.choice(ITEMS)) if self.chance.random() < 0.7 else ""
        asked = insist(lambda: device.ask(quote=quote, requested_expiry="300"))
        assert asked.status_code == 200, asked.text
        request_id, code = asked.json()["auth_req_id"], asked.json()["match_code"]
        if act == "withdraw":
            answer = insist(lambda: device.withdraw(request_id))
        else:
            approval = insist(lambda: person.approval(request_id, act, code if act == "approve" else None))
            compact = approvals.sign(approval, person.key)
            answer = insist(lambda: person.send(request_id, compact))
        assert answer.status_code == 200, answer.text
        self.said[request_id] = answer.json()["state"]
        return request_id, quote != "" and act == "approve"

    def _end(self, device: Device, request_id: str, is_bound: bool) -> str:
        if is_bound:
            ends = ("paid", "declined")
            wait_until(lambda: insist(lambda: device.outcome(request_id))["state"] in ends, LONGEST_S)
        return str(insist(lambda: device.outcome(request_id))["state"])


def _kill_often(world: Mortal, kills: int, seed: int) -> None:
    chance, pause = random.Random(seed), threading.Event()
    for _ in range(kills):
        world.gate.mode = chance.choice(("open", "open", "open", "loses"))
        pause.wait(chance.uniform(0.0, 0.4))
        world.kill()
        world.start()
        world.gate.mode = "open"


def run(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kills so many times; returns how many requests ended how."""
    over = threading.Event()
    with Mortal(folder) as world, ThreadPoolExecutor(CUSTOMERS) as pool:
        customers = [Customer(world, number, seed, over) for number in range(CUSTOMERS)]
        working = [pool.submit(customer.run) for customer in customers]
        try:
            _kill_often(world, kills, seed)
        finally:
            over.set()
        for one in working:
            one.result()
        assert world.faults() == []
    said = {key: value for customer in customers for key, value in customer.said.items()}
    last = {key: value for customer in customers for key, value in customer.last.items()}
    assert said.keys() == last.keys()
    for request_id, state in said.items():
        fits = last[request_id] in APPROVED[:3] if state in APPROVED else last[request_id] == state
        assert fits, (request_id, state, last[request_id])
    return Counter(last.values())


def test_20_kills_lose_no_decision_and_pay_nothing_twice(tmp_path: Path) -> None:
    seed = int(os.environ.get("NOD_SEED", "1"))
    ends = run(tmp_path, 20, seed)
    assert ends["paid"] > 0, ends


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_1000_kills_lose_no_decision_and_pay_nothing_twice(tmp_path: Path) -> None:
    seed, kills = int(os.environ.get("NOD_SEED", "1")), int(os.environ.get("NOD_KILLS", "1000"))
    ends = run(tmp_path, kills, seed)
    print(f"{kills} kills, seed {seed}: {dict(ends)}")
