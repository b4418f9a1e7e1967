"""Combo boxes for what is chosen from a list: language, time zone, theme."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QListView

LEAST_LETTERS = 12
"""Of what is chosen that are seen at least."""
LANGUAGES = (("en", "English"), ("ja", "日本語"))


def choice(pairs: Sequence[tuple[str, str]], chosen: str = "") -> QComboBox:
    """A list of (value, text) with one chosen."""
    made = _narrow()
    for value, text in pairs:
        made.addItem(text, value)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made


def languages(locale: str) -> QComboBox:
    """Our languages, each in its own words."""
    return choice(LANGUAGES, locale)


@cache
def zone_names() -> tuple[str, ...]:
    """All time zones that a person may choose, by name.

    From the list that tzdata brings: asking zoneinfo would open six hundred files.
    """
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return (*sorted(name for name in listed if "/" in name), "UTC")


def zones(chosen: str) -> QComboBox:
    """All time zones; typing a part of a name finds it."""
    made = _narrow()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.addItems(zone_names())
    made.setCurrentText(chosen)
    completer = QCompleter(made.model(), made)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setPopup(offer())
    made.setCompleter(completer)
    return made


def offer() -> QListView:
    """The list that opens under a field and offers what fits what is typed."""
    made = QListView()
    made.setProperty("look", "offer")
    made.ensurePolished()  # its rows are measured before it is shown
    return made


def _narrow() -> QComboBox:
    """One that its longest choice does not hold wide."""
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(LEAST_LETTERS)
    return made
