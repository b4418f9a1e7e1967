"""Terminals and their PINs on both real servers."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from core.client.answer import Refusal
from core.client.clock import Clock
from core.client.deciding import Choice
from core.client.enrolling import NewPerson
from core.client.leaving import OTHER_USER_ID, WRONG_PIN
from core.client.terminal import Terminal
from core.domain.decision import Decision
from core.domain.request import State
from core.server import operator
from core.terminal.commands import DeleteMyData, Export, UserCode
from core.terminal.events import Deleted, Inquiry, NotSent, Online, Removed, Settled
from core.terminal.own_copy import OwnCopy
from core.terminal.own_data import delete_my_data, export, set_user_code
from core.terminal.session import Session
from core.terminal.telling import Teller
from core.texts.catalog import Texts
from core.wire.messages import Enrolled, EnrolmentCode, Profile, ProfileChange, Terminals
from tests.clock import FakeClock
from tests.server.pictures import png
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


def test_where_no_pin_is_set_an_amount_above_the_limit_waits_for_one(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        assert isinstance(await made.session.change_profile(ProfileChange(pin_above=0)), Profile)
        asked = await made.ask()
        assert (await made.house.inquiry(asked.auth_req_id)).trouble == "pin_not_set"
        choice = Choice(asked.auth_req_id, Decision.APPROVE, asked.match_code)
        await made.session.decide(choice)
        assert made.house.of(NotSent)[-1].code == "cannot_approve"
        assert isinstance(await made.terminal.set_pin("2580"), Profile)
        await made.house.until(lambda: made.house.of(Inquiry)[-1].trouble is None)
        await made.session.decide(choice, pin="2580")
        await made.house.until(lambda: made.house.of(Settled))
        assert made.house.of(Settled)[0].view.state is State.PAID

    play(world, tmp_path, scene)


def test_a_changed_pin_is_known_to_the_server(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        await made.session.change_profile(ProfileChange(pin_above=0))
        assert await made.terminal.set_pin("97531", "1111") == WRONG_PIN
        refused = await made.terminal.set_pin("97531")
        assert isinstance(refused, Refusal)
        assert refused.code == "pin_needed"
        assert await made.terminal.pin_key("2580") is not None
        assert isinstance(await made.terminal.set_pin("97531", "2580"), Profile)
        assert await made.terminal.pin_key("2580") is None
        asked = await made.ask()
        await made.house.inquiry(asked.auth_req_id)
        await made.session.decide(Choice(asked.auth_req_id, Decision.APPROVE, asked.match_code), pin="97531")
        await made.house.until(lambda: made.house.of(Settled))

    play(world, tmp_path, scene, pin="2580")


def test_a_pin_lets_the_amount_be_raised_and_brings_itself_to_another_terminal(
    world: World, tmp_path: Path
) -> None:
    async def scene(made: Party) -> None:
        await made.session.change_profile(ProfileChange(pin_above=500))
        refused = await made.session.change_profile(ProfileChange(pin_above=None))
        assert isinstance(refused, Refusal)
        assert refused.code == "pin_needed"
        assert isinstance(await made.session.change_profile(ProfileChange(pin_above=900), "2580"), Profile)
        assert await made.terminal.enrolment_code("1111") == WRONG_PIN
        code = await made.terminal.enrolment_code("2580")
        assert isinstance(code, EnrolmentCode)
        other = Terminal(made._around("other", Clock(now=made.clock)), pin_cost=2)
        assert isinstance(await other.enrol_with_code(code.code, "phone", "97531"), Enrolled)
        assert isinstance(await other.set_pin(None, "97531"), Profile)
        assert await other.has_pin() is False
        await other.close()

    play(world, tmp_path, scene, pin="2580")


def test_a_forgotten_pin_is_replaced_by_a_code_of_the_operator(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        with operator.opened(world.settings.database_url, now=world.clock) as store:
            code = operator.enrolment_code(store, "momo")
        assert code is not None
        assert isinstance(await made.terminal.set_pin("97531", code.lower()), Profile)
        assert await made.terminal.pin_key("97531") is not None

    play(world, tmp_path, scene, pin="2580")


def test_a_second_terminal_enrols_with_a_code_and_the_first_can_remove_it(
    world: World, tmp_path: Path
) -> None:
    async def scene(made: Party) -> None:
        code = await made.terminal.enrolment_code()
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


def test_a_person_who_deletes_their_data_leaves_no_key_behind_and_can_come_back_as_somebody_new(
    world: World, tmp_path: Path
) -> None:
    async def scene(made: Party) -> None:
        await made.pair()
        wrong_name = await made.session.delete_person("mei", "2580")
        wrong_pin = await made.session.delete_person("momo", "1111")
        assert (wrong_name, wrong_pin) == (OTHER_USER_ID, WRONG_PIN)
        assert made.session.profile is not None
        assert await made.session.delete_person("momo", "2580") is None
        assert made.house.of(Deleted)
        assert made.house.of(Removed) == []
        names = {path.name for path in (tmp_path / "terminal").rglob("*") if path.is_file()}
        assert names == set()
        again = Terminal(made._around("terminal", Clock(now=made.clock)))
        taken = await again.enrol_profile(NewPerson("momo", "Momo"), "desk")
        assert isinstance(taken, Refusal)
        assert taken.code == "user_id_taken"
        assert isinstance(await again.enrol_profile(NewPerson("momo-2", "Momo"), "desk"), Enrolled)
        await again.close()

    play(world, tmp_path, scene, pin="2580")


def test_the_text_terminal_deletes_only_for_the_user_id_that_was_typed(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        teller = Teller(Texts("en"), "UTC")
        wrong = await delete_my_data(made.session, DeleteMyData("momoo"), teller)
        assert (wrong.event, wrong.members) == ("error", {"code": "other_user_id"})
        assert "delete-my-data momo" in wrong.sentence
        told = await delete_my_data(made.session, DeleteMyData("momo"), teller)
        assert (told.event, told.id) == ("deleted", "momo")

    play(world, tmp_path, scene)


def test_a_user_code_is_set_and_removed_by_a_line_and_a_bad_one_says_so(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        teller = Teller(Texts("en"), "UTC")
        bad = await set_user_code(made.session, UserCode("kød"), teller)
        assert bad.members == {"code": "bad_user_code"}
        for code, event in (("4711-x", "user_code_set"), (None, "user_code_removed")):
            assert (await set_user_code(made.session, UserCode(code), teller)).event == event
            profile = await made.session.home.profile()
            assert isinstance(profile, Profile)
            assert profile.has_user_code is (code is not None)

    play(world, tmp_path, scene)


def test_a_copy_of_one_s_data_holds_everything_page_by_page_and_no_challenge(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.terminal.own_copy.PAGE", 2)

    async def scene(made: Party) -> None:
        await made.pair()
        asked = []
        for _ in range(5):
            asked.append((await made.ask()).auth_req_id)
            await made.house.inquiry(asked[-1])
            if len(asked) < 5:
                await made.session.decide(Choice(asked[-1], Decision.DENY))
                made.clock.advance(120)
        await made.session.set_picture(png(16, 16))
        path = tmp_path / "copy.json"
        told = await export(made.session, Export(str(path)), Teller(Texts("en"), "UTC"))
        assert told.event == "exported"
        copy = msgspec.json.decode(path.read_bytes(), type=OwnCopy)
        assert {view.id for view in copy.requests} == set(asked)
        assert len(copy.requests) == 5
        assert (copy.profile.user_id, copy.picture) == ("momo", png(16, 16))
        assert (len(copy.terminals), [device.name for device in copy.devices]) == (1, ["Kitchen"])
        assert "challenge" not in path.read_text()
        assert path.stat().st_mode & 0o077 == 0
        blocked = await export(made.session, Export("/proc/no/copy.json"), Teller(Texts("en"), "UTC"))
        assert blocked.members == {"code": "cannot_write"}

    play(world, tmp_path, scene)


def test_deleting_from_one_terminal_ends_the_others(world: World, tmp_path: Path) -> None:
    async def scene(made: Party) -> None:
        code = await made.terminal.enrolment_code()
        assert not isinstance(code, Refusal)
        other = Terminal(made._around("other", Clock(now=made.clock)))
        await other.enrol_with_code(code.code, "phone")
        there = House(FakeNod(), made.clock, made.clock, None)  # type: ignore[arg-type]
        running = asyncio.create_task(Session(other, there.emit, "text").run())
        await there.until(lambda: there.of(Online))
        assert await made.session.delete_person("momo") is None
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
