"""What a session tells of, and what it never does twice."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from core.client.deciding import Choice
from core.domain.decision import Decision, Reason
from core.domain.money import Money
from core.domain.purchase import Item, Payee, Purchase
from core.domain.request import State
from core.terminal.events import (
    Answered,
    Expired,
    Inquiry,
    NotEnrolled,
    NotSent,
    Offline,
    Online,
    Removed,
    Settled,
    Unanswered,
    Withdrawn,
)
from core.wire import approval, jose
from tests.terminal.fake_nod import FakeNod
from tests.terminal.house import House, house


def play(folder: Path, scene: Callable[[House], Awaitable[None]], fake: FakeNod | None = None) -> None:
    """Runs a scene in an enrolled session."""

    async def run() -> None:
        async with house(folder, fake) as made:
            await scene(made)

    asyncio.run(run())


def approve(request_id: str, code: str = "47") -> Choice:
    return Choice(request_id, Decision.APPROVE, code, shown_ms=3000)


def test_a_request_is_asked_decided_and_settled(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1")
        inquiry = await made.inquiry("req_1")
        assert inquiry.trouble is None
        assert inquiry.countdown.shown_s() == 60
        await made.session.decide(approve("req_1"))
        await made.until(lambda: made.of(Settled))
        assert [one.state for one in made.of(Answered)] == [State.PAID]
        assert [one.view.state for one in made.of(Settled)] == [State.PAID]
        assert made.session.pending == ()

    play(tmp_path, scene)


def test_the_approval_names_what_was_shown_and_how(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1")
        inquiry = await made.inquiry("req_1")
        await made.session.decide(approve("req_1"))
        signed = jose.unsafe_read_payload(made.fake.decided[0], approval.Approval)
        assert signed.details_sha256 == inquiry.view.details.sha256
        assert (signed.match_code, signed.shown_ms, signed.display.scheme) == ("47", 3000, "text")
        assert (signed.presence, signed.decision) == ("click", "approve")

    play(tmp_path, scene)


def test_a_decision_whose_answers_are_lost_is_repeated_to_the_byte_and_decides_once(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1")
        await made.inquiry("req_1")
        made.fake.lose["/requests/req_1/decision"] = 7
        await made.session.decide(approve("req_1"))
        assert made.fake.calls["/requests/req_1/decision"] == 8
        assert len(made.fake.decided) == 1
        assert [one.state for one in made.of(Answered)] == [State.PAID]

    play(tmp_path, scene)


def test_a_decision_that_nobody_answers_is_told_as_unanswered_and_the_inbox_has_the_last_word(
    tmp_path: Path,
) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1")
        await made.inquiry("req_1")
        made.fake.lose["/requests/req_1/decision"] = 10_000
        deciding = asyncio.create_task(made.session.decide(approve("req_1")))
        await made.until(lambda: made.of(Settled))
        made.pass_time(200)
        await deciding
        assert [one.id for one in made.of(Unanswered)] == ["req_1"]
        assert len(made.fake.decided) == 1

    play(tmp_path, scene)


def test_a_wrong_code_ends_the_request_as_denied(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1", code="12")
        await made.inquiry("req_1")
        await made.session.decide(approve("req_1", "47"))
        await made.until(lambda: made.of(Settled))
        (answer,) = made.of(Answered)
        assert (answer.state, answer.reason) == (State.DENIED, Reason.WRONG_MATCH_CODE)

    play(tmp_path, scene)


def test_a_request_decided_elsewhere_answers_with_what_stands(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1")
        await made.inquiry("req_1")
        made.fake.held["req_1"].approval = "another terminal's"
        made.fake.held["req_1"].view = msgspec.structs.replace(
            made.fake.held["req_1"].view, state=State.DENIED
        )
        await made.session.decide(approve("req_1"))
        assert [one.state for one in made.of(Answered)] == [State.DENIED]

    play(tmp_path, scene)


def test_another_price_than_quoted_is_a_refusal_instead_of_a_prompt(tmp_path: Path) -> None:
    cheap = Purchase(Payee("shop", "Nod Shop"), (Item("milk", "Milk", 1, 98),), Money(98, "JPY"))

    async def scene(made: House) -> None:
        made.fake.ask("req_1", shown=cheap)
        assert (await made.inquiry("req_1")).trouble == "quote_differs"
        await made.session.decide(approve("req_1"))
        assert [one.code for one in made.of(NotSent)] == ["cannot_approve"]
        assert made.fake.decided == []
        await made.session.decide(Choice("req_1", Decision.DENY, reason=Reason.WRONG_ORDER))
        assert [one.state for one in made.of(Answered)] == [State.DENIED]

    play(tmp_path, scene)


def test_a_hash_that_is_not_that_of_the_details_is_a_refusal(tmp_path: Path) -> None:
    fake = FakeNod()
    fake.ask("req_1")
    held = fake.held["req_1"]
    held.view = msgspec.structs.replace(held.view, details_sha256="x" * 43)

    async def scene(made: House) -> None:
        assert (await made.inquiry("req_1")).trouble == "details_differ"

    play(tmp_path, scene, fake)


def test_a_price_that_cannot_be_checked_now_is_checked_when_the_shop_is_back(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.shop_is_down = True
        made.fake.ask("req_1")
        assert (await made.inquiry("req_1")).trouble == "payment_away"
        made.fake.shop_is_down = False
        made.pass_time(3)
        await made.until(lambda: made.of(Inquiry)[-1].trouble is None)
        assert made.of(Inquiry)[-1].is_again

    play(tmp_path, scene)


def test_the_end_of_the_time_is_told_once_and_by_our_clock(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1")
        await made.inquiry("req_1")
        made.pass_time(61)
        await made.until(lambda: made.of(Expired))
        made.fake.change("req_1", state=State.EXPIRED, challenge=None)
        made.fake.ask("req_2")
        await made.inquiry("req_2")
        assert len(made.of(Expired)) == 1

    play(tmp_path, scene)


def test_the_device_takes_its_request_back(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1")
        await made.inquiry("req_1")
        made.fake.change("req_1", state=State.WITHDRAWN, challenge=None)
        await made.until(lambda: made.of(Withdrawn))
        await made.session.decide(approve("req_1"))
        assert [one.code for one in made.of(NotSent)] == ["not_pending"]

    play(tmp_path, scene)


def test_a_cut_inbox_resumes_without_losing_or_doubling(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        for number in range(5):
            made.fake.ask(f"req_{number}")
            await made.inquiry(f"req_{number}")
            made.fake.cut()
            made.fake.ask(f"req_away_{number}")
            await made.inquiry(f"req_away_{number}")
            made.fake.cut()
            made.fake.change(f"req_{number}", state=State.DENIED, challenge=None)
        await made.until(lambda: len(made.of(Settled)) == 5)
        told = [one.id for one in made.of(Inquiry)]
        assert sorted(told) == sorted(made.fake.held)
        assert made.of(Offline)

    play(tmp_path, scene)


def test_a_server_that_is_down_is_told_and_comes_back(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        await made.until(lambda: made.of(Online))
        made.fake.is_down = True
        made.fake.cut()
        await made.until(lambda: made.of(Offline))
        made.fake.is_down = False
        await made.until(lambda: len(made.of(Online)) > 1)
        assert made.of(Offline)[0].code == "server_away"

    play(tmp_path, scene)


def test_what_was_settled_before_is_not_told_again_at_the_next_start(tmp_path: Path) -> None:
    fake = FakeNod()

    async def first(made: House) -> None:
        made.fake.ask("req_1")
        await made.inquiry("req_1")
        await made.session.decide(Choice("req_1", Decision.DENY))
        await made.until(lambda: made.of(Settled))

    async def second(made: House) -> None:
        made.fake.ask("req_2")
        await made.inquiry("req_2")
        assert made.of(Settled) == []

    play(tmp_path, first, fake)
    play(tmp_path, second, fake)


def test_a_removed_terminal_ends_its_session(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        await made.until(lambda: made.of(Online))
        made.fake.remove_terminal()
        await made.until(lambda: made.of(Removed))

    play(tmp_path, scene)


def test_a_removed_terminal_keeps_no_key_and_its_next_start_enrols_anew(tmp_path: Path) -> None:
    """What is said on screen: start Nod again to enrol it anew."""
    fake = FakeNod()

    async def first(made: House) -> None:
        await made.until(lambda: made.of(Online))
        made.fake.remove_terminal()
        await made.until(lambda: made.of(Removed))

    async def second(made: House) -> None:
        assert made.of(NotEnrolled)

    play(tmp_path, first, fake)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []
    play(tmp_path, second, fake)
