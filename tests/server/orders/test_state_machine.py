"""Any sequence of asking, deciding, withdrawing, waiting and failing leaves the rows of both servers sound.

The machine plays device, terminal, clock and a payment server that comes and goes, over HTTP; after every
step it looks at both databases. What it knows of a request is how it may have ended; everything else must
follow.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.server.limits import UNLIMITED
from core.wire import approval as approvals
from tests.clock import FakeClock
from tests.server.orders import invariants
from tests.server.orders.world import World

FINAL = {"denied", "expired", "withdrawn", "reported", "paid", "declined"}
MONEY = {"approved", "unknown", "paid", "declined"}


class Orders(RuleBasedStateMachine):
    """One world and its requests."""

    asked = Bundle("asked")
    signed = Bundle("signed")

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self.world = World(self.folder, FakeClock(), limits=UNLIMITED)
        self.states: dict[str, str] = {}
        self.prices: dict[str, int] = {}
        self.newest = 0
        self.asked_since_restart = 0
        """A restart takes long and changes little; chance would choose nothing else."""

    @initialize()
    def somebody(self) -> None:
        self.momo, self.speaker = self.world.paired()

    @rule(
        target=asked, item=st.sampled_from(["milk", "rice", ""]), window=st.sampled_from(["5", "60", "300"])
    )
    def ask(self, item: str, window: str) -> Any:
        quote = self.world.quote(item) if item else ""
        answer = self.speaker.ask(quote=quote, requested_expiry=window)
        if answer.status_code != 200:
            # Another rule has made the payment server unreachable.
            assert answer.status_code == 503, answer.text
            return multiple()
        told = answer.json()
        self.asked_since_restart += 1
        self.states[told["auth_req_id"]] = "pending"
        self.prices[told["auth_req_id"]] = {"milk": 248, "rice": 2480}.get(item, 0)
        return told

    @rule(
        target=signed,
        told=asked,
        decision=st.sampled_from(["approve", "approve", "deny"]),
        right=st.booleans(),
    )
    def decide(self, told: dict[str, Any], decision: str, right: bool) -> Any:
        request_id = told["auth_req_id"]
        code = told["match_code"] if right else f"{(int(told['match_code']) + 1) % 100:02d}"
        view = self.momo.view(request_id)
        if view.challenge is None:
            return multiple()
        approval = self.momo.approval(request_id, decision, code if decision == "approve" else None)
        compact = approvals.sign(approval, self.momo.key)
        self._judge(request_id, self.momo.send(request_id, compact), MONEY if right else {"denied"})
        return request_id, compact

    @rule(sent=signed)
    def decide_again(self, sent: tuple[str, str]) -> None:
        answer = self.momo.send(*sent)
        assert answer.status_code in (200, 409), answer.text
        assert answer.json()["state"] == self.momo.state(sent[0])

    @rule(told=asked)
    def withdraw(self, told: dict[str, Any]) -> None:
        self._judge(told["auth_req_id"], self.speaker.withdraw(told["auth_req_id"]), {"withdrawn"})

    @rule(told=consumes(asked))
    def redeem(self, told: dict[str, Any]) -> None:
        first = self.speaker.poll(told["auth_req_id"])
        assert first.status_code in (200, 400), first.text
        if first.status_code == 200:
            assert self.speaker.poll(told["auth_req_id"]).json()["error"] == "invalid_grant"

    @rule(seconds=st.sampled_from([1, 4, 11, 61, 901]))
    def wait(self, seconds: int) -> None:
        self.world.fake.advance(seconds)

    @rule(mode=st.sampled_from(["open", "down", "loses"]))
    def payment_server(self, mode: str) -> None:
        self.world.gate.mode = mode

    @precondition(lambda self: self.asked_since_restart > 1)
    @rule()
    def restart(self) -> None:
        self.asked_since_restart = 0
        self.world.stop()
        self.world.start()

    def _judge(self, request_id: str, answer: httpx.Response, wanted: set[str]) -> None:
        assert answer.status_code in (200, 409), answer.text
        state, before = answer.json()["state"], self.states[request_id]
        if before != "pending":
            assert state == before or {state, before} <= MONEY, (before, state)
        elif answer.status_code == 200 and state not in wanted:
            assert state in ("denied", "expired"), state

    @invariant()
    def the_rows_are_sound(self) -> None:
        payment = f"sqlite:///{self.folder / 'payment.db'}"
        assert invariants.faults(self.world.database_url, payment, self.world.payment_url) == []

    @invariant()
    def what_ended_stays_and_money_balances(self) -> None:
        if not self.states:
            return
        listed = self.momo.call("GET", "/requests?limit=100").json()["requests"]
        for one in listed:
            before = self.states[one["id"]]
            if before in FINAL:
                assert one["state"] == before, (before, one["state"])
            elif before in MONEY:
                assert one["state"] in MONEY
            self.states[one["id"]] = one["state"]
        newest = max((one["revision"] for one in listed), default=0)
        assert newest >= self.newest
        self.newest = newest
        paid = sum(self.prices[key] for key, state in self.states.items() if state == "paid")
        most = sum(self.prices[key] for key, state in self.states.items() if state in MONEY)
        assert paid <= self.world.earned() <= most

    def teardown(self) -> None:
        self.world.close()
        self._folder.cleanup()


def _play(examples: int, steps: int) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Orders, settings=chosen)


def test_no_sequence_of_steps_decides_twice_or_pays_what_was_not_approved() -> None:
    _play(examples=4, steps=15)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_no_long_sequence_of_steps_decides_twice_or_pays_what_was_not_approved() -> None:
    _play(examples=int(os.environ.get("NOD_GAMES", "300")), steps=60)
