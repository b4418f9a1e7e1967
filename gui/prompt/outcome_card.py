"""What has become of a request, in place of its buttons: one picture, one word, what it means."""

from PySide6.QtWidgets import QFrame

from gui.parts.boxes import column, row
from gui.parts.notices import Picture
from gui.parts.text import Text, restyle, visible
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_M, SPACE_XS, Type
from gui.tones import INKS, Tone


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

    def tell(self, tone: Tone, heading: str, more: str) -> None:
        """Show an end.

        Args:
            tone: how good or bad it is.
            heading: one word or two.
            more: a sentence.
        """
        self.setProperty("look", f"banner-{tone.kind}")
        restyle(self)
        self._picture.show_icon(tone.icon, INKS[tone.kind])
        self.heading.setText(heading)
        self.more.setText(more)
        self.setAccessibleName(visible(f"{heading}. {more}"))
