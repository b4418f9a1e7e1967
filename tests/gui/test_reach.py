"""Without a mouse: Tab reaches every control of every room and every step of the wizard, in reading order."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from core.wire.messages import PairingView
from gui.bridge import Bridge
from gui.language import Language
from gui.link import Link
from gui.theme.theme import Theme
from gui.wizard.window import Wizard
from tests.gui.narrow import ROOMS, Home

MOST = 60
"""Presses of Tab after which a control counts as out of reach."""


def _controls(window: QWidget) -> set[QWidget]:
    """What a person can turn to and work with; parts of a spin or combo box belong to it."""
    return {
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one.parent(), (QAbstractSpinBox, QComboBox))
    }


def _tabbed(window: QWidget) -> list[QWidget]:
    """Where Tab goes, once around."""
    found: list[QWidget] = []
    for _ in range(MOST):
        at = QApplication.focusWidget()
        assert at is not None
        if at in found[:-1]:
            break
        if at not in found:  # a field of hours and minutes takes two presses
            found.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    return found


def _top(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), QPoint(0, 0)).y()


def _show(qtbot: QtBot, window: QWidget) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and window.isActiveWindow())


@pytest.mark.parametrize("room", ROOMS)
def test_tab_reaches_every_control_of_a_room(home: Home, qtbot: QtBot, room: str) -> None:
    home.window.go_to(room)
    _show(qtbot, home.window)
    missed = _controls(home.window) - set(_tabbed(home.window))
    assert [f"{type(one).__name__} {one.accessibleName()}" for one in missed] == []


@pytest.mark.parametrize("step", ["profile_step", "code_step", "waiting", "pairing", "done"])
def test_tab_goes_through_a_step_of_the_wizard_from_top_to_bottom(
    qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge, step: str
) -> None:
    wizard = Wizard(theme, language, Link(bridge))
    qtbot.addWidget(wizard)
    wizard.profile_step.be_busy(False)
    view = PairingView("Nod assistant", "ai_device", ("purchase",), 600)
    wizard.pairing.consent.show_pairing(view, "Momo", None, "Assistant")
    wizard.pairing.show_consent()
    wizard.go_to(getattr(wizard, step))
    _show(qtbot, wizard)
    tabbed = _tabbed(wizard)
    assert _controls(wizard) <= set(tabbed)
    first = min(range(len(tabbed)), key=lambda at: (_top(tabbed[at]), at))
    tops = [_top(one) for one in tabbed[first:] + tabbed[:first]]
    assert all(later >= earlier - 20 for earlier, later in pairwise(tops)), tops


def test_what_is_chosen_with_the_keyboard_in_the_rail_opens(home: Home, qtbot: QtBot) -> None:
    _show(qtbot, home.window)
    for number, room in enumerate(ROOMS, start=1):
        QTest.keyClick(home.window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert home.window.room == room
    rail = [one for one in home.window.findChildren(QAbstractButton) if one.property("look") == "rail"]
    rail[1].setFocus()
    QTest.keyClick(rail[1], Qt.Key.Key_Space)
    assert home.window.room == "devices"


def test_what_is_told_of_a_request_is_scrolled_with_the_keyboard(home: Home, qtbot: QtBot) -> None:
    home.window.resize(1000, 420)
    _show(qtbot, home.window)
    body = home.rooms.requests.detail.body
    qtbot.waitUntil(lambda: body.verticalScrollBar().maximum() > 0)
    assert body in _tabbed(home.window)
    body.setFocus()
    QTest.keyClick(body, Qt.Key.Key_PageDown)
    assert body.verticalScrollBar().value() > 0
    home.window.resize(1000, 2000)
    qtbot.waitUntil(lambda: body.focusPolicy() is Qt.FocusPolicy.NoFocus)
