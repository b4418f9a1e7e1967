"""The newest line of the transcript is on the screen, whole, whatever shrinks the list."""

import pytest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from assistant.face.window import FaceWindow
from tests.assistant.facing import ASKED, HEARD, Made, maker

LONG = "I asked Momo. The code is 47. There are 60 seconds to answer. " * 2


@pytest.fixture
def made(qtbot: QtBot) -> Made:
    return maker(qtbot)


def transcript(window: FaceWindow) -> QListWidget:
    found = window.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    return found


def last_is_whole(lines: QListWidget) -> bool:
    last = lines.visualItemRect(lines.item(lines.count() - 1))
    return last.top() >= 0 and last.bottom() <= lines.viewport().height()


def fill(window: FaceWindow) -> None:
    for _ in range(9):
        window.take(HEARD)
        window.take({"event": "said", "key": "asked", "text": LONG})


def test_the_last_line_is_seen_whole_when_the_code_shows_above_it(made: Made, qtbot: QtBot) -> None:
    window = made()
    fill(window)
    window.take(ASKED)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: last_is_whole(transcript(window)), timeout=1_000)


@pytest.mark.parametrize("height", [430, 500, 640])
def test_the_last_line_stays_in_sight_when_the_window_changes(made: Made, qtbot: QtBot, height: int) -> None:
    window = made()
    fill(window)
    window.resize(400, height)
    qtbot.waitUntil(lambda: last_is_whole(transcript(window)), timeout=1_000)


def test_who_looks_further_up_is_left_there_when_the_window_changes(made: Made, qtbot: QtBot) -> None:
    window = made()
    fill(window)
    bar = transcript(window).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(0)
    window.resize(400, 500)
    QApplication.processEvents()
    assert bar.value() == 0
