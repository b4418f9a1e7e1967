"""A session under wrong clocks, sleeps, many requests at once, and a PIN."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from core.client.deciding import Choice
from core.domain.decision import Decision
from core.domain.request import State
from core.terminal.events import (
    Answered,
    Inquiry,
    NotSent,
    Settled,
)
from core.terminal.queue import PromptQueue
from core.wire import approval, jose
from tests.clock import FakeClock
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


def test_a_wall_clock_that_is_a_day_off_changes_no_countdown_and_approves(tmp_path: Path) -> None:
    for day in (-86_400, 86_400):

        async def scene(made: House, day: int = day) -> None:
            made.fake.ask("req_1")
            inquiry = await made.inquiry("req_1")
            made.wall.move_to(made.wall() + day)
            assert inquiry.countdown.shown_s() == 60
            await made.session.decide(approve("req_1"))
            signed = jose.unsafe_read_payload(made.fake.decided[0], approval.Approval)
            assert abs(signed.iat - made.fake.clock()) <= 1

        play(tmp_path / str(day), scene)


def test_after_a_sleep_that_the_steady_clock_missed_the_server_is_asked_again(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1")
        inquiry = await made.inquiry("req_1")
        made.fake.clock.advance(40)
        made.wall.advance(40)
        await made.until(lambda: inquiry.countdown.shown_s() == 20)
        assert made.fake.calls["/requests/req_1"] >= 1

    play(tmp_path, scene)


def test_a_hundred_inquiries_pass_one_at_a_time_and_each_is_answered_once(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        for number in range(100):
            made.fake.ask(f"req_{number}")
        await made.until(lambda: len(made.of(Inquiry)) == 100)
        queue = PromptQueue()
        for one in made.of(Inquiry):
            queue = queue.add(one.id)
        while queue.current is not None:
            current = queue.current
            await made.session.decide(approve(current))
            queue = queue.remove(current)
        await made.until(lambda: len(made.of(Settled)) == 100)
        assert len(made.fake.decided) == 100
        assert {one.state for one in made.of(Answered)} == {State.PAID}

    play(tmp_path, scene)


def test_a_second_decision_while_the_first_is_on_its_way_is_not_sent(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1")
        await made.inquiry("req_1")
        made.fake.lose["/requests/req_1/decision"] = 1
        await asyncio.gather(
            made.session.decide(approve("req_1")),
            made.session.decide(Choice("req_1", Decision.DENY)),
        )
        assert [one.code for one in made.of(NotSent)] == ["deciding"]
        assert len(made.fake.decided) == 1

    play(tmp_path, scene)


def test_the_pin_opens_the_second_key_and_a_wrong_one_sends_nothing(tmp_path: Path) -> None:
    async def scene(made: House) -> None:
        made.fake.ask("req_1")
        held = made.fake.held["req_1"]
        held.view = msgspec.structs.replace(held.view, presence="pin")
        await made.inquiry("req_1")
        await made.session.decide(approve("req_1"), pin="1111")
        assert [one.code for one in made.of(NotSent)] == ["wrong_pin"]
        await made.session.decide(approve("req_1"), pin="2580")
        signed = jose.unsafe_read_payload(made.fake.decided[0], approval.Approval)
        assert signed.presence == "pin"
        header = jose.read_header(made.fake.decided[0])
        assert header["kid"] != made.session.terminal.client.key.kid

    play(tmp_path, scene)


def test_the_fake_clock_is_the_servers_and_ours_is_not_believed(tmp_path: Path) -> None:
    fake = FakeNod(FakeClock(1_800_000_000.0))

    async def scene(made: House) -> None:
        assert abs(made.session.terminal.servers.transport.server_now() - 1_800_000_000) <= 1

    play(tmp_path, scene, fake)
