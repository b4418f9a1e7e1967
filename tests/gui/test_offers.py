"""What opens under a field can be read, in both palettes."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.parts.choices import zones
from gui.theme.theme import Scheme, Theme
from gui.theme.tokens import contrast

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # by what opens


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_time_zones_that_are_offered_can_be_read(qtbot: QtBot, dressed: QApplication, scheme: Scheme) -> None:
    theme = Theme(dressed, scheme)
    box = zones("Asia/Tokyo")
    qtbot.addWidget(box)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    edit = box.lineEdit()
    assert edit is not None
    edit.selectAll()
    QTest.keyClicks(edit, "tok")
    completer = box.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    image = popup.viewport().grab().toImage()
    ground = QColor(image.pixelColor(image.width() - 8, 12)).name()
    assert ground == theme.colours.surface
    assert max(contrast(one, ground) for one in _colours(image)) >= 4.5
    popup.hide()


def _colours(image: QImage) -> set[str]:
    rows = range(0, image.height(), 2)
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in rows}
