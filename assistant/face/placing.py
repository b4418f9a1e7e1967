"""Where the device's window comes up: whole on the screen, and at its right edge beside the desktop's."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

FRAME = QSize(4, 40)
"""What a desktop's frame and title usually take."""


def place(window: QWidget, *, is_beside: bool) -> None:
    """Give the window its first size, and its place where the desktop's window leaves it one."""
    room = window.screen().availableGeometry()
    inner = at_the_right(window.size(), room)
    window.resize(inner.size())
    if is_beside:
        window.move(inner.topLeft())


def at_the_right(wanted: QSize, room: QRect) -> QRect:
    """Where the window's corner goes and how large it is inside its frame, at the right of what is free."""
    inside = room.size() - FRAME
    size = wanted.boundedTo(inside)
    spare = inside - size
    return QRect(room.topLeft() + QPoint(spare.width(), spare.height() // 2), size)
