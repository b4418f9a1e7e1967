"""A window as it is painted, for the pictures of tests and documents."""

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
