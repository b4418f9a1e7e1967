"""A device and a terminal, by the calls that the programs use, on both real servers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.client.answer import Refusal
from core.client.asking import Asked
from core.client.deciding import Choice
from core.client.looking import look_at_receipt
from core.client.payment_server import Quoted
from core.domain.decision import Decision, Reason
from core.domain.doubt import Doubt
from core.domain.outcome import Outcome
from core.domain.procedure import Field, Procedure
from core.domain.request import State
from core.terminal.events import Answered, Expired, Settled, Withdrawn
from core.wire.messages import OrderLine, RequestView
from core.wire.receipt import Receipt
from tests.clock import FakeClock
from tests.server.world import World
from tests.terminal.party import Party, play


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Both servers on one clock."""
    with World(tmp_path, FakeClock()) as made:
        yield made


def test_an_order_is_paired_asked_approved_paid_and_heard(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        contacts = await made.pair()
        assert (contacts.owner, contacts.contacts[0].nickname) == ("Momo", "Momo")
        asked = await made.ask()
        assert asked.window_s == 60
        inquiry = await made.house.inquiry(asked.auth_req_id)
        assert inquiry.trouble is None
        assert inquiry.view.details.context.requester.name == "Kitchen"
        await made.session.decide(Choice(asked.auth_req_id, Decision.APPROVE, asked.match_code))
        await made.house.until(lambda: made.house.of(Settled))
        (settled,) = made.house.of(Settled)
        assert settled.view.state is State.PAID
        assert settled.receipt is not None
        await _judge_receipts(made, settled.view)
        ended = await made.device.wait(asked)
        assert ended.outcome is Outcome.PAID
        again = await made.device.outcome(asked)
        assert not isinstance(again, Refusal)
        assert again.outcome is not None
        assert again.outcome.status == "paid"

    play(world, tmp_path, scene)


async def _judge_receipts(made: Party, paid: RequestView) -> None:
    """Nothing that the server says instead is believed."""
    shop = await made.terminal.servers.payment()

    async def of(**changes: Any) -> object:
        return await look_at_receipt(msgspec.structs.replace(paid, **changes), shop)

    assert isinstance(await of(), Receipt)
    assert await of(receipt=None) == Doubt.MISSING
    assert await of(receipt=None, state=State.DECLINED) == Doubt.MISSING
    assert await of(state=State.DECLINED) == Doubt.DIFFERS
    assert await of(id="req_" + "z" * 32) == Doubt.DIFFERS
    assert await of(receipt=None, state=State.UNKNOWN) is None


def test_a_refusal_and_a_wrong_code_look_alike_to_the_device(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        for code in (None, "xx"):
            asked = await made.ask()
            await made.house.inquiry(asked.auth_req_id)
            wrong = f"{(int(asked.match_code or 0) + 1) % 100:02}"
            choice = (
                Choice(asked.auth_req_id, Decision.DENY, reason=Reason.NOT_NOW)
                if code is None
                else Choice(asked.auth_req_id, Decision.APPROVE, wrong)
            )
            await made.session.decide(choice)
            assert (await made.device.wait(asked)).outcome is Outcome.DENIED
            made.clock.advance(300)
        assert [one.reason for one in made.house.of(Answered)] == [Reason.NOT_NOW, Reason.WRONG_MATCH_CODE]

    play(world, tmp_path, scene)


def test_time_that_runs_out_is_no_refusal(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        asked = await made.ask(window_s=5)
        await made.house.inquiry(asked.auth_req_id)
        assert (await made.device.wait(asked)).outcome is Outcome.EXPIRED
        await made.house.until(lambda: made.house.of(Expired))

    play(world, tmp_path, scene)


def test_a_request_taken_back_is_told_on_both_sides(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        asked = await made.ask()
        await made.house.inquiry(asked.auth_req_id)
        ended = await made.device.withdraw(asked)
        assert not isinstance(ended, Refusal), ended
        assert ended.outcome is Outcome.WITHDRAWN
        await made.house.until(lambda: made.house.of(Withdrawn))
        assert (await made.device.wait(asked)).outcome is Outcome.WITHDRAWN

    play(world, tmp_path, scene)


def test_taking_back_what_was_approved_answers_with_the_state_that_stands(
    world: World, tmp_path: Path
) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        asked = await made.ask()
        await made.house.inquiry(asked.auth_req_id)
        await made.session.decide(Choice(asked.auth_req_id, Decision.APPROVE, asked.match_code))
        await made.house.until(lambda: made.house.of(Settled))
        refusal = await made.device.withdraw(asked)
        assert isinstance(refusal, Refusal)
        assert (refusal.status, refusal.state) == (409, State.PAID)

    play(world, tmp_path, scene)


def test_a_procedure_without_money_is_approved(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        procedure = Procedure("Open the door", (Field("Door", "Front"),))
        asked = await made.device.ask_procedure("Momo", procedure)
        assert isinstance(asked, Asked), asked
        assert (await made.house.inquiry(asked.auth_req_id)).trouble is None
        await made.session.decide(Choice(asked.auth_req_id, Decision.APPROVE, asked.match_code))
        await made.house.until(lambda: made.house.of(Settled))
        assert (await made.device.wait(asked)).outcome is Outcome.APPROVED

    play(world, tmp_path, scene)


def test_an_unknown_contact_is_a_refusal_with_its_code(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        quoted = await made.device.quote((OrderLine("milk"),))
        assert isinstance(quoted, Quoted)
        refusal = await made.device.ask("Nobody", quoted.compact)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "unknown_user_id"

    play(world, tmp_path, scene)


def test_the_same_quote_again_is_the_same_request(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        quoted = await made.device.quote((OrderLine("milk"),))
        assert isinstance(quoted, Quoted)
        first = await made.device.ask("Momo", quoted.compact)
        second = await made.device.ask("Momo", quoted.compact)
        assert isinstance(first, Asked)
        assert isinstance(second, Asked)
        assert (first.auth_req_id, first.match_code) == (second.auth_req_id, second.match_code)

    play(world, tmp_path, scene)
