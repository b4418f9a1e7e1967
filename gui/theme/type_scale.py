"""Sizes of type and of space: one scale for all windows, following the size that the person set."""

from enum import Enum

from PySide6.QtGui import QFont, QGuiApplication

from gui.theme.families import semibold

SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 18, 28
"""Distances in device-independent pixels."""

RADIUS = 10
"""Corner of a card; controls have less."""

CONTROL_HEIGHT = 40
"""Least height of what is pressed (WCAG 2.2, 2.5.8 asks for 24)."""


class Type(Enum):
    """What a text is for: name, size beside the body's, whether strong."""

    CAPTION = ("caption", 0.88, False)
    BODY = ("body", 1.0, False)
    STRONG = ("strong", 1.0, True)
    TITLE = ("title", 1.25, True)
    HEADING = ("heading", 1.6, True)
    AMOUNT = ("amount", 2.9, True)
    CODE = ("code", 1.9, True)


def font(role: Type) -> QFont:
    """The font of a purpose, scaled from the application's own."""
    _, scale, is_strong = role.value
    made = QFont(QGuiApplication.font())
    made.setPointSizeF(made.pointSizeF() * scale)
    return semibold(made) if is_strong else made
