"""One card of settings: a heading, fields, one button, and a line that says how it went."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.language import Language, Wording
from gui.parts.boxes import Card, button, row
from gui.parts.line import Line
from gui.parts.text import Text
from gui.theme.type_scale import SPACE_M, Type


class Section(Card):
    """A heading and what belongs to it; `name` makes its keys: `desktop-profile-<name>`."""

    def __init__(self, language: Language, name: str, *, has_save: bool = True) -> None:
        super().__init__(gap=SPACE_M)
        self.language = language
        self.wording = Wording(self, language)
        self.heading = Text("", Type.TITLE)
        self.wording.put(f"desktop-profile-{name}", self.heading.setText)
        self.column.addWidget(self.heading)
        self.save, self.said = button(look="primary"), Text("", ink="muted")
        self._foot = row(gap=SPACE_M)
        self._foot.addWidget(self.said, 1)
        self._has_save = has_save
        self.said.setVisible(has_save)  # an empty line under nothing would be a gap
        if has_save:
            self._foot.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
            self.wording.put("desktop-save", self.save.setText)
            self.wording.put("desktop-save", lambda text: self.save.setAccessibleName(self._named(text)))

    def add(self, *widgets: QWidget) -> None:
        """Put widgets under each other."""
        for widget in widgets:
            self.column.addWidget(widget)

    def beside(self, *widgets: QWidget) -> None:
        """Put widgets beside each other."""
        line = Line(SPACE_M)
        for widget in widgets:
            line.add(widget, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(line)

    def close_with_foot(self) -> None:
        """Put the button and the line that tells under everything."""
        self.column.addLayout(self._foot)

    def tell(self, sentence: str, *, is_bad: bool = False) -> None:
        """Say how it went."""
        self.said.setText(sentence)
        self.said.setVisible(self._has_save or bool(sentence))
        self.said.set_ink("danger" if is_bad else "accent")

    def _named(self, text: str) -> str:
        return f"{text}: {self.heading.text()}"
