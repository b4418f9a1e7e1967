"""An order that comes between somebody's consent and the device's next look at it is not turned away."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import pairing, wiring
from assistant.commands import Command
from assistant.session import Session
from core.client.clock import Clock
from core.domain.decision import Decision
from tests.assistant.household import CLOCK, Home, play


class Slow:
    """A clock by which the device looks at its pairing only once the test lets it."""

    def __init__(self) -> None:
        self.may_look = asyncio.Event()
        self.clock = Clock(sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        await self.may_look.wait()
        await CLOCK.sleep(seconds)


def slow_session(home: Home, slow: Slow) -> Session:
    options = home.options(say="who can you ask")
    setting = replace(wiring.make_setting(options, home.tell), voice=home)
    return Session(options, wiring.make_link(options, slow.clock), setting)


def test_an_order_right_after_the_consent_is_carried_out_and_the_pairing_is_said_once(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        slow = Slow()
        session = slow_session(home, slow)
        run = asyncio.create_task(session.run())
        await home.pair("Momo")
        session.submit(Command("say", "buy milk for Momo"))
        assert (await home.event("paired"))["contacts"] == ["Momo"]
        assert (await home.event("asked"))["nickname"] == "Momo"
        slow.may_look.set()
        await home.approver.decide(Decision.DENY)
        assert (await home.event("outcome"))["outcome"] == "denied"
        await home.event("said", lambda said: said["key"] == "contacts")  # its own look is over
        await home.leave(session, run)
        keys = [event["key"] for event in home.events if event["event"] == "said"]
        assert keys.count("paired") == 1
        assert "no-contacts" not in keys
        assert not [event for event in home.events if event["event"] == "paired"]

    play(tmp_path, scene)


def test_an_order_before_anybody_agreed_is_told_that_nobody_is_known(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = slow_session(home, Slow())
        run = asyncio.create_task(session.run())
        await home.event("pairing")
        session.submit(Command("say", "buy milk for Momo"))
        await home.event("said", lambda said: said["key"] == "no-contacts")
        await home.leave(session, run)

    play(tmp_path, scene)


def test_a_server_that_does_not_say_who_is_paired_holds_an_order_up_for_a_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(home: Home) -> None:
        session = slow_session(home, Slow())
        run = asyncio.create_task(session.run())
        await home.event("pairing")
        monkeypatch.setattr(pairing, "LOOK_S", 0.0)
        session.submit(Command("say", "buy milk for Momo"))
        await home.event("said", lambda said: said["key"] == "no-contacts")
        await home.leave(session, run)

    play(tmp_path, scene)
