"""A device and a terminal, by the calls that the programs use, on both real servers."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.client.addresses import FixedAddress
from core.client.answer import Refusal
from core.client.asking import Asked
from core.client.clock import Clock
from core.client.deciding import Choice
from core.client.device import Device
from core.client.enrolling import NewPerson
from core.client.key_store import FileStore
from core.client.parties import Surroundings
from core.client.payment_server import Quoted
from core.client.terminal import Terminal
from core.domain.decision import Decision, Reason
from core.domain.outcome import Outcome
from core.domain.place import PlaceClaim
from core.domain.procedure import Field, Procedure
from core.domain.request import State
from core.terminal.events import Answered, Expired, Inquiry, Removed, Settled, Withdrawn
from core.terminal.session import Session
from core.wire.messages import Consent, Contacts, Enrolled, OrderLine, Profile, ProfileChange, Terminals
from tests.clock import FakeClock
from tests.server.world import SECRET, World
from tests.terminal.fake_nod import FakeNod
from tests.terminal.house import House


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Both servers on one clock."""
    with World(tmp_path, FakeClock()) as made:
        yield made


class Party:
    """One house: a terminal's session and a paired device."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.clock: FakeClock = world.clock  # type: ignore[assignment]
        self.address = FixedAddress(world.url, SECRET)
        self.terminal = Terminal(self._around("terminal", Clock(now=self.clock)), pin_cost=2)
        self.house = House(FakeNod(), self.clock, self.clock, None)  # type: ignore[arg-type]
        self.house.session = self.session = Session(self.terminal, self.house.emit, "text")
        self.device = Device(self._around("device", Clock(self.clock, self.clock, self._pass)))

    def _around(self, name: str, clock: Clock) -> Surroundings:
        folder = self.folder / name
        return Surroundings(self.address, folder, FileStore(folder), clock)

    async def _pass(self, seconds: float) -> None:
        self.clock.advance(seconds)
        await asyncio.sleep(0)

    async def pair(self, nickname: str = "Momo") -> Contacts:
        """Registers the device and lets it ask."""
        assert await self.device.open() is False
        assert await self.device.register("Kitchen speaker") is None
        started = await self.device.start_pairing()
        assert not isinstance(started, Refusal), started
        seen = await self.session.home.look_at_pairing(started.user_code.lower())
        assert not isinstance(seen, Refusal), seen
        place = PlaceClaim("kitchen")
        paired = await self.session.home.consent(started.user_code, Consent(nickname, "Kitchen", place))
        assert not isinstance(paired, Refusal), paired
        contacts = await self.device.wait_for_consent(started)
        assert isinstance(contacts, Contacts), contacts
        return contacts

    async def ask(self, window_s: int | None = None) -> Asked:
        """Orders a milk."""
        quoted = await self.device.quote((OrderLine("milk"),))
        assert isinstance(quoted, Quoted), quoted
        asked = await self.device.ask("Momo", quoted.compact, window_s=window_s)
        assert isinstance(asked, Asked), asked
        return asked


@asynccontextmanager
async def party(world: World, folder: Path, pin: str | None = None):  # type: ignore[no-untyped-def]
    """An enrolled terminal with its session running, and an unregistered device."""
    made = Party(world, folder)
    running = asyncio.create_task(made.session.run())
    try:
        await made.house.until(lambda: made.house.events)
        enrolled = await made.session.register(NewPerson("momo", "Momo"), "desk", pin)
        assert isinstance(enrolled, Enrolled), enrolled
        yield made
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await made.device.close()


Scene = Callable[[Party], Awaitable[None]]


def play(world: World, folder: Path, scene: Scene, pin: str | None = None) -> None:
    async def run() -> None:
        async with party(world, folder, pin) as made:
            await scene(made)

    asyncio.run(run())


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
        ended = await made.device.wait(asked)
        assert ended.outcome is Outcome.PAID
        again = await made.device.outcome(asked)
        assert not isinstance(again, Refusal)
        assert again.outcome is not None
        assert again.outcome.status == "paid"

    play(world, tmp_path, scene)


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
