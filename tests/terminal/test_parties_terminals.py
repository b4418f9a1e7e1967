"""Terminals and their PINs on both real servers."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.client.answer import Refusal
from core.client.clock import Clock
from core.client.deciding import Choice
from core.client.enrolling import NewPerson
from core.client.terminal import Terminal
from core.domain.decision import Decision
from core.domain.request import State
from core.terminal.events import Inquiry, Removed, Settled
from core.terminal.session import Session
from core.wire.messages import Enrolled, Profile, ProfileChange, Terminals
from tests.clock import FakeClock
from tests.server.world import World
from tests.terminal.fake_nod import FakeNod
from tests.terminal.house import House
from tests.terminal.party import Party, play


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Both servers on one clock."""
    with World(tmp_path, FakeClock()) as made:
        yield made


def test_an_amount_above_the_limit_needs_the_pin(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        assert isinstance(await made.session.change_profile(ProfileChange(pin_above=0)), Profile)
        asked = await made.ask()
        assert (await made.house.inquiry(asked.auth_req_id)).view.presence == "pin"
        choice = Choice(asked.auth_req_id, Decision.APPROVE, asked.match_code)
        await made.session.decide(choice, pin="2580")
        await made.house.until(lambda: made.house.of(Settled))
        assert made.house.of(Settled)[0].view.state is State.PAID

    play(world, tmp_path, scene, pin="2580")


def test_a_changed_pin_is_known_to_the_server(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        await made.session.change_profile(ProfileChange(pin_above=0))
        assert isinstance(await made.terminal.set_pin("97531"), Profile)
        assert await made.terminal.pin_key("2580") is None
        asked = await made.ask()
        await made.house.inquiry(asked.auth_req_id)
        await made.session.decide(Choice(asked.auth_req_id, Decision.APPROVE, asked.match_code), pin="97531")
        await made.house.until(lambda: made.house.of(Settled))

    play(world, tmp_path, scene, pin="2580")


def test_a_second_terminal_enrols_with_a_code_and_the_first_can_remove_it(
    world: World, tmp_path: Path
) -> None:
    async def scene(made: Party) -> None:
        code = await made.session.home.enrolment_code()
        assert not isinstance(code, Refusal)
        other = Terminal(made._around("other", Clock(now=made.clock)))
        enrolled = await other.enrol_with_code(code.code, "phone")
        assert isinstance(enrolled, Enrolled), enrolled
        assert other.user_id == "momo"
        third = Terminal(made._around("third", Clock(now=made.clock)))
        wrong = await third.enrol_with_code("x", "tablet")
        await third.close()
        assert isinstance(wrong, Refusal)
        assert wrong.code == "wrong_code"
        there = House(FakeNod(), made.clock, made.clock, None)  # type: ignore[arg-type]
        session = Session(other, there.emit, "text")
        running = asyncio.create_task(session.run())
        await there.until(lambda: there.events)
        terminals = await made.session.home.terminals()
        assert isinstance(terminals, Terminals)
        (second,) = [one for one in terminals.terminals if not one.is_this]
        assert await made.session.home.remove_terminal(second.terminal_id) is None
        await there.until(lambda: there.of(Removed))
        await running

    play(world, tmp_path, scene)


def test_the_same_registration_again_is_the_same_terminal(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        first = made.terminal.client.client_id
        again = await made.session.register(NewPerson("momo", "Momo"), "desk")
        assert isinstance(again, Enrolled)
        assert again.terminal_id == first

    play(world, tmp_path, scene)


def test_a_taken_user_id_is_a_refusal(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        other = Terminal(made._around("other", Clock(now=made.clock)))
        refusal = await other.enrol_profile(NewPerson("momo", "Another"), "desk")
        assert isinstance(refusal, Refusal)
        assert (refusal.status, refusal.code) == (409, "user_id_taken")
        await other.close()

    play(world, tmp_path, scene)


def test_an_inquiry_is_told_once_however_often_the_stream_is_cut(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        asked = await made.ask()
        await made.house.inquiry(asked.auth_req_id)
        await made.terminal.servers.transport.close()
        made.session.woke_up()
        await made.session.decide(Choice(asked.auth_req_id, Decision.APPROVE, asked.match_code))
        await made.house.until(lambda: made.house.of(Settled))
        assert len([one for one in made.house.of(Inquiry) if not one.is_again]) == 1
        assert len(made.house.of(Settled)) == 1

    play(world, tmp_path, scene)
