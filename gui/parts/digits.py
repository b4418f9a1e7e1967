"""A field that takes digits only, typed in any width, and says when all of them are there."""

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLineEdit

from gui.theme.type_scale import Type, font

LETTER_GAP = 6
THIN = "\u2009"
"""A thin space, so that the cursor does not touch the first place."""
EDGE = 13
"""Between the field's edge and its text: the style sheet's padding and border, and what Qt adds."""


def plain_digits(text: str) -> str:
    """The digits of `text`, as 0 to 9: a Japanese keyboard types them in full width."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char in "0123456789")


class DigitsField(QLineEdit):
    """A code of a fixed number of digits, each at its place: the cursor starts before the first of them."""

    completed = Signal(bool)
    """Emitted after each change: whether all digits are there."""

    def __init__(self, digits: int = 2) -> None:
        super().__init__()
        self._digits = digits
        made = font(Type.CODE)
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, LETTER_GAP)
        self.setFont(made)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textChanged.connect(self._clean)
        self.ask_for(digits)

    def ask_for(self, digits: int) -> None:
        """Be empty and take `digits` digits."""
        self._digits = digits
        self.setPlaceholderText(THIN + "–" * digits)
        width = 64 + 28 * digits
        self.setFixedWidth(width)
        written = self.fontMetrics().horizontalAdvance("0" * digits) - LETTER_GAP
        self.setTextMargins(max(0, (width - written) // 2 - EDGE), 0, 0, 0)
        self.clear()

    @property
    def is_complete(self) -> bool:
        """Whether all digits are there."""
        return len(self.text()) == self._digits

    def _clean(self, typed: str) -> None:
        wanted = plain_digits(typed)[: self._digits]
        if wanted != typed:
            self.setText(wanted)
            return
        self.completed.emit(self.is_complete)
