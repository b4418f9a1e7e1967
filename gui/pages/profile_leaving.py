"""The person's data: exported as a file, or deleted after a question that says what goes and what stays."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from core.client.answer import Refusal
from core.domain.errors import NodError
from gui.language import Language
from gui.pages.section import Section
from gui.parts.ask import Ask
from gui.parts.boxes import button
from gui.parts.form import Field, complain_first, line
from gui.parts.line import Line
from gui.parts.text import Text
from gui.refusals import sentence


class LeavingSection(Section):
    """Take it along, or have it deleted."""

    export_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__(language, "data", has_save=False)
        self.about = Text("", ink="muted")
        self.export, self.delete = button(), button(look="danger")
        self.add(self.about)
        buttons = Line()
        for one in (self.export, self.delete):
            buttons.add(one)
        buttons.part()
        self.add(buttons)
        self.close_with_foot()
        self.wording.put("desktop-profile-data-about", self.about.setText)
        self.wording.put("desktop-profile-export", self.export.setText)
        self.wording.put("desktop-profile-delete", self.delete.setText)
        self.export.clicked.connect(self.export_wanted)
        self.delete.clicked.connect(self.delete_wanted)


class DeletionQuestion(Ask):
    """Are you sure? Only whoever types the user ID, and the PIN where one is set, can say yes."""

    agreed = Signal(str, str)
    """The user ID and the PIN as typed."""

    def __init__(self, parent: QWidget, language: Language, user_id: str, *, has_pin: bool) -> None:
        say = language.say
        super().__init__(parent, say("desktop-delete-title"), say("desktop-delete-gone"))
        self._language, self._user_id, self._has_pin = language, user_id, has_pin
        self.kept = Text(say("desktop-delete-kept"), ink="muted")
        self.user_id, self.pin = Field(line()), Field(line(is_secret=True))
        self.user_id.set_label(say("desktop-delete-user-id", user=user_id))
        self.pin.set_label(say("desktop-delete-pin"))
        self.trouble = Text("", ink="danger")
        self.trouble.hide()
        for part in (self.kept, self.user_id, self.pin, self.trouble):
            self.add(part)
        self.pin.setVisible(has_pin)
        self.offer("cancel", say("desktop-cancel"))
        self.yes = self.offer("delete", say("desktop-delete-yes"), "danger", stays=True)
        self.yes.setEnabled(False)
        for field in (self.user_id, self.pin):
            cast(QLineEdit, field.control).textChanged.connect(self._look)
            cast(QLineEdit, field.control).textEdited.connect(lambda _text, of=field: of.complain(""))
        self.answered.connect(self._on_answered)

    def complain(self, trouble: Refusal | NodError) -> None:
        """Say why nothing was deleted, at the field that it is about, and let it be tried again."""
        texts = self._language.texts
        cast(QLineEdit, self.pin.control).clear()
        field = {"wrong_pin": self.pin, "pin_needed": self.pin, "other_user_id": self.user_id}.get(
            trouble.code
        )
        if field is self.pin:
            self._has_pin = True
            self.pin.show()
        if field is not None:
            own = f"desktop-delete-{trouble.code}"
            complain_first({field: texts.say(own) if texts.has(own) else sentence(trouble, texts)})
        else:
            self.trouble.setText(sentence(trouble, texts))
            self.trouble.show()
        self._look()

    def _look(self) -> None:
        is_named = self._text(self.user_id).strip() == self._user_id
        self.yes.setEnabled(is_named and (not self._has_pin or bool(self._text(self.pin))))

    def _on_answered(self, answer: str) -> None:
        if answer == "delete" and self.yes.isEnabled():
            self.yes.setEnabled(False)
            self.trouble.hide()
            self.agreed.emit(self._text(self.user_id).strip(), self._text(self.pin))

    def _text(self, field: Field) -> str:
        return cast(QLineEdit, field.control).text()
