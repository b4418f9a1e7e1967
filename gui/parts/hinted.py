"""A field in the middle of which stands what is to be typed, also while it has the keyboard."""

from PySide6.QtGui import QInputMethodEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame


class HintedLine(QLineEdit):
    """Qt takes the placeholder of a centred field away as soon as it has the keyboard, and leaves a caret."""

    def __init__(self) -> None:
        super().__init__()
        self._is_composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self._is_composing or not self.hasFocus():
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        painter = QPainter(self)
        painter.setPen(self.palette().placeholderText().color())
        painter.drawText(inside, self.alignment().value, self.placeholderText())
        painter.end()
