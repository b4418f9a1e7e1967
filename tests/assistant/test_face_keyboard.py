"""The device's window by keyboard alone: where the focus is can be seen, and Enter presses what has it."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assistant.face.looks import DARK, LIGHT, Looks
from assistant.face.settings import SettingsDialog
from assistant.face.window import FaceWindow
from assistant.preferences import Preferences
from core.texts.catalog import Texts
from tests.assistant.facing import READY, Made, maker

EDGE = 13
"""Pixels of a field's edge, its padding and Qt's own margin."""


@pytest.fixture
def made(qtbot: QtBot) -> Made:
    return maker(qtbot)


def dialog(qtbot: QtBot, window: FaceWindow, locale: str = "en") -> SettingsDialog:
    shown = SettingsDialog(Texts(locale), Preferences(), ("Momo",), "", window)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def picture(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()


def focused(window: QWidget, widget: QWidget) -> QImage:
    window.activateWindow()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return picture(widget)


def pixels_of(image: QImage, colour: str) -> int:
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("looks", [LIGHT, DARK])
@pytest.mark.parametrize("name", ["send", "talk", "cancel", "pair", "settings"])
def test_a_button_shows_that_the_keyboard_is_on_it(made: Made, name: str, looks: Looks) -> None:
    window = made(looks=looks)
    window.take(READY)
    window.take({"event": "at_work", "on": True})
    button = window.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    assert pixels_of(focused(window, button), looks.focus) > button.width()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("name", ["talk", "cancel", "pair", "settings"])
def test_enter_presses_the_button_that_the_keyboard_is_on(
    made: Made, qtbot: QtBot, name: str, key: Qt.Key
) -> None:
    window = made()
    window.take(READY)
    window.take({"event": "at_work", "on": True})
    button = window.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    button.setFocus()
    with qtbot.waitSignal(getattr(window, name)):
        QTest.keyClick(button, key)


def test_the_settings_begin_at_their_first_field_and_go_down_in_order(made: Made, qtbot: QtBot) -> None:
    shown = dialog(qtbot, made())
    heights = []
    for _ in range(8):
        at = shown.focusWidget()
        assert at is not None
        heights.append(at.mapTo(shown, QPoint(0, 0)).y())
        QTest.keyClick(at, Qt.Key.Key_Tab)
    assert heights == sorted(set(heights))


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_a_checkbox_with_the_focus_shows_it_at_its_box_alone(made: Made, qtbot: QtBot, locale: str) -> None:
    shown = dialog(qtbot, made(), locale)
    for box in shown.findChildren(QCheckBox):
        other = shown.findChild(QPushButton, "back")
        assert isinstance(other, QPushButton)
        other.setFocus()
        before, after = picture(box), focused(shown, box)
        mark = box.sizeHint().height()  # the box is no wider than the line is high
        text = QRect(mark, 0, before.width() - mark, before.height())
        assert before.copy(text) == after.copy(text)
        assert before != after


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_what_an_empty_field_means_is_read_to_its_end(qtbot: QtBot, made: Made, locale: str) -> None:
    fields = dialog(qtbot, made(), locale).findChildren(QLineEdit)
    hints = [one for one in fields if one.placeholderText()]
    assert hints
    for one in hints:
        room = one.width() - 2 * EDGE
        assert one.fontMetrics().horizontalAdvance(one.placeholderText()) <= room
