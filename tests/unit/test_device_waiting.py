"""How a device hears the end of its request, through pending, lost and repeated answers."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from core.client.answer import Refusal
from core.client.asking import Asked, Ended
from core.client.clock import Clock
from core.client.device import Device
from core.domain.outcome import Outcome
from core.wire.messages import Contacts, OrderLine
from tests.clock import FakeClock
from tests.terminal.fake_nod import FakeNod
from tests.terminal.house import surroundings

PENDING = (400, {"error": "authorization_pending"})
SLOW_DOWN = (400, {"error": "slow_down"})
DENIED = (400, {"error": "access_denied"})
WITHDRAWN = (400, {"error": "access_denied", "error_description": "withdrawn"})
EXPIRED = (400, {"error": "expired_token"})
SPENT = (400, {"error": "invalid_grant"})
BROKEN = (503, {"error": "temporarily_unavailable"})


def paid(status: str = "paid", **more: Any) -> tuple[int, dict[str, Any]]:
    outcome = {"status": status, "txn": "req_1"} | more
    details = [{"type": "urn:nod:purchase:1", "outcome": outcome}]
    return 200, {"access_token": "a", "authorization_details": details}


class Waiting:
    """A registered device on the fake servers, on a clock that its waits move."""

    def __init__(self, folder: Path) -> None:
        self.fake = FakeNod()
        self.steady = FakeClock(1000.0)
        self.waited: list[float] = []
        self.device = Device(surroundings(self.fake, folder, Clock(FakeClock(), self.steady, self._pass)))

    async def _pass(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.steady.advance(seconds)

    async def ask(self) -> Asked:
        await self.device.register("Kitchen speaker")
        quoted = await self.device.quote((OrderLine("milk"),))
        assert not isinstance(quoted, Refusal)
        asked = await self.device.ask("Momo", quoted.compact)
        assert isinstance(asked, Asked)
        return asked

    def hear(self, *answers: tuple[int, dict[str, Any]], **outcome: Any) -> Ended:
        """Asks, then waits while the token endpoint gives these answers."""

        async def run() -> Ended:
            self.fake.token_answers = list(answers)
            self.fake.outcome_answer = outcome
            asked = await self.ask()
            ended = await self.device.wait(asked)
            await self.device.close()
            return ended

        return asyncio.run(run())


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        (paid(), Outcome.PAID, None),
        (paid("declined", code="insufficient_funds"), Outcome.DECLINED, "insufficient_funds"),
        (paid("unknown"), Outcome.UNKNOWN, None),
        ((200, {"access_token": "a"}), Outcome.UNKNOWN, "bad_answer"),
        (DENIED, Outcome.DENIED, None),
        (WITHDRAWN, Outcome.WITHDRAWN, None),
        (EXPIRED, Outcome.EXPIRED, None),
        ((401, {"error": "invalid_client"}), Outcome.ERROR, "invalid_client"),
    ],
)
def test_every_end_has_its_own_outcome(
    tmp_path: Path, answer: tuple[int, dict[str, Any]], outcome: Outcome, code: str | None
) -> None:
    assert Waiting(tmp_path).hear(PENDING, answer) == Ended(outcome, "req_1", code)


def test_slow_down_adds_five_seconds_each_time(tmp_path: Path) -> None:
    waiting = Waiting(tmp_path)
    waiting.hear(PENDING, SLOW_DOWN, SLOW_DOWN, paid())
    assert waiting.waited == [2, 7, 12]


def test_a_poll_lets_the_server_hold_its_answer_and_then_asks_on_at_once(tmp_path: Path) -> None:
    waiting = Waiting(tmp_path)
    waiting.fake.hold = waiting.steady.advance
    assert waiting.hear(PENDING, PENDING, paid()).outcome is Outcome.PAID
    assert waiting.waited == []


def test_a_server_in_trouble_is_asked_again(tmp_path: Path) -> None:
    assert Waiting(tmp_path).hear(BROKEN, BROKEN, paid()).outcome is Outcome.PAID


def test_tokens_whose_answer_was_lost_are_found_by_asking_for_the_outcome(tmp_path: Path) -> None:
    outcome = {"status": "paid", "txn": "req_1"}
    ended = Waiting(tmp_path).hear(SPENT, state="paid", txn="req_1", outcome=outcome)
    assert ended == Ended(Outcome.PAID, "req_1")


def test_an_order_that_still_settles_is_waited_for(tmp_path: Path) -> None:
    waiting = Waiting(tmp_path)
    assert waiting.hear(SPENT, PENDING, paid(), state="approved", txn="req_1").outcome is Outcome.PAID


def test_a_wait_without_any_answer_ends_as_unknown_and_never_as_a_refusal(tmp_path: Path) -> None:
    waiting = Waiting(tmp_path)

    async def run() -> Ended:
        asked = await waiting.ask()
        waiting.fake.is_down = True
        return await waiting.device.wait(asked)

    assert asyncio.run(run()) == Ended(Outcome.UNKNOWN, "req_1", "server_away")
    assert 75 <= sum(waiting.waited) <= 120


def test_a_quote_and_an_order_whose_answers_are_lost_are_sent_again(tmp_path: Path) -> None:
    waiting = Waiting(tmp_path)
    waiting.fake.lose["/bc-authorize"] = 2
    waiting.fake.lose["/quotes"] = 1
    asked = asyncio.run(waiting.ask())
    assert waiting.fake.calls["/bc-authorize"] == 3
    assert (asked.auth_req_id, asked.match_code, asked.window_s) == ("req_1", "47", 60)


def test_a_registration_whose_answer_is_lost_is_not_sent_again(tmp_path: Path) -> None:
    waiting = Waiting(tmp_path)
    waiting.fake.lose["/register"] = 1

    async def run() -> None:
        with pytest.raises(Exception, match="broke off"):
            await waiting.device.register("Kitchen speaker")

    asyncio.run(run())
    assert waiting.fake.calls["/register"] == 1


def test_a_registered_device_is_known_at_the_next_start(tmp_path: Path) -> None:
    waiting = Waiting(tmp_path)
    asyncio.run(waiting.ask())

    async def run() -> Contacts | Refusal:
        again = Device(surroundings(waiting.fake, tmp_path, Clock()))
        assert await again.open()
        return await again.contacts()

    found = asyncio.run(run())
    assert isinstance(found, Contacts)
    assert found.owner == "Momo"
