"""Customers that go on ordering while servers die: what got no answer is sent again, byte for byte.

A server that is killed before it can answer starves its customers, which says nothing about the server. So
whoever kills asks `Patience` first: once somebody has waited long, the servers live until all are served, and
only a server that lives and does not answer is a failure.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import httpx

from core.wire import approval as approvals
from tests.server.orders.mortal import Mortal
from tests.server.orders.world import Device, Person
from tests.waiting import wait_until

CUSTOMERS = 3
ORDERS_OF_ONE = 60
ITEMS = ("milk", "bread", "green-tea", "chocolate", "apple", "notebook")
APPROVED = ("approved", "paid", "declined", "unknown")
LONG_S, ALIVE_S = 20.0, 60.0
LONGEST_S = LONG_S + ALIVE_S + 10
T = TypeVar("T")


class Patience:
    """Who waits for an answer, and since when."""

    def __init__(self) -> None:
        self._since: dict[object, float] = {}
        self.pauses = 0
        """How often the killing paused, so that starving customers were served."""

    def insist(self, act: Callable[[], T]) -> T:
        """Does something again until there is an answer, as a client must."""
        answer: list[T] = []

        def once() -> bool:
            try:
                answer.append(act())
            except httpx.TransportError:
                return False
            return True

        self.wait(once, "an answer")
        return answer[0]

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Waits, and is seen to wait."""
        me = object()
        self._since[me] = time.monotonic()
        try:
            wait_until(condition, LONGEST_S, what)
        finally:
            del self._since[me]

    def let_live(self) -> None:
        """Returns at once, unless somebody has waited long: then when the living servers have served them."""
        if self._all_served():
            return
        self.pauses += 1
        wait_until(self._all_served, ALIVE_S, "a server that was left alive")

    def _all_served(self) -> bool:
        return min(list(self._since.values()), default=float("inf")) > time.monotonic() - LONG_S


class Customer:
    """Orders until told to stop, and remembers what was acknowledged."""

    def __init__(
        self, world: Mortal, number: int, seed: int, over: threading.Event, patience: Patience
    ) -> None:
        self.world, self.number, self.over = world, number, over
        self._insist, self._wait = patience.insist, patience.wait
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
        person = self._insist(lambda: self._person(name))
        device = self._insist(lambda: Device(self.world, {}))
        self._insist(lambda: person.pair(device))
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
        asked = self._insist(lambda: device.ask(quote=quote, requested_expiry="300"))
        assert asked.status_code == 200, asked.text
        request_id, code = asked.json()["auth_req_id"], asked.json()["match_code"]
        if act == "withdraw":
            answer = self._insist(lambda: device.withdraw(request_id))
        else:
            approval = self._insist(
                lambda: person.approval(request_id, act, code if act == "approve" else None)
            )
            compact = approvals.sign(approval, person.key)
            answer = self._insist(lambda: person.send(request_id, compact))
        assert answer.status_code == 200, answer.text
        self.said[request_id] = answer.json()["state"]
        return request_id, quote != "" and act == "approve"

    def _end(self, device: Device, request_id: str, is_bound: bool) -> str:
        if is_bound:
            ends = ("paid", "declined")
            self._wait(lambda: self._state(device, request_id) in ends, f"the end of {request_id}")
        return self._state(device, request_id)

    def _state(self, device: Device, request_id: str) -> str:
        return str(self._insist(lambda: device.outcome(request_id))["state"])


def order_while(world: Mortal, seed: int, disturb: Callable[[Patience], None]) -> Counter[str]:
    """Lets customers order until `disturb` returns, and checks that nothing acknowledged was lost.

    Returns:
        How many requests ended how, and `pauses`: how often the killing waited for starving customers.
    """
    over, patience = threading.Event(), Patience()
    customers = [Customer(world, number, seed, over, patience) for number in range(CUSTOMERS)]
    with ThreadPoolExecutor(CUSTOMERS) as pool:
        working = [pool.submit(customer.run) for customer in customers]
        try:
            disturb(patience)
        finally:
            over.set()
        for one in working:
            one.result()
    faults = world.faults()
    assert not faults, faults
    said = {key: value for customer in customers for key, value in customer.said.items()}
    last = {key: value for customer in customers for key, value in customer.last.items()}
    assert said.keys() == last.keys()
    for request_id, state in said.items():
        fits = last[request_id] in APPROVED[:3] if state in APPROVED else last[request_id] == state
        assert fits, (request_id, state, last[request_id])
    return Counter(last.values()) + Counter(pauses=patience.pauses)
