"""What Nod is, what it stands on, and under which licences."""

import re
import tomllib
from pathlib import Path

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from core.presentation.typeface import LICENCE
from gui.language import Language, Wording
from gui.parts.boxes import Card, Flow, column, row, scrolled
from gui.parts.notices import Picture
from gui.parts.text import PageTitle, Text
from gui.theme.families import semibold
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, Type

TOP = Path(__file__).resolve().parents[2]
LEAST_LICENCES = 120
"""Pixels; on a small screen the whole page scrolls."""
LARGEST = 1
"""Steps by which a heading of the licences is larger than their text."""
PROJECT = TOP / "pyproject.toml"
LICENCES = (TOP / "docs" / "licences.md", LICENCE)


class AboutPage(QWidget):
    """About and licences."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.title = PageTitle()
        card = Card()
        head = row(gap=SPACE_L)
        head.addWidget(Picture(theme, "nod", "accent", 72))
        words = column()
        self.version = Text("", Type.CAPTION, ink="muted")
        self.what, self.how, self.places = Text(""), Text("", ink="muted"), Text("", ink="muted")
        words.addWidget(Text("Nod", Type.HEADING))
        words.addWidget(self.version)
        words.addWidget(self.what)
        head.addLayout(words, 1)
        card.column.addLayout(head)
        card.column.addWidget(self.how)
        card.column.addWidget(self.places)
        self.licences_title, self.licences = Text("", Type.TITLE), QTextEdit()
        self.licences.setReadOnly(True)
        self.licences.setMarkdown(_licences())
        _strengthen(self.licences.document())
        _calm(self.licences.document())
        self.licences.setTabChangesFocus(True)
        self.licences.setMinimumHeight(LEAST_LICENCES)
        inside = Flow()
        stack = column(inside, SPACE_M)
        for part in (self.title, card, self.licences_title):
            stack.addWidget(part)
        stack.addWidget(self.licences, 1)
        column(self, SPACE_M, (SPACE_L, SPACE_L, SPACE_L, SPACE_L)).addWidget(scrolled(inside))
        wording = Wording(self, language)
        self._language, self._number = language, _version()
        language.changed.connect(self._say_version)
        self._say_version()
        wording.put("desktop-room-about", self.title.setText)
        wording.put("desktop-about-what", self.what.setText)
        wording.put("desktop-about-how", self.how.setText)
        wording.put("desktop-about-places", self.places.setText)
        wording.put("desktop-about-licences", self.licences_title.setText, self.licences.setAccessibleName)

    def _say_version(self) -> None:
        self.version.setText(self._language.say("desktop-about-version", version=self._number))


def _licences() -> str:
    """What is used, without the title and the paragraph on how the list is made; then each text in full."""
    texts = [path.read_text(encoding="utf-8") for path in LICENCES if path.is_file()]
    first, *more = texts or [""]
    used = re.sub(r"(?<=\w)'(?=\w)", "’", first.split("\n\n", 2)[-1])
    return "\n\n".join((used, *more))


def _version() -> str:
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def _calm(document: QTextDocument) -> None:
    """No heading in the licences is larger than the one above them."""
    cursor, wanted, block = QTextCursor(document), QTextCharFormat(), document.begin()
    wanted.setProperty(QTextFormat.Property.FontSizeAdjustment, LARGEST)
    while block.isValid():
        if block.blockFormat().headingLevel():
            cursor.setPosition(block.position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(wanted)
        block = block.next()


def _strengthen(document: QTextDocument) -> None:
    """Show what is bold in our stronger cut: markdown asks for one that we do not have, and Qt smears it."""
    strong, cursor = semibold(document.defaultFont()), QTextCursor(document)
    wanted = QTextCharFormat()
    wanted.setFontFamilies(strong.families())
    wanted.setFontWeight(strong.weight())
    for start, end in _bold(document):
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(wanted)


def _bold(document: QTextDocument) -> list[tuple[int, int]]:
    found, block = [], document.begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            piece = at.fragment()
            if piece.charFormat().fontWeight() > QFont.Weight.DemiBold:
                found.append((piece.position(), piece.position() + piece.length()))
            at += 1
        block = block.next()
    return found
