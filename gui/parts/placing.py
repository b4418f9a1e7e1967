"""Where a window comes up: whole on the screen, and beside the assistant's where there is room for both.

A desktop that places windows itself (Wayland) takes the size alone.
"""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

FRAME = QSize(4, 40)
"""What a desktop's frame and title usually take."""
ASIDE = 408
"""Width of the assistant's window with its frame; it comes up at the right edge of the screen."""
COMFORTABLE = 880
"""A window becomes no narrower than this to leave the assistant its place."""

TITLE = 28
"""Left free above a window that has no frame yet: some desktops lay the frame around it, up and outwards."""
USUAL = 600
"""About how high the window of a request is."""


def place(window: QWidget, *, is_beside: bool) -> None:
    """Give a window its first size and place, from the size that it would like.

    Args:
        window: not yet shown.
        is_beside: whether the assistant has a window too.
    """
    inner = first_place(window.size(), window.screen().availableGeometry(), ASIDE if is_beside else 0)
    window.resize(inner.size())
    window.move(inner.topLeft())


def place_growing(window: QWidget, width: int, *, is_beside: bool) -> None:
    """Give a window whose height follows its content its first place: high, so that it can grow."""
    room = window.screen().availableGeometry()
    usual = first_place(QSize(width, USUAL), room, ASIDE if is_beside else 0)
    window.move(usual.left(), (room.top() + usual.top()) // 2)


def first_place(wanted: QSize, room: QRect, aside: int) -> QRect:
    """Where a window's corner goes and how large it is inside its frame.

    Args:
        wanted: the size that it would like.
        room: what the screen has free.
        aside: width that another window takes at the right.
    """
    inside = room.size() - FRAME
    left = inside.width() - aside
    size = QSize(min(wanted.width(), max(left, COMFORTABLE)), wanted.height()).boundedTo(inside)
    spare = QSize(left, inside.height()) - size
    return QRect(room.topLeft() + QPoint(max(0, spare.width() // 2), max(0, spare.height() // 2)), size)


def covers_assistant(window: QWidget) -> bool:
    """Whether a window takes some of the place where the assistant's comes up."""
    return window.frameGeometry().right() > window.screen().availableGeometry().right() - ASIDE


def within(corner: QPoint, size: QSize, room: QRect, *, is_framed: bool) -> QPoint:
    """Where a window goes so that its title can be reached and, if it fits, all of it be seen.

    Args:
        corner: where its frame would go.
        size: of what is inside of the frame.
        room: what the screen has free.
        is_framed: whether the desktop has laid its frame around the window already.
    """
    inside = corner - room.topLeft()
    spare = room.size() - size - (FRAME if is_framed else QSize(FRAME.width(), 0))
    above = 0 if is_framed else TITLE
    left = max(0, min(inside.x(), spare.width()))
    top = max(0, min(max(inside.y(), above), spare.height()))
    return room.topLeft() + QPoint(left, top)
