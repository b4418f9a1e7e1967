"""A button of the rail: words where there is room, else an icon with a badge and a name that comes up."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip

from gui.parts.boxes import Button
from gui.parts.text import restyle
from gui.theme.theme import Theme
from gui.theme.type_scale import Type, font

BADGE, DIGITS = 16, 10
"""Its size, and the height of what is in it: beside the icon, never upon it."""
MOST = 9
"""Counts above are shown as `9+`."""
BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}


class RailButton(Button):
    """One way to go."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAutoDefault(False)
        self.setFont(font(Type.BODY))
        self.setProperty("look", "rail")
        self._theme, self._words, self._count = theme, "", 0
        self._is_narrow = False

    def tell(self, words: str, *, is_narrow: bool, count: int = 0) -> None:
        """Say where it goes.

        Args:
            words: the name.
            is_narrow: whether there is room for the icon alone.
            count: what waits there.
        """
        self._words, self._is_narrow, self._count = words, is_narrow, count
        whole = f"{words}  ({count})" if count else words
        self.setText("" if is_narrow else f"  {whole}")
        self.setAccessibleName(words)
        self.setAccessibleDescription(whole if count else "")
        self.setToolTip(whole if is_narrow else "")
        self.setProperty("narrow", "true" if is_narrow else "false")
        restyle(self)
        self.update()

    @property
    def badge(self) -> str:
        """The count as the badge shows it; empty where there is none."""
        if not (self._is_narrow and self._count):
            return ""
        return str(self._count) if self._count <= MOST else f"{MOST}+"

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.badge:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRect(self.width() - BADGE - 1, 1, BADGE, BADGE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.colours.accent))
            painter.drawEllipse(box)
            painter.setPen(QColor(self._theme.colours.on_accent))
            digits = font(Type.STRONG)
            digits.setPixelSize(DIGITS)
            painter.setFont(digits)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.badge)
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The name of an icon comes up for the keyboard too."""
        super().focusInEvent(event)
        if self._is_narrow and event.reason() in BY_KEYBOARD:
            QToolTip.showText(self.mapToGlobal(QPoint(self.width(), 0)), self.toolTip(), self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()
