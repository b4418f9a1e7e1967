"""What has become of a request, in place of its buttons: one picture, one word, what it means."""

from PySide6.QtWidgets import QFrame

from gui.parts.boxes import column, row
from gui.parts.notices import Picture
from gui.parts.text import Text, restyle, visible
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_M, SPACE_XS, Type

LOOKS = {
    "good": ("done", "accent"),
    "bad": ("refused", "danger"),
    "quiet": ("expired", "ink"),
    "refused": ("refused", "ink"),
    "withdrawn": ("withdrawn", "ink"),
    "warn": ("warn", "warn"),
}

GROUNDS = ("good", "bad", "warn")
"""Kinds with a ground of their own."""


class OutcomeCard(QFrame):
    """The end of one request."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._picture = Picture(theme, "done", "accent", 36)
        self.heading = Text("", Type.TITLE)
        self.more = Text("")
        line = row(self, SPACE_M, (SPACE_M, SPACE_M, SPACE_M, SPACE_M))
        line.addWidget(self._picture)
        words = column(gap=SPACE_XS)
        words.addWidget(self.heading)
        words.addWidget(self.more)
        line.addLayout(words, 1)

    def tell(self, kind: str, heading: str, more: str) -> None:
        """Show an end.

        Args:
            kind: one of `LOOKS`.
            heading: one word or two.
            more: a sentence.
        """
        self.setProperty("look", f"banner-{kind}" if kind in GROUNDS else "banner-info")
        restyle(self)
        self._picture.show_icon(*LOOKS[kind])
        self.heading.setText(heading)
        self.more.setText(more)
        self.setAccessibleName(visible(f"{heading}. {more}"))
