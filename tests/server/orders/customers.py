"""Customers that go on ordering while servers die: what got no answer is sent again, byte for byte."""

import random
import threading
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
LONGEST_S = 60.0
T = TypeVar("T")


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


def order_while(world: Mortal, seed: int, disturb: Callable[[], None]) -> Counter[str]:
    """Lets customers order until `disturb` returns, and checks that nothing acknowledged was lost.

    Returns:
        How many requests ended how.
    """
    over = threading.Event()
    customers = [Customer(world, number, seed, over) for number in range(CUSTOMERS)]
    with ThreadPoolExecutor(CUSTOMERS) as pool:
        working = [pool.submit(customer.run) for customer in customers]
        try:
            disturb()
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
