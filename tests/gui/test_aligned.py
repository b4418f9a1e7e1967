"""Texts of a column begin at one line, what has the keyboard can be seen, and nothing covers an icon."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.domain.request import State
from gui.language import Language
from gui.pages.profile_safety import SafetySection
from gui.parts.boxes import button
from gui.parts.choices import choice, zones
from gui.parts.form import line
from gui.parts.rail_button import RailButton
from gui.theme.theme import Scheme, Theme
from gui.theme.tokens import contrast
from tests.gui import samples
from tests.gui.narrow import Home


def _turn_to(qtbot: QtBot, window: QWidget) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def _first_ink(widget: QWidget) -> int:
    """Pixels before its text begins, left of which there is only its edge."""
    image = widget.grab().toImage()
    middle = range(image.height() // 2 - 4, image.height() // 2 + 4)
    return next(
        x for x in range(5, image.width()) if any(image.pixelColor(x, y).lightness() < 120 for y in middle)
    )


@pytest.mark.parametrize("at", [None, 0, 1, 2, 3, 4])
def test_the_texts_of_all_fields_begin_at_one_line_with_the_keyboard_or_without(
    qtbot: QtBot, theme: Theme, language: Language, at: int | None
) -> None:
    holder, safety = QWidget(), SafetySection(language)
    for window in (holder, safety):
        qtbot.addWidget(window)
    stack, other = QVBoxLayout(holder), button("x")
    safety.quiet_from.setTime(QTime(11, 0))
    safety.quiet_from.setEnabled(True)
    spin = safety.window_s.control
    spin.setSpecialValueText("HHHH")  # type: ignore[attr-defined]
    spin.setValue(spin.minimum())  # type: ignore[attr-defined]
    fields = (line("HHHH"), choice([("a", "HHHH")], "a"), zones("HHHH"), spin, other)
    for one in fields:
        stack.addWidget(one)
    _turn_to(qtbot, holder)
    (other if at is None else fields[at]).setFocus()
    for edit in holder.findChildren(QLineEdit):
        edit.deselect()
    assert len({_first_ink(one) for one in fields[:4]}) == 1


def test_the_cross_that_clears_a_search_is_in_the_middle(home: Home, qtbot: QtBot) -> None:
    search = home.rooms.requests.search
    _turn_to(qtbot, home.window)
    search.setText("milk")
    cross = search.findChild(QToolButton)
    assert isinstance(cross, QToolButton)
    assert abs(cross.geometry().center().y() - search.rect().center().y()) <= 1


def _across(widget: QWidget) -> list[str]:
    """The colours from its left edge to where its text may begin, each once."""
    image = widget.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2).name() for x in range(12)]
    return [row[0], *(now for before, now in pairwise(row) if now != before)]


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("by_enter", [True, False])
def test_the_ring_of_the_one_action_stands_out_from_its_own_ground(
    qtbot: QtBot, theme: Theme, scheme: Scheme, by_enter: bool
) -> None:
    theme.choose(scheme)
    holder = QWidget()
    qtbot.addWidget(holder)
    stack, other = QVBoxLayout(holder), button("x")
    made: QPushButton = button("Approve", "primary", by_enter=by_enter)
    made.setMinimumWidth(140)
    for one in (other, made):
        stack.addWidget(one)
    _turn_to(qtbot, holder)
    other.setFocus()
    assert _across(made) == [theme.colours.accent]
    made.setFocus()
    seen = _across(made)
    assert seen[0] == theme.colours.focus
    assert seen[-1] == theme.colours.accent
    assert max(contrast(one, theme.colours.accent) for one in seen) >= 3
    theme.choose(Scheme.LIGHT)


def test_a_badge_covers_nothing_of_its_icon(home: Home, qtbot: QtBot) -> None:
    home.window.resize(500, 500)
    _turn_to(qtbot, home.window)
    rail = home.window.findChildren(RailButton)[0]
    home.rooms.requests.search.setFocus()
    home.window.count_pending(0)
    plain = rail.grab().toImage()
    home.window.count_pending(12)
    badged = rail.grab().toImage()
    assert rail.badge == "9+"
    ground = plain.pixelColor(6, plain.height() // 2).name()
    spots = [
        (x, y)
        for x in range(6, plain.width() - 3)
        for y in range(6, plain.height() - 6)
        if plain.pixelColor(x, y).name() != ground
    ]
    assert spots, "the icon is there"
    assert [at for at in spots if badged.pixelColor(*at) != plain.pixelColor(*at)] == []
    assert badged != plain


def test_a_narrow_rail_has_everything_in_its_middle(home: Home, qtbot: QtBot) -> None:
    home.window.resize(500, 500)
    home.window.show_person("Momo", None)
    _turn_to(qtbot, home.window)
    rail = home.window.findChildren(RailButton)[0]
    middle = rail.mapTo(home.window, rail.rect().center()).x()
    portrait = home.window.portrait
    assert abs(portrait.mapTo(home.window, portrait.rect().center()).x() - middle) <= 1


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_the_least_home_names_the_device_of_each_row(
    home: Home, qtbot: QtBot, language: Language, locale: str
) -> None:
    language.choose(locale)
    who = "Kitchen speaker" if locale == "en" else "台所のスピーカー"
    views = [
        samples.request(name=f"req_{at:032}", who=who, state=State.PAID, at=f"2026-11-{at + 10}T05:00:00Z")
        for at in range(6)
    ]
    home.rooms.model.put(*views)
    rows = home.rooms.requests.list
    heights, index = [], rows.model().index(4, 0)
    for width in (1_400, 360):
        home.window.resize(width, 320)
        _turn_to(qtbot, home.window)
        qtbot.waitUntil(lambda: rows.visualRect(index).height() == rows.sizeHintForRow(4))
        heights.append(rows.visualRect(index).height())
    assert heights[1] > heights[0], "a line more, for the name"
