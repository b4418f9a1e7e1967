"""The part of a request that may be longer than the screen: it scrolls, and knows whether it was read.

Its height is given by the window, which knows what is left; everything in it keeps its own full height.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from gui.parts.boxes import Flow, column, scrolled
from gui.prompt.reading import Reading


class Facts(QWidget):
    """Items, time and place of one request."""

    looked_at = Signal()
    """More or less of them has been seen than before."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self.reading = Reading()
        content = Flow()
        self.column: QVBoxLayout = column(content, gap)
        self.area: QScrollArea = scrolled(content)
        bar = self.area.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_range)
        column(self).addWidget(self.area)

    def wanted(self, width: int) -> int:
        """The height that shows everything in `width` pixels."""
        return self.column.totalMinimumHeightForWidth(width)

    def take(self, height: int, width: int) -> None:
        """Be `height` pixels high, in `width` pixels."""
        self.setFixedHeight(max(1, height))
        self._measure(self.wanted(width), max(1, height))

    def turn_page(self, pages: int) -> None:
        """Scroll by whole pages, down where positive."""
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def _on_range(self, _least: int, last_top: int) -> None:
        """What the area itself found, now that it is on screen."""
        if last_top > 0 and self.isVisible():
            room = self.area.viewport().height()
            self._measure(room + last_top, room)

    def _measure(self, content: int, room: int) -> None:
        self.reading = self.reading.laid_out(content, room)
        scrolls = not self.reading.is_whole
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
        self.looked_at.emit()

    def _on_scrolled(self, top: int) -> None:
        self.reading = self.reading.scrolled(top, self.area.verticalScrollBar().maximum())
        self.looked_at.emit()
