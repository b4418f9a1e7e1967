"""The assistant's window is always a press away: on a small screen the main window lies upon it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.autostart import Autostart
from gui.bridge import Bridge
from gui.desktop import Desktop
from gui.language import Language
from gui.preferences import PreferencesFile
from gui.theme.theme import Theme
from tests.clock import FakeClock
from tests.gui.house import Speaker


@pytest.fixture
def speaker(tmp_path: Path) -> Iterator[Speaker]:
    made = Speaker(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def desktop(
    dressed: QApplication, theme: Theme, language: Language, bridge: Bridge, tmp_path: Path, speaker: Speaker
) -> Iterator[Desktop]:
    preferences, autostart = PreferencesFile(tmp_path), Autostart(tmp_path / "autostart")
    made = Desktop(dressed, bridge, theme, language, preferences, autostart, speaker, FakeClock(1_000.0))
    made.main.show()
    made.requests.be_loaded()
    yield made
    made.leave()
    made.dismantle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_assistants_window_is_brought_up_from_every_place_that_names_it(
    desktop: Desktop, speaker: Speaker, qtbot: QtBot
) -> None:
    assert desktop.main.assistant is not None
    assert desktop.main.assistant.text().strip() == "Assistant"
    assert desktop.requests.blank.action is not None
    for at, press in enumerate(
        (desktop.main.assistant.click, desktop.requests.blank.action.click, desktop.tray.assistant.trigger)
    ):
        press()
        assert speaker.shown == at + 1


def test_the_keyboard_alone_brings_the_assistants_window_up(
    desktop: Desktop, speaker: Speaker, qtbot: QtBot
) -> None:
    desktop.main.activateWindow()
    qtbot.waitUntil(desktop.main.isActiveWindow)
    QTest.keyClick(desktop.main, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert desktop.main.assistant is not None
    desktop.main.assistant.setFocus()
    QTest.keyClick(desktop.main.assistant, Qt.Key.Key_Space)
    assert speaker.shown == 2


def test_who_has_no_assistant_is_offered_none(
    dressed: QApplication, theme: Theme, language: Language, bridge: Bridge, tmp_path: Path
) -> None:
    preferences, autostart = PreferencesFile(tmp_path), Autostart(tmp_path / "autostart")
    alone = Desktop(dressed, bridge, theme, language, preferences, autostart, None, FakeClock(1_000.0))
    alone.main.show()
    assert alone.main.assistant is None
    assert not alone.tray.assistant.isVisible()
    alone.leave()
    alone.dismantle()


def test_tab_comes_to_the_assistant_after_the_rooms(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.main.activateWindow()
    qtbot.waitUntil(lambda: desktop.main.isActiveWindow() and desktop.main.focusWidget() is not None)
    rail = [one for one in desktop.main.findChildren(QPushButton) if one.property("look") == "rail"]
    first = desktop.main.focusWidget()
    assert first in rail
    QTest.keyClick(first, Qt.Key.Key_Tab)  # from one room to the next an arrow key goes
    assert desktop.main.focusWidget() is desktop.main.assistant
