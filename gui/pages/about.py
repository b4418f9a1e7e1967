"""What Nod is, what it stands on, and under which licences."""

from pathlib import Path

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget

from core.presentation.typeface import LICENCE
from gui.language import Language, Wording
from gui.parts.boxes import Card, Flow, column, row, scrolled
from gui.parts.notices import Picture
from gui.parts.text import Text
from gui.theme.families import semibold
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, Type

TOP = Path(__file__).resolve().parents[2]
LEAST_LICENCES = 120
"""Pixels; on a small screen the whole page scrolls."""
LICENCES = (TOP / "docs" / "licences.md", LICENCE)


class AboutPage(QWidget):
    """About and licences."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        card = Card()
        head = row(gap=SPACE_L)
        head.addWidget(Picture(theme, "nod", "accent", 72))
        words = column()
        self.what, self.how, self.places = Text(""), Text("", ink="muted"), Text("", ink="muted")
        words.addWidget(Text("Nod", Type.HEADING))
        words.addWidget(self.what)
        head.addLayout(words, 1)
        card.column.addLayout(head)
        card.column.addWidget(self.how)
        card.column.addWidget(self.places)
        self.licences_title, self.licences = Text("", Type.TITLE), QTextEdit()
        self.licences.setReadOnly(True)
        self.licences.setMarkdown(_licences())
        _strengthen(self.licences.document())
        self.licences.setTabChangesFocus(True)
        self.licences.setMinimumHeight(LEAST_LICENCES)
        inside = Flow()
        stack = column(inside, SPACE_M)
        for part in (card, self.licences_title):
            stack.addWidget(part)
        stack.addWidget(self.licences, 1)
        column(self, SPACE_M, (SPACE_L, SPACE_L, SPACE_L, SPACE_L)).addWidget(scrolled(inside))
        wording = Wording(self, language)
        wording.put("desktop-about-what", self.what.setText)
        wording.put("desktop-about-how", self.how.setText)
        wording.put("desktop-about-places", self.places.setText)
        wording.put("desktop-about-licences", self.licences_title.setText, self.licences.setAccessibleName)


def _licences() -> str:
    texts = (path.read_text(encoding="utf-8") for path in LICENCES if path.is_file())
    return "\n\n".join(texts)


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
