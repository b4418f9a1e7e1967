"""The question for the PIN, before what it guards is changed."""

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from core.client.answer import Refusal
from core.domain.errors import NodError
from gui.language import Language
from gui.link import Link
from gui.parts.ask import Ask
from gui.parts.form import Field, line
from gui.parts.text import Text
from gui.refusals import sentence

Work = Callable[[str], Any]
"""What is to be done with the PIN as typed: a coroutine that ends in a value or a `Refusal`."""


class PinQuestion(Ask):
    """What was typed goes to whoever listens, and the window stays until its owner closes it."""

    agreed = Signal(str)
    """The PIN as typed, or empty: without it."""

    def __init__(self, parent: QWidget, language: Language, kind: str) -> None:
        """Prepare it.

        Args:
            parent: the page.
            language: of the texts.
            kind: `change`, where a one-time code helps who forgot the PIN; `code`, where it goes without.
        """
        say = language.say
        super().__init__(parent, say("desktop-pin-title"), say(f"desktop-pin-{kind}"))
        self._language = language
        self.pin, self.trouble = Field(line(is_secret=True)), Text("", ink="danger")
        self.pin.set_label(say("desktop-pin-field"))
        if kind == "change":
            self.pin.set_help(say("desktop-pin-forgotten"))
        self.trouble.hide()
        for part in (self.pin, self.trouble):
            self.add(part)
        self.offer("cancel", say("desktop-cancel"))
        if kind == "code":
            self.without = self.offer("without", say("desktop-pin-without"), stays=True)
        self.yes = self.offer("yes", say("desktop-pin-yes"), "primary", stays=True)
        self.yes.setEnabled(False)
        cast(QLineEdit, self.pin.control).textChanged.connect(self._look)
        cast(QLineEdit, self.pin.control).returnPressed.connect(self.yes.click)
        self.answered.connect(self._on_answered)

    def complain(self, refusal: Refusal | NodError) -> None:
        """Say why nothing was changed, and let it be tried again."""
        is_wrong = isinstance(refusal, Refusal) and refusal.code in ("pin_needed", "wrong_pin")
        say, texts = self._language.say, self._language.texts
        self.trouble.setText(say("desktop-pin-wrong") if is_wrong else sentence(refusal, texts))
        self.trouble.show()
        cast(QLineEdit, self.pin.control).clear()
        if is_wrong:
            self.pin.mark(True)
            self.pin.control.setFocus()

    def _look(self) -> None:
        self.yes.setEnabled(bool(self._typed()))

    def _on_answered(self, answer: str) -> None:
        if answer == "yes" and self.yes.isEnabled():
            self.yes.setEnabled(False)
            self.trouble.hide()
            self.pin.mark(False)
            self.agreed.emit(self._typed())
        elif answer == "without":
            self.agreed.emit("")

    def _typed(self) -> str:
        return cast(QLineEdit, self.pin.control).text().strip()


def ask_for_pin(
    page: QWidget, language: Language, link: Link, work: Work, done: Callable[[Any], object], kind: str
) -> None:
    """Asks for the PIN and does the work with it, until it is done or the question is closed."""
    question = PinQuestion(page, language, kind)

    def ended(answer: Any) -> None:
        if isinstance(answer, Refusal):
            question.complain(answer)
        else:
            question.close()
            done(answer)

    question.agreed.connect(lambda typed: link.ask(lambda: work(typed), ended, question.complain))
    question.show()
