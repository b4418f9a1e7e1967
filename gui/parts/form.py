"""A column of labelled fields, each with a line of help or of complaint under it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.parts.boxes import Flow, column
from gui.parts.text import Text, restyle
from gui.theme.type_scale import SPACE_L, SPACE_XS, Type


class Field(QWidget):
    """A label, what is typed or chosen, and a line under it."""

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self.control = control
        self.label = Text("", Type.STRONG)
        self.label.setBuddy(control)
        self.help = Text("", Type.CAPTION, ink="muted")
        self.help.hide()
        self._help_text = ""
        stack = column(self, SPACE_XS)
        for part in (self.label, control, self.help):
            stack.addWidget(part)

    def set_label(self, text: str) -> None:
        """Name the field, on screen and for a screen reader."""
        self.label.setText(text.replace("&", ""))
        self.control.setAccessibleName(text.replace("&", ""))

    def set_help(self, text: str) -> None:
        """Explain the field."""
        self._help_text = text
        self.complain("")

    def complain(self, text: str) -> None:
        """Say what is wrong with it; nothing where the text is empty."""
        self.help.setText(text or self._help_text)
        self.help.set_ink("danger" if text else "muted")
        self.help.setVisible(bool(text or self._help_text))
        self.control.setAccessibleDescription(text or self._help_text)
        self.mark(bool(text))

    def mark(self, is_wrong: bool) -> None:
        """Give it the looks of a field that was refused, or take them away."""
        self.control.setProperty("wrong", "true" if is_wrong else "false")
        restyle(self.control)


def complain_first(found: Mapping[Field, str]) -> bool:
    """Tell each field what is wrong with it, with the keyboard in the first; whether there was one."""
    for field, text in found.items():
        field.complain(text)
    wrong = next((field for field, text in found.items() if text), None)
    if wrong is not None:
        wrong.control.setFocus()
    return wrong is not None


def form(*parts: QWidget | None) -> Flow:
    """Fields under each other; None leaves a gap that grows."""
    made = Flow()
    made.setProperty("look", "clear")
    stack = column(made, SPACE_L)
    for part in parts:
        if part is None:
            stack.addStretch(1)
        else:
            stack.addWidget(part)
    return made


def line(text: str = "", *, is_secret: bool = False) -> QLineEdit:
    """A field for one line."""
    made = QLineEdit(text)
    if is_secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
