"""A question in a window of its own: a sentence, perhaps a widget, and buttons of which none is a default."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QLayout, QPushButton, QWidget

from gui.parts.boxes import button, column, row
from gui.parts.text import Text
from gui.theme.type_scale import SPACE_L, SPACE_M, SPACE_S, Type

WIDTH = 420
"""The least, in pixels."""


class Ask(QDialog):
    """One question; closes itself with the answer."""

    answered = Signal(str)
    """The name of the button."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setMinimumWidth(WIDTH)
        self._stack = column(self, SPACE_M, (SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        self._stack.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # its least height is `_fit`'s
        self._stack.addWidget(Text(title, Type.TITLE))
        self._stack.addWidget(Text(sentence))
        self._foot = row(gap=SPACE_S)
        self._foot.addStretch(1)
        self._stack.addStretch(1)
        self._stack.addLayout(self._foot)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._fit()
        return done

    def _fit(self) -> None:
        """Be as wide as its buttons need, as high as its texts are in this width, and no higher."""
        self.setMinimumWidth(max(WIDTH, self._stack.minimumSize().width()))
        if self._stack.hasHeightForWidth():
            height = self._stack.totalHeightForWidth(self.width())
            self.setMinimumHeight(height)
            self.resize(self.width(), height)

    def add(self, widget: QWidget) -> None:
        """Put a widget between sentence and buttons."""
        self._stack.insertWidget(self._stack.count() - 2, widget)

    def offer(self, name: str, text: str, look: str = "", *, stays: bool = False) -> QPushButton:
        """Add a button.

        Args:
            name: what `answered` says.
            text: what it shows.
            look: `primary`, `danger` or nothing.
            stays: whether the window stays until it is closed by its owner.

        Returns:
            The button.
        """
        made = button(text, look)
        made.clicked.connect(lambda: self._answer(name, stays))
        self._foot.addWidget(made)
        return made

    def _answer(self, name: str, stays: bool) -> None:
        self.answered.emit(name)
        if not stays:
            self.close()
