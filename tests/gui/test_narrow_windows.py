"""Home and wizard on every screen from 400 × 400 up: nothing is cut at the side, all can be reached."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from core.wire.messages import PairingView
from gui.bridge import Bridge
from gui.language import Language
from gui.link import Link
from gui.parts.rail_button import RailButton
from gui.theme.theme import Theme
from gui.wizard.window import Wizard
from tests.gui.geometry import is_cut, seen_part, shown
from tests.gui.narrow import ROOMS, Home, make_home

SCREENS = (QSize(400, 360), QSize(800, 560), QSize(3840, 2120))
"""What a window's frame leaves of screens of 400 × 400, 800 × 600 and 3840 × 2160."""
LOOKS = [(SCREENS[0], "en"), (SCREENS[0], "ja"), (SCREENS[1], "en"), (SCREENS[1], "ja"), (SCREENS[2], "en")]


def _show(window: QWidget, size: QSize) -> None:
    window.resize(size)
    window.show()
    for _ in range(4):
        QCoreApplication.processEvents()


def _cut_at_the_side(window: QWidget) -> list[str]:
    parts = [(one, seen_part(one)) for one in shown(window)]
    return [
        f"{type(one).__name__} “{getattr(one, 'text', str)()[:30]}”"
        for one, seen in parts
        if seen.width() < one.width() or (seen.height() == one.height() and is_cut(one))
    ]


@pytest.mark.parametrize(("size", "locale"), LOOKS, ids=str)
def test_no_room_is_cut_at_the_side(
    qtbot: QtBot, theme: Theme, bridge: Bridge, tmp_path: Path, size: QSize, locale: str
) -> None:
    home = make_home(qtbot, theme, Language(locale, "Asia/Tokyo"), bridge, tmp_path)
    window, rooms = home.window, home.rooms
    for room in ROOMS:
        window.go_to(room)
        _show(window, size)
        assert (window.size(), _cut_at_the_side(window)) == (size, []), room
    window.go_to("requests")
    rooms.requests.list.clicked.emit(rooms.model.index(1))
    _show(window, size)
    assert _cut_at_the_side(window) == []


def test_a_narrow_home_shows_the_list_or_one_request_and_goes_back(
    home: Home,
) -> None:
    window, rooms = home.window, home.rooms
    page = rooms.requests
    _show(window, SCREENS[0])
    assert (page.list.isVisible(), page.detail.isVisible()) == (True, False)
    QTest.mouseClick(
        page.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=page.list.visualRect(rooms.model.index(1)).center(),
    )
    assert (page.list.isVisible(), page.detail.isVisible()) == (False, True)
    assert page.back.hasFocus()
    QTest.keyClick(page.back, Qt.Key.Key_Space)
    assert (page.list.isVisible(), page.detail.isVisible()) == (True, False)
    _show(window, SCREENS[1])
    assert (page.list.isVisible(), page.detail.isVisible()) == (True, True)


def test_a_rail_of_icons_keeps_its_names(
    home: Home,
) -> None:
    window = home.window
    _show(window, SCREENS[0])
    choices = [one for one in window.findChildren(QPushButton) if one.property("look") == "rail"]
    named = [one.accessibleName() for one in choices]
    assert named == ["Requests", "People and devices", "Spending", "Profile", "About", "Assistant"]
    assert [one.toolTip() for one in choices] == named


@pytest.mark.parametrize(("size", "locale"), LOOKS, ids=str)
def test_no_step_of_the_wizard_is_cut_at_the_side(
    qtbot: QtBot, theme: Theme, bridge: Bridge, size: QSize, locale: str
) -> None:
    language = Language(locale, "Asia/Tokyo")
    wizard = Wizard(theme, language, Link(bridge))
    qtbot.addWidget(wizard)
    view = PairingView("Nod assistant", "ai_device", ("purchase", "procedure", "sign_in"), 600)
    wizard.pairing.consent.show_pairing(view, "モモ", "もも", language.say("desktop-wizard-assistant-name"))
    wizard.pairing.show_consent()
    for step in (wizard.profile_step, wizard.code_step, wizard.waiting, wizard.pairing, wizard.done):
        wizard.go_to(step)
        _show(wizard, size)
        assert (wizard.size(), _cut_at_the_side(wizard)) == (size, [])


def test_a_rail_of_icons_counts_what_waits_and_names_where_the_keyboard_is(home: Home, qtbot: QtBot) -> None:
    window = home.window
    window.count_pending(2)
    _show(window, SCREENS[1])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    rail = window.findChildren(RailButton)
    assert [one.badge for one in rail] == ["2", "", "", "", "", ""]
    assert all(one.accessibleName() and one.accessibleName() in one.toolTip() for one in rail)
    assert window.assistant is not None
    window.assistant.setFocus(Qt.FocusReason.TabFocusReason)
    assert QToolTip.text() == window.assistant.accessibleName()
    _show(window, SCREENS[2])
    assert {one.badge for one in rail} == {""}
