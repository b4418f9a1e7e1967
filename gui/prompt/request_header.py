"""Who asks: icon by kind, the approver's own name for it, how it calls the approver, and since when."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.presentation import formats
from core.presentation.lines import Lines, about_line
from core.wire.messages import RequestView
from gui.language import Language
from gui.parts.boxes import column, row
from gui.parts.notices import Picture
from gui.parts.text import Chip, Text
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_M, SPACE_XS, Type, font

NO_BREAK = "\u00a0"
"""Keeps a date together at the end of a line."""


class RequestHeader(QWidget):
    """The head of a request's card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._picture = Picture(theme, "ai_device", "accent", 40)
        self.name = Text("", Type.TITLE)
        self._about = Text("", Type.CAPTION, ink="muted")
        self._first = Chip("", "warn")
        line = row(self, SPACE_M)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=SPACE_XS)
        words.addWidget(self.name)
        words.addWidget(self._about)
        words.addWidget(self._first, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        line.addLayout(words, 1)

    def show_requester(self, view: RequestView, lines: Lines, language: Language, *, is_tight: bool) -> None:
        """Show who asks; on a small screen nothing but the name."""
        self._picture.show_icon(view.details.context.requester.kind, "accent")
        self._picture.setVisible(not is_tight)
        self.name.setFont(font(Type.STRONG if is_tight else Type.TITLE))
        self.name.setText(lines.headline)
        day = formats.day(view.asker.paired_at, language.zone, language.locale)
        about = about_line(view, lines, language.texts, language.zone)
        self._about.setText(about.replace(day, day.replace(" ", NO_BREAK)))
        self._about.setVisible(not is_tight)
        self._first.setText(language.say("lines-first-time"))
        self._first.setVisible(view.asker.first_request and not is_tight)
