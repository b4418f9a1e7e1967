"""What the window tests share: the application as users get it, a theme, a language, a bridge."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from gui.app import dress
from gui.bridge import Bridge
from gui.language import Language
from gui.theme.theme import Scheme, Theme


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
