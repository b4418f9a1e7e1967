"""A check box whose text takes as many lines as it needs."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton

LEAST_WIDTH = 160
GAP = 14
"""Between the box and its text, and a little room for rounding."""


class Tick(QCheckBox):
    """Qt's own never breaks its text, and so holds its window wide."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._break_lines()

    def sizeHint(self) -> QSize:
        """As wide as the whole text, as high as its lines."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words = QSize(self.fontMetrics().horizontalAdvance(self._whole), self.fontMetrics().height())
        whole = self.style().sizeFromContents(QStyle.ContentsType.CT_CheckBox, option, words, self)
        return QSize(whole.width() + GAP, max(whole.height(), super().sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(LEAST_WIDTH, self.sizeHint().width()), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break_lines()

    def _break_lines(self) -> None:
        metrics, lines = self.fontMetrics(), [""]
        room = self.width() - self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) - GAP
        for part in _parts(self._whole):
            if lines[-1] and metrics.horizontalAdvance(lines[-1] + part.rstrip()) > room:
                lines.append("")
            lines[-1] += part
        text = "\n".join(line.rstrip() for line in lines)
        if text != self.text():
            super().setText(text)
            self.updateGeometry()


def _parts(text: str) -> list[str]:
    """Where it may be broken: after spaces, and between Japanese letters."""
    parts = [""]
    for letter in text:
        parts[-1] += letter
        if letter == " " or ord(letter) > ord("\u3000"):
            parts.append("")
    return [part for part in parts if part]
