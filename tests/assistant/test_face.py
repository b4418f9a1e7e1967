"""What the device's window shows and passes on; every part of it has a name that a screen reader says."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assistant.face.looks import DARK, LIGHT, Looks
from assistant.face.ring import LightRing
from assistant.face.settings import SettingsDialog
from assistant.face.state import FaceState, Light, after
from assistant.face.window import FaceWindow
from assistant.preferences import Preferences
from core.texts.catalog import Texts
from tests.assistant.facing import ASKED, HEARD, PAID, READY, Made, maker, status
from tests.clock import FakeClock


@pytest.fixture
def made(qtbot: QtBot) -> Made:
    return maker(qtbot)


def button(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_light_follows_the_order_from_hearing_to_its_end() -> None:
    seen = []
    state = FaceState()
    for event in (
        {"event": "microphone", "open": True},
        {"event": "microphone", "open": False},
        HEARD,
        ASKED,
        {"event": "speaking", "on": True},
        {"event": "speaking", "on": False},
        PAID,
    ):
        state = after(state, event)
        seen.append(state.light)
    assert seen == [
        Light.LISTENING,
        Light.IDLE,
        Light.THINKING,
        Light.WAITING,
        Light.SPEAKING,
        Light.WAITING,
        Light.GOOD,
    ]


@pytest.mark.parametrize("width", range(400, 520, 8))
def test_no_line_of_the_transcript_is_cut(made: Made, width: int) -> None:
    window = made()
    window.resize(width, 900)
    for count in range(1, 12):
        window.take({"event": "said", "key": "x", "text": " ".join(["mirror"] * count)})
    transcript = window.findChild(QListWidget)
    assert isinstance(transcript, QListWidget)
    QCoreApplication.processEvents()
    inks = [_ink(transcript, at) for at in range(transcript.count())]
    of_a_word = inks[1] - inks[0]
    for more, ink in enumerate(inks):
        assert ink > inks[0] + (more - 0.5) * of_a_word, f"{more + 1} words"


def _ink(transcript: QListWidget, at: int) -> int:
    """How much darkness an item's text is painted with: a word that is left out is missing in it."""
    place = transcript.visualItemRect(transcript.item(at))
    image = transcript.viewport().grab(place).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return int((255 - rows[:, : image.width()].astype(np.int64)).sum())  # rows end in bytes of no picture


def test_the_transcript_tells_who_said_what(made: Made) -> None:
    window = made()
    window.take(HEARD)
    window.take({"event": "said", "key": "asked", "text": "I asked Momo."})
    transcript = window.findChild(QListWidget)
    assert isinstance(transcript, QListWidget)
    lines = [transcript.item(at).text() for at in range(transcript.count())]
    assert lines == ["You: buy milk for Momo", "Assistant: I asked Momo."]


def test_a_pairing_code_is_large_until_somebody_is_paired(made: Made) -> None:
    window = made()
    window.take({"event": "pairing", "user_code": "ABCD-EFGH", "expires_in": 600})
    code = window.findChild(QLabel, "code")
    assert isinstance(code, QLabel)
    assert (code.text(), code.isVisible()) == ("ABCD-EFGH", True)
    window.take({"event": "paired", "contacts": ["Momo"]})
    assert not code.isVisible()
    hint = window.findChild(QLabel, "hint")
    assert isinstance(hint, QLabel)
    assert hint.text() == "I can ask Momo."


def test_the_code_of_a_request_is_large_while_it_waits(made: Made) -> None:
    window = made()
    code = window.findChild(QLabel, "code")
    assert isinstance(code, QLabel)
    window.take({"event": "pairing", "user_code": "ABCD-EFGH", "expires_in": 600})
    window.take(ASKED)
    assert (code.text(), code.isVisible(), code.accessibleName()) == ("47", True, "Code 4 7")
    window.take(PAID)
    assert code.text() == "ABCD-EFGH"
    window.take({"event": "paired", "contacts": ["Momo"]})
    assert not code.isVisible()


def test_who_has_nobody_to_ask_is_told_what_comes_next(made: Made) -> None:
    window = made()
    hint = window.findChild(QLabel, "hint")
    assert isinstance(hint, QLabel)
    seen = [status(window)]
    for event in (
        {"event": "ready", "contacts": []},
        {"event": "pairing", "user_code": "ABCD-EFGH", "expires_in": 600},
        {"event": "said", "key": "pair-expired", "text": "The pairing code has expired."},
    ):
        window.take(event)
        seen.append(status(window))
    assert seen == ["Connecting …", "Not paired yet", "Waiting to be paired", "Not paired yet"]
    assert "Press “Pair …”" in hint.text()
    window.take({"event": "paired", "contacts": ["Momo"]})
    assert (status(window), hint.text()) == ("Ready", "I can ask Momo.")


def test_a_code_that_is_of_no_more_use_is_not_shown(made: Made) -> None:
    window = made()
    window.take({"event": "pairing", "user_code": "ABCD-EFGH", "expires_in": 600})
    window.take({"event": "said", "key": "pair-refused", "text": "The pairing was refused."})
    code = window.findChild(QLabel, "code")
    assert isinstance(code, QLabel)
    assert not code.isVisible()


def test_cancel_can_be_pressed_only_while_there_is_something_to_cancel(made: Made) -> None:
    window = made()
    assert not button(window, "cancel").isEnabled()
    window.take({"event": "at_work", "on": True})
    assert button(window, "cancel").isEnabled()
    window.take({"event": "at_work", "on": False})
    assert not button(window, "cancel").isEnabled()


def test_beside_the_desktop_it_leaves_the_keyboard_alone_and_sends_nobody_away(qtbot: QtBot) -> None:
    window = FaceWindow(Texts("en"), LIGHT, FakeClock(), is_beside=True)
    qtbot.addWidget(window)
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    told = window.findChild(QLabel, "told")
    assert isinstance(told, QLabel)
    assert told.text() == "Answer in Nod’s window. If it asks for a code, type:"


def test_the_example_names_whoever_can_be_asked(made: Made) -> None:
    window = made()
    line = window.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.placeholderText() == "Buy milk for Momo"
    window.take({"event": "paired", "contacts": ["Sam"]})
    assert line.placeholderText() == "Buy milk for Sam"


def test_a_typed_line_is_passed_on_and_the_field_emptied(made: Made, qtbot: QtBot) -> None:
    window = made()
    line = window.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "buy milk for Momo")
    with qtbot.waitSignal(window.typed) as sent:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert sent.args == ["buy milk for Momo"]
    assert line.text() == ""


@pytest.mark.parametrize(
    ("name", "signal"), [("cancel", "cancel"), ("pair", "pair"), ("settings", "settings")]
)
def test_each_button_says_what_it_wants(made: Made, qtbot: QtBot, name: str, signal: str) -> None:
    window = made()
    window.take(READY)
    window.take({"event": "at_work", "on": True})
    with qtbot.waitSignal(getattr(window, signal)):
        QTest.mouseClick(button(window, name), Qt.MouseButton.LeftButton)


def test_the_talk_button_stops_listening_when_it_listens(made: Made, qtbot: QtBot) -> None:
    window = made()
    window.take(READY)
    with qtbot.waitSignal(window.talk) as first:
        QTest.mouseClick(button(window, "talk"), Qt.MouseButton.LeftButton)
    window.take({"event": "microphone", "open": True})
    assert (button(window, "talk").text(), button(window, "talk").accessibleName()) == (
        "Stop",
        "Stop listening",
    )
    with qtbot.waitSignal(window.talk) as second:
        QTest.mouseClick(button(window, "talk"), Qt.MouseButton.LeftButton)
    assert (first.args, second.args) == ([True], [False])


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("looks", [LIGHT, DARK])
def test_everything_has_an_accessible_name_and_every_light_paints(
    made: Made, locale: str, looks: Looks
) -> None:
    window = made(locale, looks)
    parts: list[QWidget] = [*window.findChildren(QPushButton), *window.findChildren(QLineEdit)]
    parts += [*window.findChildren(QListWidget), *window.findChildren(QProgressBar)]
    parts += window.findChildren(LightRing)
    assert len(parts) >= 9
    for part in parts:
        named = part.accessibleName() or (part.text() if isinstance(part, QPushButton) else "")
        assert named, part
    for event in (
        HEARD,
        ASKED,
        {"event": "speaking", "on": True},
        {"event": "microphone", "open": True},
        PAID,
    ):
        window.take(event)
        assert not window.grab().isNull()


def test_the_settings_give_back_what_was_chosen(made: Made, qtbot: QtBot) -> None:
    chosen = Preferences(True, 40, 140, "en-gb", "always", "Kitchen", True, "sphinx")
    dialog = SettingsDialog(Texts("en"), chosen, ("Momo",), "", made())
    qtbot.addWidget(dialog)
    assert dialog.chosen() == chosen
    dialog.show()
    choices = dialog.findChildren(QComboBox)
    assert all(choice.isVisible() and choice.accessibleName() for choice in choices)
    assert len(choices) == 3
    for child in dialog.findChildren(QLineEdit):
        assert child.accessibleName()


def test_an_engine_of_the_command_line_is_shown_and_not_kept(made: Made, qtbot: QtBot) -> None:
    dialog = SettingsDialog(Texts("en"), Preferences(), ("Momo",), "google", made())
    qtbot.addWidget(dialog)
    assert "google" in [label.text() for label in dialog.findChildren(QLabel)]
    assert dialog.chosen() == Preferences()


def test_looks_name_a_colour_for_every_light() -> None:
    looks: Any
    for looks in (LIGHT, DARK):
        assert set(looks.lights) == set(Light)
