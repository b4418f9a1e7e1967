"""A person in a circle: their picture, or the first letter of their name."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme.theme import Theme
from gui.theme.type_scale import Type, font

LETTER_SHARE = 0.42
"""Height of the letter beside the circle's."""


class Portrait(QWidget):
    """One person."""

    def __init__(self, theme: Theme, size: int) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._letter = ""
        self.setFixedSize(QSize(size, size))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.update)

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown, not a letter."""
        return self._image is not None

    def show_person(self, name: str, image: QImage | None) -> None:
        """Show somebody.

        Args:
            name: for the letter, and for a screen reader.
            image: their picture; None shows the letter.
        """
        self._letter, self._image = name.strip()[:1].upper(), image
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        circle = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        self._paint_inside(painter, circle)
        painter.setPen(QPen(QColor(self._theme.colours.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        painter.end()

    def _paint_inside(self, painter: QPainter, circle: QRectF) -> None:
        if self._image is not None:
            shape = QPainterPath()
            shape.addEllipse(circle)
            painter.setClipPath(shape)
            painter.drawImage(circle, self._image)
            painter.setClipping(False)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colours.accent_soft))
        painter.drawEllipse(circle)
        letter = QFont(font(Type.STRONG))
        letter.setPixelSize(max(9, round(circle.height() * LETTER_SHARE)))
        painter.setFont(letter)
        painter.setPen(QColor(self._theme.colours.accent))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._letter)
