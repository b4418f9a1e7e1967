"""The device's window comes to rest: an outcome passes, a pairing code can be put away, a missing microphone
is no main button."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from assistant.commands import Command
from assistant.face import window as windows
from assistant.face.looks import LIGHT
from tests.assistant.facing import ASKED, HEARD, PAID, Made, maker, status
from tests.assistant.household import Home, play

DENIED = PAID | {"outcome": "denied"}
CODE = {"event": "pairing", "user_code": "ABCD-EFGH", "expires_in": 600}


@pytest.fixture
def made(qtbot: QtBot) -> Made:
    return maker(qtbot)


@pytest.mark.parametrize("end", [PAID, DENIED])
def test_an_outcome_is_shown_for_some_seconds_and_then_the_device_is_ready(
    made: Made, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, end: dict[str, str]
) -> None:
    monkeypatch.setattr(windows, "OUTCOME_MS", 300)
    window = made()
    for event in ({"event": "ready", "contacts": ["Momo"]}, HEARD, ASKED, end):
        window.take(event)
    assert status(window) in ("Done", "Not approved")
    qtbot.waitUntil(lambda: status(window) == "Ready", timeout=5_000)


def test_a_pairing_code_takes_the_place_of_how_the_last_order_ended(made: Made) -> None:
    window = made()
    for event in ({"event": "ready", "contacts": ["Momo"]}, HEARD, ASKED, DENIED, CODE):
        window.take(event)
    assert status(window) == "Ready"


def test_cancel_puts_a_pairing_code_away(made: Made, qtbot: QtBot) -> None:
    window = made()
    window.take(CODE)
    code, cancel = window.findChild(QLabel, "code"), window.findChild(QPushButton, "cancel")
    assert isinstance(code, QLabel)
    assert isinstance(cancel, QPushButton)
    with qtbot.waitSignal(window.cancel):
        cancel.click()
    window.take({"event": "pairing_hidden"})
    assert (code.isVisible(), cancel.isEnabled()) == (False, False)


def test_without_a_microphone_talking_is_not_what_the_window_leads_to(made: Made) -> None:
    window = made()
    window.take({"event": "ready", "contacts": ["Momo"]})
    talk = window.findChild(QPushButton, "talk")
    assert isinstance(talk, QPushButton)
    corner = talk.rect().topLeft() + (talk.rect().bottomRight() / 8)
    before = talk.grab().toImage().pixelColor(corner).name()
    window.take({"event": "said", "key": "no_microphone", "text": "I can’t find a microphone."})
    after = talk.grab().toImage().pixelColor(corner).name()
    assert (before, after) == (LIGHT.accent, LIGHT.surface)
    window.take({"event": "microphone", "open": True})
    window.take({"event": "microphone", "open": False})
    assert talk.grab().toImage().pixelColor(corner).name() == LIGHT.accent


def test_a_code_that_was_put_away_is_shown_again_and_still_pairs(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        first = await home.event("pairing")
        session.submit(Command("cancel"))
        await home.event("pairing_hidden")
        session.submit(Command("cancel"))
        await home.event("said", lambda said: said["key"] == "nothing-to-cancel")
        session.submit(Command("pair"))
        again = await home.event("pairing")
        assert again["user_code"] == first["user_code"]
        assert again["expires_in"] <= first["expires_in"]
        await home.approver.consent(again["user_code"])
        assert (await home.event("paired"))["contacts"] == ["Momo"]
        await home.leave(session, run)

    play(tmp_path, scene)
