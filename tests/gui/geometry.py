"""What is where on a window: which widgets cover each other, and which can be seen whole."""

from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QLineEdit, QWidget

SHOWING = (QLabel, QLineEdit, QAbstractButton)


def seen_part(widget: QWidget) -> QRect:
    """The part of a widget that is not cut off by what holds it, in its window's pixels."""
    window = widget.window()
    seen = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    holder = widget.parentWidget()
    while holder is not None:
        seen &= QRect(holder.mapTo(window, QPoint(0, 0)), holder.size())
        holder = None if holder is window else holder.parentWidget()
    return seen


def is_whole(widget: QWidget) -> bool:
    """Whether the widget is on screen, uncut, and as high as its text needs."""
    is_uncut = seen_part(widget).size() == widget.size() and not widget.size().isEmpty()
    return widget.isVisible() and is_uncut and not is_cut(widget)


def is_cut(widget: QWidget) -> bool:
    """Whether a text has less room than it takes."""
    if not isinstance(widget, QLabel):
        return False
    needed = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else 0
    least = widget.minimumSizeHint()
    return widget.height() < max(needed, least.height()) - 1 or widget.width() < least.width() - 1


def shown(window: QWidget) -> list[QWidget]:
    """Everything on a window that a person reads or presses, lines between the parts included."""
    kinds = [one for one in window.findChildren(QWidget) if isinstance(one, SHOWING) or _is_rule(one)]
    return [one for one in kinds if one.isVisible() and not seen_part(one).isEmpty() and _says(one)]


def covered(window: QWidget, *more: QWidget) -> list[str]:
    """Every two of them that cover each other, in words for the test's report."""
    every = [*shown(window), *more]
    pairs = ((one, other) for one, other in combinations(every, 2) if not _are_one(one, other))
    return [
        f"{_name(one)} × {_name(other)}"
        for one, other in pairs
        if seen_part(one).intersects(seen_part(other))
    ]


def _are_one(one: QWidget, other: QWidget) -> bool:
    return one.isAncestorOf(other) or other.isAncestorOf(one)


def _is_rule(widget: QWidget) -> bool:
    return isinstance(widget, QFrame) and widget.property("look") == "rule"


def _says(widget: QWidget) -> bool:
    return not isinstance(widget, QLabel) or bool(widget.text()) or not widget.pixmap().isNull()


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", str)()
    return f"{type(widget).__name__} “{text[:30]}” {seen_part(widget).getRect()}"
