"""What the window tests share: the application as users get it, a theme, a language, a bridge."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import dress
from gui.bridge import Bridge
from gui.language import Language
from gui.theme.theme import Scheme, Theme
from tests.gui.narrow import Home, make_home


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with our names, style and fonts."""
    dress(qapp)
    return qapp


@pytest.fixture
def theme(dressed: QApplication) -> Theme:
    """The light theme."""
    return Theme(dressed, Scheme.LIGHT)


@pytest.fixture
def language() -> Language:
    """English, shown in Tokyo's time."""
    return Language("en", "Asia/Tokyo")


@pytest.fixture
def bridge(dressed: QApplication) -> Iterator[Bridge]:
    """A bridge whose thread ends with the test."""
    made = Bridge()
    yield made
    made.stop()


@pytest.fixture
def home(qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge, tmp_path: Path) -> Home:
    """The main window with something in every room."""
    return make_home(qtbot, theme, language, bridge, tmp_path)
