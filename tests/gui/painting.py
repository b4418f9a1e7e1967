"""A window as it is painted, for the pictures of tests and documents."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget


def settle(app: QApplication, window: QWidget) -> QImage:
    """Shows a window until it stands still, takes its picture and lets it go."""
    window.show()
    for _ in range(5):
        app.processEvents()
    picture = window.grab().toImage()
    window.hide()
    window.deleteLater()
    return picture


class Paints(QObject):
    """Counts how often a widget was painted, and how often what is in it was to be laid out anew."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = self.layouts = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        self.layouts += event.type() is QEvent.Type.LayoutRequest
        return False
