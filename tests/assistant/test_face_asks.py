"""The device's window while its own question waits, and in the colours of the desktop."""

from dataclasses import fields

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from assistant.face import looks
from assistant.face.state import FaceState, Light, after
from assistant.telling import Event
from gui.theme import tokens
from gui.tones import INKS, TONES
from tests.assistant.facing import ASKED, HEARD, maker, status

QUESTION: Event = {"event": "said", "key": "confirm", "text": "Milk, ¥248, and I ask Momo. Is that right?"}
PAIRED: Event = {"event": "paired", "contacts": ["Momo"]}
AT_WORK: Event = {"event": "at_work", "on": True}
NO_ANSWER: Event = {"event": "said", "key": "no-answer", "text": "I heard no answer."}


def test_a_question_that_waits_is_seen_as_one(qtbot: QtBot) -> None:
    window = maker(qtbot)()
    line = window.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    for event in (PAIRED, AT_WORK, HEARD, QUESTION):
        window.take(event)
    assert (status(window), line.placeholderText()) == ("Yes or no?", "yes or no")
    window.take(ASKED)
    assert (status(window), line.placeholderText()) == ("Waiting for Momo: 60 s", "Buy milk for Momo")


@pytest.mark.parametrize("end", [HEARD, NO_ANSWER, {"event": "at_work", "on": False}])
def test_a_question_that_is_answered_or_given_up_waits_no_more(end: Event) -> None:
    state = FaceState()
    for event in (PAIRED, AT_WORK, HEARD, QUESTION):
        state = after(state, event)
    assert state.light is Light.ASKING
    assert after(state, end).light is not Light.ASKING


@pytest.mark.parametrize("scheme", ["LIGHT", "DARK"])
def test_the_device_wears_the_colours_of_the_desktop(scheme: str) -> None:
    device, desktop = getattr(looks, scheme), getattr(tokens, scheme)
    own = {one.name: getattr(device, one.name) for one in fields(device) if one.name != "lights"}
    assert own == {name: getattr(desktop, name) for name in own}


@pytest.mark.parametrize("scheme", ["LIGHT", "DARK"])
@pytest.mark.parametrize(
    ("outcome", "end"),
    [
        ("paid", "paid"),
        ("denied", "denied"),
        ("expired", "expired"),
        ("withdrawn", "withdrawn"),
        ("declined", "declined"),
        ("unknown", "unknown"),
    ],
)
def test_an_end_has_the_same_colour_on_the_device_and_in_the_prompt(
    scheme: str, outcome: str, end: str
) -> None:
    light = after(FaceState(), {"event": "outcome", "id": "r", "outcome": outcome}).light
    wanted = getattr(getattr(tokens, scheme), INKS[TONES[end].kind])
    assert getattr(looks, scheme).lights[light] == wanted
