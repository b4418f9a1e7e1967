"""Whatever is paid, voided and refunded, in any order, no money comes or goes."""

import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.domain.money import MAX_VALUE, Money
from core.payment import ledger
from core.payment.wiring import audit
from tests.payment.world import World

ITEMS = {"milk": 248, "green-tea": 540, "rice": 2480}
PEOPLE = ("momo", "taro")


@given(st.integers(0, MAX_VALUE), st.text(min_size=1), st.text(min_size=1))
def test_every_transfer_sums_to_zero(value: int, source: str, target: str) -> None:
    if source == target:
        with pytest.raises(ledger.Unbalanced):
            ledger.move("t", Money(value, "JPY"), source=source, target=target)
        return
    moved = ledger.move("t", Money(value, "JPY"), source=source, target=target)
    assert sum(entry.value for entry in moved.entries) == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-5, 5)), max_size=4))
def test_a_transfer_that_does_not_sum_to_zero_cannot_be_made(sides: list[tuple[str, int]]) -> None:
    entries = tuple(ledger.Entry(account, value) for account, value in sides)
    accounts = {account for account, _ in sides}
    is_good = len(accounts) == len(sides) >= 2 and sum(value for _, value in sides) == 0
    if is_good:
        ledger.Transfer("t", entries, "JPY")
        return
    with pytest.raises(ledger.Unbalanced):
        ledger.Transfer("t", entries, "JPY")


class Shopping(RuleBasedStateMachine):
    """Orders, payments, voids and refunds over HTTP, beside a model of a few sums."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self.folder.name))
        self.orders: list[tuple[str, str, str, int]] = []
        self.ended: dict[str, str] = {}
        self.paid: dict[str, int] = {}
        self.wallets: dict[str, int] = {}
        self.numbers = count()

    @initialize()
    def first_order(self) -> None:
        self.order("milk", 1, "momo")

    @rule(item=st.sampled_from(sorted(ITEMS)), quantity=st.integers(1, 12), person=st.sampled_from(PEOPLE))
    def order(self, item: str, quantity: int, person: str) -> None:
        txn, token = self.world.order((item, quantity), sub=person)
        self.orders.append((txn, token, person, ITEMS[item] * quantity))

    @rule(which=st.integers(0, 9))
    def pay(self, which: int) -> None:
        txn, token, person, price = self.orders[which % len(self.orders)]
        receipt = self.world.receipt(self.world.pay(token))
        if txn not in self.ended:
            held = self.wallets.setdefault(person, 50_000)
            self.ended[txn] = "paid" if held >= price else "declined"
            if held >= price:
                self.paid[txn] = price
                self.wallets[person] -= price
        assert receipt.status == self.ended[txn]

    @rule(which=st.integers(0, 9))
    def void(self, which: int) -> None:
        txn, token, _, _ = self.orders[which % len(self.orders)]
        receipt = self.world.receipt(self.world.void(txn, token))
        assert receipt.status == self.ended.setdefault(txn, "voided")

    @rule(which=st.integers(0, 9), value=st.none() | st.integers(1, 3000))
    def refund(self, which: int, value: int | None) -> None:
        txn, _, person, _ = self.orders[which % len(self.orders)]
        left = self.paid.get(txn, 0)
        wanted = left if value is None else value
        answer = self.world.refund(txn, refund_id=f"refund-{next(self.numbers)}", value=value)
        if 1 <= wanted <= left:
            assert answer.status_code == 201
            self.paid[txn] -= wanted
            self.wallets[person] += wanted
        else:
            assert answer.status_code in (404, 409)

    @invariant()
    def the_ledger_balances(self) -> None:
        balances = self.world.balances()
        held = {name.rpartition(":")[2]: value for name, value in balances.items() if name[:6] == "wallet"}
        assert held == self.wallets
        assert balances.get("merchant:nod-shop", 0) == sum(self.paid.values())

    def teardown(self) -> None:
        self.world.close()
        assert audit(self.world.database_url).findings == ()
        self.folder.cleanup()


TestShopping = Shopping.TestCase
TestShopping.settings = settings(max_examples=6, stateful_step_count=25, deadline=None)
