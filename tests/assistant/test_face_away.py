"""The device's window says in words of its own that its server is away and how an order ended.

It keeps its width meanwhile, and no line of it ends inside a word.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from assistant.face.ring import LightRing
from assistant.face.state import ENDS
from assistant.face.window import FaceWindow
from core.domain.outcome import Outcome
from core.presentation.breaks import JOINER
from core.presentation.formats import clock_here
from tests.assistant.facing import ASKED, HEARD, PAID, READY, Made, maker, status

SINCE = "2026-11-23T05:03:00+00:00"
AWAY: dict[str, Any] = {"event": "away", "since": SINCE}
LISTENING: dict[str, Any] = {"event": "microphone", "open": True}


@pytest.fixture
def made(qtbot: QtBot, qapp: QApplication) -> Iterator[Made]:
    """In a process of its own the device's window never meets the desktop's style sheet."""
    desktop = qapp.styleSheet()
    qapp.setStyleSheet("")
    yield maker(qtbot)
    qapp.setStyleSheet(desktop)


def hint(window: FaceWindow) -> str:
    """The sentence of the second rank."""
    label = window.findChild(QLabel, "hint")
    assert isinstance(label, QLabel)
    return label.accessibleName()


def talk(window: FaceWindow) -> QPushButton:
    found = window.findChild(QPushButton, "talk")
    assert isinstance(found, QPushButton)
    return found


def can(window: FaceWindow, *names: str) -> list[bool]:
    """Which of these buttons can be pressed."""
    found = (window.findChild(QPushButton, name) for name in names)
    return [isinstance(one, QPushButton) and one.isEnabled() for one in found]


def ring(window: FaceWindow) -> QImage:
    found = window.findChild(LightRing)
    assert isinstance(found, LightRing)
    return found.grab().toImage()


def test_a_server_that_is_away_is_called_so_and_nobody_is_asked_to_talk(made: Made) -> None:
    window = made()
    before = ring(window)
    window.take(AWAY)
    assert status(window) == "The server isn’t answering"
    assert clock_here(SINCE, "en") in hint(window)
    assert not talk(window).isEnabled()
    assert ring(window) != before
    window.take(READY)
    assert (status(window), hint(window), talk(window).isEnabled()) == ("Ready", "I can ask Momo.", True)
    assert ring(window) == before


def test_a_device_that_the_server_will_not_have_does_not_look_as_if_it_were_connecting(made: Made) -> None:
    window = made()
    window.take(AWAY)
    window.take({"event": "refused", "code": "invalid_token"})
    assert (status(window), hint(window)) == ("Not connected", "The server does not accept this device.")
    assert not talk(window).isEnabled()


PAIRING: dict[str, Any] = {"event": "pairing", "user_code": "ABCD-EFGH", "expires_in": 600}
NOBODY: dict[str, Any] = {"event": "ready", "contacts": []}
REFUSED: dict[str, Any] = {"event": "refused", "code": "invalid_token"}


@pytest.mark.parametrize(
    ("events", "talk_send_pair"),
    [
        ((), [False, True, False]),
        ((AWAY,), [False, True, False]),
        ((REFUSED,), [False, False, False]),
        ((NOBODY,), [False, True, True]),
        ((NOBODY, PAIRING), [False, True, True]),
        ((READY,), [True, True, True]),
        ((NOBODY, LISTENING), [True, True, True]),
    ],
)
def test_what_can_come_to_nothing_cannot_be_pressed_and_it_is_said_why(
    made: Made, events: tuple[dict[str, Any], ...], talk_send_pair: list[bool]
) -> None:
    """A typed line is kept for a server that is away, and makes the device look who agreed to its pairing."""
    window = made()
    for event in events:
        window.take(event)
    assert can(window, "talk", "send", "pair") == talk_send_pair
    assert talk(window).accessibleDescription() == ("" if talk_send_pair[0] else hint(window))
    line = window.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.isEnabled() is talk_send_pair[1]


HEAR: tuple[dict[str, Any], ...] = (READY, LISTENING)
SPEAK: tuple[dict[str, Any], ...] = (READY, {"event": "speaking", "on": True})


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_only_a_device_that_waits_says_whom_it_can_ask(made: Made, locale: str) -> None:
    ends = [(READY, HEARD, ASKED, PAID | {"outcome": end}) for end in ("paid", "approved", "failed")]
    said = []
    for events in ((READY,), HEAR, (READY, HEARD), SPEAK, (READY, HEARD, ASKED), *ends):
        window = made(locale)
        for event in events:
            window.take(event)
        said.append(hint(window))
    assert len(set(said)) == len(said)
    assert all(said)


def test_what_is_strong_in_japanese_is_bold_in_the_whole_of_it(made: Made) -> None:
    """The Japanese fonts have no semibold cut."""
    assert [talk(made(locale)).font().weight() for locale in ("en", "ja")] == [
        QFont.Weight.DemiBold,
        QFont.Weight.Bold,
    ]


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_each_end_of_an_order_has_words_of_its_own(made: Made, locale: str) -> None:
    told, pictures = {}, {}
    for outcome in ("paid", "denied", "expired", "withdrawn", "declined", "unknown", "error"):
        window = made(locale)
        for event in (READY, HEARD, ASKED, PAID | {"outcome": outcome}):
            window.take(event)
        told[outcome], pictures[outcome] = status(window), ring(window)
    assert len(set(told.values())) == len(told)
    assert pictures["denied"] != pictures["expired"] != pictures["withdrawn"]
    assert pictures["unknown"] not in [pictures[other] for other in ("paid", "denied", "expired")]


@pytest.mark.parametrize("outcome", Outcome)
def test_every_end_passes_by_itself(made: Made, outcome: Outcome) -> None:
    window = made()
    for event in (READY, HEARD, ASKED, PAID | {"outcome": str(outcome)}):
        window.take(event)
    assert window._state.light in ENDS
    assert window._outcome_seen.isActive()


def test_an_order_that_met_no_server_does_not_say_that_something_was_refused(made: Made) -> None:
    window = made()
    for event in (READY, HEARD, PAID | {"outcome": "error", "code": "server_away"}):
        window.take(event)
    assert status(window) == "The server didn’t answer"
    assert talk(window).isEnabled()


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("event", [READY, LISTENING, AWAY, ASKED, PAID | {"outcome": "expired"}])
def test_no_state_makes_the_window_wider(made: Made, locale: str, event: dict[str, Any]) -> None:
    window = made(locale)
    for one in (READY, HEARD, event):
        window.take(one)
    assert window.minimumSizeHint().width() <= 400
    assert window.width() == 400


def test_the_transcript_breaks_no_katakana_word_and_keeps_what_was_said(made: Made) -> None:
    window = made("ja")
    said = "ペアリングしました。モモに聞けます。"
    window.take({"event": "said", "key": "paired", "text": said})
    lines = window.findChild(QListWidget)
    assert isinstance(lines, QListWidget)
    shown = lines.itemDelegate().displayText(lines.item(0).text(), lines.locale())  # type: ignore[attr-defined]
    assert JOINER.join("ペアリング") in shown
    assert JOINER.join("アシスタント") in shown
    assert lines.item(0).text() == f"アシスタント：{said}"


def test_a_sentence_is_read_aloud_without_its_breaks(made: Made) -> None:
    window = made("ja")
    window.take(AWAY)
    label = window.findChild(QLabel, "status")
    assert isinstance(label, QLabel)
    assert label.accessibleName() == "サーバーが応答しません"
    assert JOINER.join("サーバー") in label.text()
