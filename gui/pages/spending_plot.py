"""Bars with their labels and amounts, painted by ourselves; the same is told to a screen reader in words."""

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.pages.spending_sums import Bar
from gui.parts.text import visible
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_M, Type, font

ROW = 34.0
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SpendingPlot(QWidget):
    """Lying bars: a long label has room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: list[Bar] = []
        self._label_font, self._amount_font = font(Type.BODY), font(Type.STRONG)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.update)

    def show_bars(self, bars: list[Bar]) -> None:
        """Show these."""
        self._bars = [replace(bar, label=visible(bar.label)) for bar in bars]
        self.setAccessibleName("; ".join(f"{bar.label}: {bar.text}" for bar in self._bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, round(ROW * max(1, len(self._bars))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        labels, amounts = QFontMetricsF(self._label_font), QFontMetricsF(self._amount_font)
        widest = max(labels.horizontalAdvance(bar.label) for bar in self._bars) + 2
        label_width = min(self.width() * 0.34, widest)
        amount_width = max(amounts.horizontalAdvance(bar.text) for bar in self._bars) + 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, bar in enumerate(self._bars):
            line = QRectF(0, at * ROW, self.width(), ROW)
            shown = labels.elidedText(bar.label, Qt.TextElideMode.ElideRight, label_width)
            self._write(painter, line, shown, bar.text)
            self._draw_bar(
                painter, line.adjusted(label_width + SPACE_M, 8, -(amount_width + SPACE_M), -8), bar
            )
        painter.end()

    def _write(self, painter: QPainter, line: QRectF, label: str, amount: str) -> None:
        painter.setPen(QColor(self._theme.colours.ink))
        painter.setFont(self._label_font)
        painter.drawText(line, LEFT, label)
        painter.setFont(self._amount_font)
        painter.drawText(line, RIGHT, amount)

    def _draw_bar(self, painter: QPainter, room: QRectF, bar: Bar) -> None:
        if not bar.value:
            return
        most = max(one.value for one in self._bars) or 1
        room.setWidth(max(3.0, room.width() * bar.value / most))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colours.accent))
        painter.drawRoundedRect(room, 5, 5)
