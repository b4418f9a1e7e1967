"""Labels that show plain text, whatever the text says, and wrap rather than hide it."""

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from core.presentation.breaks import breakable
from gui.theme.families import strong_for
from gui.theme.type_scale import CONTROL_HEIGHT, Type, font

HIDDEN = frozenset({"Cc", "Co", "Cs", "Cn", "Zl", "Zp", "Cf"})
LONGEST = 400
"""Characters of one text that are shown at most."""


class Text(QLabel):
    """One text, never interpreted as markup."""

    def __init__(
        self,
        text: str = "",
        role: Type = Type.BODY,
        *,
        ink: str = "ink",
        wraps: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role))
        self.setWordWrap(wraps)
        self.setProperty("ink", ink)
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def setText(self, text: str) -> None:
        text = visible(text)
        self._strengthen(text)
        shown = breakable(text) if self.wordWrap() else text
        super().setText(
            shown.replace("&", "&&") if self.buddy() else shown
        )  # or it would hide its next letter
        self.setAccessibleName(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._strengthen(self.text())  # the style sheet gives the first font back when it is first laid on

    def _strengthen(self, text: str) -> None:
        if self.font().weight() >= QFont.Weight.DemiBold:
            wanted = strong_for(self.font(), text)
            if wanted != self.font():
                self.setFont(wanted)

    def set_ink(self, ink: str) -> None:
        """Show it in the colour of another purpose."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            restyle(self)


class PageTitle(Text):
    """The name of a room: at the same height whether or not there is something to press beside it."""

    def __init__(self) -> None:
        super().__init__("", Type.HEADING)
        self.setMinimumHeight(CONTROL_HEIGHT)


class Chip(Text):
    """A short remark on a coloured ground: `warn`, `info`, `good`, `bad`, `quiet`."""

    def __init__(self, text: str = "", kind: str = "quiet", parent: QWidget | None = None) -> None:
        super().__init__(text, Type.CAPTION, wraps=False, parent=parent)
        self.setProperty("look", f"chip-{kind}")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def set_kind(self, kind: str) -> None:
        """Show it on another ground."""
        if self.property("look") != f"chip-{kind}":
            self.setProperty("look", f"chip-{kind}")
            restyle(self)


def visible(text: str) -> str:
    """The text with every character that hides or reorders others replaced, and with an end.

    What comes in has passed the text gate; this holds where a server did not keep to it.
    """
    shown = "".join("\ufffd" if unicodedata.category(char) in HIDDEN else char for char in text)
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a changed property again; one that it has not seen yet needs nothing."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
