"""What is to be typed stands in an empty field also while it has the keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui.parts.caret import Caret
from gui.parts.hinted import HintedLine


def _picture(field: QLineEdit) -> QImage:
    QApplication.processEvents()
    return field.grab().toImage()


@pytest.fixture
def still() -> Iterator[None]:
    """A text cursor that does not blink between two pictures."""
    caret = Caret()
    caret.be_still(True)
    yield
    caret.be_still(False)


def test_an_empty_field_that_has_the_keyboard_shows_what_is_to_be_typed(
    qtbot: QtBot, dressed: QApplication, still: None
) -> None:
    field = HintedLine()
    field.setAlignment(Qt.AlignmentFlag.AlignCenter)
    field.setPlaceholderText("––––")
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    hinted = _picture(field)
    field.setPlaceholderText("")
    assert hinted != _picture(field)
    field.setText("4")
    typed = _picture(field)
    field.setPlaceholderText("––––")
    assert typed == _picture(field)
