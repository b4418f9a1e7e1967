"""A spoken order and a spoken "yes" through a microphone become a paid order, everything else nothing.

The room's loudspeaker is its microphone: the device hears every word that it says itself.
"""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import wiring
from assistant.ear_service import EarService
from assistant.preferences import Preferences
from assistant.session import Session
from assistant.sources.gate import Gate
from core.client.clock import Clock, boot_seconds
from core.domain.decision import Decision
from tests.assistant.household import Home, play
from tests.assistant.sound_server import play_in_the_room, sound_server, speak_to_file
from tests.waiting import wait_until

RECORDINGS = Path(__file__).with_name("recordings")


def listening_session(home: Home, gate: Gate) -> Session:
    """A hands-free device with a real voice, real ears and real time."""
    options = home.options(listen="mic")
    ears = wiring.make_ears(options, home.tell, gate)
    voice = wiring.make_voice(options, Preferences(words_a_minute=200), home.tell, gate)
    setting = wiring.make_setting(options, home.tell, voice, ears)
    session = Session(options, wiring.make_link(options, Clock()), replace(setting, voice=voice))
    assert isinstance(ears, EarService)
    ears.connect(session.runner.heard, session.missed)
    return session


def end(session: Session) -> None:
    """Lets go of microphone and voice."""
    session.setting.ears.close()
    session.setting.voice.close()


@pytest.mark.timeout(180)
def test_a_spoken_order_and_a_spoken_yes_are_paid_and_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = tmp_path / "order.wav"
    speak_to_file("Hey Nod, buy milk for Momo.", order)

    async def in_the_room(file: Path) -> None:
        await asyncio.to_thread(play_in_the_room, file)

    async def quiet(session: Session, gate: Gate) -> None:
        await session.setting.voice.drained()
        await asyncio.to_thread(wait_until, lambda: gate.is_open)

    async def scene(home: Home) -> None:
        gate = Gate(boot_seconds)
        session = listening_session(home, gate)
        run = asyncio.create_task(session.run())
        try:
            await home.pair()
            await home.event("microphone", lambda event: event["open"])
            await quiet(session, gate)
            await in_the_room(RECORDINGS / "advert-slt.wav")
            await in_the_room(RECORDINGS / "buy-milk-for-momo-rms.wav")
            await in_the_room(order)
            await home.event("listening")
            assert await home.approver.requests() == ()
            await quiet(session, gate)
            await in_the_room(RECORDINGS / "yes-rms.wav")
            asked = await home.event("asked")
            await home.approver.decide(Decision.APPROVE, asked["match_code"])
            assert (await home.event("outcome"))["outcome"] == "paid"
            await session.setting.voice.drained()
            assert len(await home.approver.requests()) == 1
            await home.leave(session, run)
        finally:
            await asyncio.to_thread(end, session)

    with sound_server(tmp_path, monkeypatch):
        play(tmp_path, scene)
