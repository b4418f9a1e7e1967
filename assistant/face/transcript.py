"""The transcript: its newest line is seen whole, whatever the window does, unless somebody looks higher."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate

from core.presentation.breaks import breakable


class Breaking(QStyledItemDelegate):
    """Draws each line with the places where it may be broken; the line itself stays as it was said."""

    def displayText(self, value: object, _locale: QLocale | QLocale.Language) -> str:
        return breakable(str(value))


class Transcript(QListWidget):
    """What was said, oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self._is_at_end = True
        self.setWordWrap(True)
        self.setItemDelegate(Breaking(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._follow)
        bar.valueChanged.connect(self._look)

    def add(self, text: str) -> None:
        """One more line, which is then looked at."""
        self._is_at_end = True
        self.addItem(text)
        self.scrollToBottom()

    def _look(self, position: int) -> None:
        self._is_at_end = position >= self.verticalScrollBar().maximum()

    def _follow(self, _least: int, most: int) -> None:
        """Lines get their height, and the list its own, later than the line was added."""
        if self._is_at_end:
            self.verticalScrollBar().setValue(most)
