"""What closing the main window means: asked once, then remembered."""

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox

from core.presentation import formats
from gui.language import Language
from gui.main_window import MainWindow
from gui.parts.ask import Ask
from gui.preferences import PreferencesFile
from gui.tray import Tray


class Closing(QObject):
    """Keep answering in the background, or quit."""

    quit_wanted = Signal()

    def __init__(
        self, window: MainWindow, language: Language, preferences: PreferencesFile, tray: Tray
    ) -> None:
        super().__init__(window)
        self._window, self._language = window, language
        self._preferences, self._tray = preferences, tray
        self.question: Ask | None = None
        """The question while it is open."""
        self.is_aside = False
        """Whether the window was put into the background."""

    def ask(self) -> None:
        """The window is to be closed."""
        chosen = self._preferences.load().on_close
        if chosen == "ask":
            self._show_question()
        else:
            self._do(chosen)

    def _show_question(self) -> None:
        if self.question is not None:
            return
        say = self._language.say
        told = [say("desktop-close-ask")] + ([] if self._tray.is_there else [say("desktop-close-way-back")])
        sentence = formats.in_a_row(told, self._language.texts)
        question = Ask(self._window, say("desktop-close-title"), sentence)
        remember = QCheckBox(say("desktop-close-remember"))
        question.add(remember)
        question.offer("cancel", say("desktop-cancel"))
        question.offer("quit", say("desktop-close-quit"))
        question.offer("stay", say("desktop-close-stay"), "primary").setFocus()
        question.answered.connect(lambda answer: self._on_answer(answer, remember.isChecked()))
        question.destroyed.connect(self._forget)
        self.question = question
        question.show()

    def _forget(self) -> None:
        self.question = None

    def _on_answer(self, answer: str, is_remembered: bool) -> None:
        if answer == "cancel":
            return
        if is_remembered:
            self._preferences.save(msgspec.structs.replace(self._preferences.load(), on_close=answer))
        self._do(answer)

    def _do(self, answer: str) -> None:
        if answer == "quit":
            self.quit_wanted.emit()
        elif self._tray.is_there:
            self.is_aside = True
            self._window.hide()
        else:
            self._window.showMinimized()
