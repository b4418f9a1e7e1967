"""Where the keyboard is can be seen: it is scrolled to, and the same ring is around it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui.language import Language
from gui.parts.boxes import button
from gui.parts.tick import Tick
from gui.prompt.answers import Answers
from gui.theme.theme import Theme
from tests.gui.geometry import seen_part
from tests.gui.narrow import Home
from tests.gui.prompting import Prompting


def _turn_to(qtbot: QtBot, window: QWidget) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def _colour(widget: QWidget, x: int, y: int) -> str:
    return QColor(widget.grab().toImage().pixelColor(x, y)).name()


def test_a_page_scrolls_to_what_the_keyboard_comes_to_from_outside(home: Home, qtbot: QtBot) -> None:
    home.window.resize(900, 500)
    home.window.go_to("profile")
    _turn_to(qtbot, home.window)
    (area,) = home.rooms.profile.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert home.window.assistant is not None
    home.window.assistant.setFocus()
    QTest.keyClick(home.window.assistant, Qt.Key.Key_Tab)
    reached = QApplication.focusWidget()
    assert reached is not None
    assert home.rooms.profile.isAncestorOf(reached)
    assert seen_part(reached).size() == reached.size()


def test_what_refuses_has_the_ring_of_everything_else(qtbot: QtBot, theme: Theme, language: Language) -> None:
    answers = Answers(language)
    qtbot.addWidget(answers)
    answers.ask("Speaker", 2, needs_pin=False, can_approve=True)
    answers.arm(True)
    _turn_to(qtbot, answers)
    answers.deny.setFocus()
    assert _colour(answers.deny, 1, answers.deny.height() // 2) == theme.colours.focus


def test_the_ring_of_a_row_is_whole_at_its_left(home: Home, qtbot: QtBot, theme: Theme) -> None:
    _turn_to(qtbot, home.window)
    rows = home.rooms.requests.list
    rows.setCurrentIndex(rows.model().index(0, 0))
    rows.setFocus()
    box = rows.visualRect(rows.currentIndex())
    middle = box.center().y()
    image = rows.viewport().grab().toImage()
    for x in (box.left(), box.left() + 1, box.right() - 2):
        assert QColor(image.pixelColor(x, middle)).name() == theme.colours.focus


def test_a_box_does_not_move_when_the_keyboard_comes_to_it(qtbot: QtBot, theme: Theme) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    box, other = Tick(), button("x", parent=holder)
    box.setParent(holder)
    box.setText("A sound")
    box.move(0, 60)
    box.adjustSize()
    _turn_to(qtbot, holder)
    other.setFocus()
    before = _ink(box)
    box.setFocus()
    assert _ink(box) == before


def _ink(box: QCheckBox) -> int:
    """Where its text begins."""
    image = box.grab().toImage()
    return next(
        x
        for x in range(24, image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).value() < 90
    )


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_whatever_button_has_the_keyboard(home: Home, qtbot: QtBot, key: Qt.Key) -> None:
    _turn_to(qtbot, home.window)
    assert home.window.assistant is not None
    home.window.assistant.setFocus()
    with qtbot.waitSignal(home.window.assistant_wanted):
        QTest.keyClick(home.window.assistant, key)
    home.window.go_to("devices")
    home.rooms.devices.pair.setFocus()
    with qtbot.waitSignal(home.rooms.devices.pair.clicked):
        QTest.keyClick(home.rooms.devices.pair, key)


def test_enter_never_approves_and_the_window_says_which_key_does(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    prompting = Prompting(qtbot, theme, language)
    prompting.arrive()
    prompting.arm()
    prompting.type_code()
    answers, dialog = prompting.dialog.answers, prompting.dialog
    answers.approve.setFocus()
    qtbot.waitUntil(lambda: "Space or Alt+A" in dialog.hint.text())
    prompting.key(Qt.Key.Key_Return)
    prompting.key(Qt.Key.Key_Enter)
    assert prompting.presses == []
    answers.deny.setFocus()
    qtbot.waitUntil(lambda: dialog.hint.text().startswith("Ready"))
    prompting.key(Qt.Key.Key_Return)
    assert len(prompting.presses) == 1
