"""The page of the person: who they are, what an approval takes, PIN, code, computer, terminals, data."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.client.answer import Refusal
from core.domain.errors import NodError
from core.wire.messages import EnrolmentCode, Profile, ProfileChange, Terminals, TerminalView
from gui.autostart import Autostart
from gui.language import Language, Wording
from gui.link import Link
from gui.pages.pin_question import Work, ask_for_pin
from gui.pages.profile_leaving import DeletionQuestion, LeavingSection
from gui.pages.profile_machine import MachineSection
from gui.pages.profile_safety import PinSection, SafetySection
from gui.pages.profile_terminals import TerminalsSection
from gui.pages.profile_user_code import UserCodeSection
from gui.pages.profile_you import YouSection
from gui.pages.section import Section
from gui.parts.ask import Ask
from gui.parts.boxes import Flow, column, scrolled
from gui.parts.text import PageTitle
from gui.picture_file import ENDINGS
from gui.portraits import Portraits
from gui.preferences import Preferences
from gui.refusals import sentence
from gui.saving import ask_which
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, SPACE_S


class ProfilePage(QWidget):
    """Everything that the person may set."""

    preferences_changed = Signal(object)
    export_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        language: Language,
        link: Link,
        portraits: Portraits,
        preferences: Preferences,
        autostart: Autostart,
    ) -> None:
        super().__init__()
        self._portraits = portraits
        self._language, self._link, self._autostart = language, link, autostart
        self.title = PageTitle()
        self.you, self.safety = YouSection(theme, language), SafetySection(language)
        self.pin, self.terminals = PinSection(language), TerminalsSection(language)
        self.user_code, self.leaving = UserCodeSection(language), LeavingSection(language)
        self.machine = MachineSection(language, preferences)
        self._user_id, self._has_pin = "", False
        self.machine.show_login(autostart.is_on)
        self._lay_out()
        self._connect()
        wording = Wording(self, language)
        wording.put("desktop-room-profile", self.title.setText)

    def be_of(self, profile: Profile) -> None:
        """Show a profile."""
        self.you.show_profile(profile)
        self.safety.show_profile(profile)
        self.user_code.show_profile(profile)
        self._user_id = profile.user_id
        terminal = self._link.session.terminal
        self.machine.show_stored_in(terminal.stored_in)
        self._ask(terminal.has_pin, self._show_has_pin, self.pin)
        self._ask(lambda: self._link.home.terminals(), self._on_terminals, self.terminals)

    def _lay_out(self) -> None:
        inside = Flow()
        stack = column(inside, SPACE_M, (0, 0, SPACE_M, 0))
        sections = (self.you, self.safety, self.pin, self.user_code, self.machine, self.terminals)
        for section in (*sections, self.leaving):
            stack.addWidget(section)
        stack.addStretch(1)
        whole = column(self, SPACE_M, (SPACE_L, SPACE_L, SPACE_S, SPACE_L))
        whole.addWidget(self.title)
        whole.addWidget(scrolled(inside), 1)

    def _connect(self) -> None:
        self.you.changed.connect(lambda change: self._change(change, self.you))
        self.safety.changed.connect(lambda change: self._change(change, self.safety))
        self.pin.pin_chosen.connect(self._on_pin)
        self.machine.changed.connect(self.preferences_changed)
        self.machine.login_wanted.connect(self._on_login)
        self.terminals.code_wanted.connect(self._on_code_wanted)
        self.terminals.remove_wanted.connect(self._on_remove)
        self.you.picture_wanted.connect(self._on_picture_wanted)
        self.you.picture_unwanted.connect(lambda: self._portraits.remove(self._complain_of_picture))
        self._portraits.changed.connect(self.you.show_person)
        self.user_code.changed.connect(lambda change: self._change(change, self.user_code))
        self.leaving.export_wanted.connect(self.export_wanted)
        self.leaving.delete_wanted.connect(self._ask_about_deletion)

    def _change(self, change: ProfileChange, section: Section) -> None:
        def done(answer: Profile | Refusal) -> None:
            if not self._is_refused(answer, section):
                section.tell(self._language.say("desktop-saved"))

        self._guarded(lambda typed: self._link.session.change_profile(change, typed), done, section)

    def _on_picture_wanted(self) -> None:
        title = self._language.say("desktop-profile-picture-choose")
        kinds = f"{self._language.say('desktop-profile-picture-kinds')} ({ENDINGS})"
        path = ask_which(self, title, kinds)
        if path is not None:
            self.you.tell("")
            self._portraits.choose(path, self._complain_of_picture)

    def _complain_of_picture(self, trouble: str | Refusal | NodError) -> None:
        texts = self._language.texts
        said = texts.say(trouble) if isinstance(trouble, str) else sentence(trouble, texts)
        self.you.tell(said, is_bad=True)

    def _on_pin(self, pin: str | None) -> None:
        def done(answer: Profile | Refusal) -> None:
            if not self._is_refused(answer, self.pin):
                self._show_has_pin(pin is not None)

        self._guarded(lambda typed: self._link.session.terminal.set_pin(pin, typed), done, self.pin)

    def _guarded(self, work: Work, done: Callable[[Any], object], section: Section) -> None:
        """Tries without the PIN, and asks for it where the server says that it is needed."""

        def ended(answer: Any) -> None:
            if isinstance(answer, Refusal) and answer.code == "pin_needed":
                ask_for_pin(self, self._language, self._link, work, done, "change")
            else:
                done(answer)

        self._ask(lambda: work(""), ended, section)

    def _show_has_pin(self, has_pin: bool) -> None:
        self._has_pin = has_pin
        self.pin.show_has_pin(has_pin)
        self.safety.show_has_pin(has_pin)

    def _ask_about_deletion(self) -> None:
        question = DeletionQuestion(self, self._language, self._user_id, has_pin=self._has_pin)
        question.agreed.connect(lambda user_id, pin: self._delete(question, user_id, pin))
        question.show()

    def _delete(self, question: DeletionQuestion, user_id: str, pin: str) -> None:
        def done(refusal: Refusal | None) -> None:
            if refusal is None:
                question.close()  # what follows is the session's to tell
            else:
                question.complain(refusal)

        self._link.ask(
            lambda: self._link.session.delete_person(user_id, pin or None), done, question.complain
        )

    def _on_login(self, is_wanted: bool) -> None:
        self._autostart.turn(is_wanted)
        self.machine.show_login(self._autostart.is_on)

    def _on_terminals(self, answer: Terminals | Refusal) -> None:
        if not self._is_refused(answer, self.terminals) and isinstance(answer, Terminals):
            self.terminals.show_terminals(answer.terminals)

    def _on_code_wanted(self) -> None:
        def done(answer: EnrolmentCode | Refusal) -> None:
            if not self._is_refused(answer, self.terminals) and isinstance(answer, EnrolmentCode):
                self.terminals.show_code(answer)

        def work(typed: str) -> Any:
            return self._link.session.terminal.enrolment_code(typed)

        if self._has_pin:
            ask_for_pin(self, self._language, self._link, work, done, "code")
        else:
            self._ask(lambda: work(""), done, self.terminals)

    def _on_remove(self, terminal: TerminalView) -> None:
        say = self._language.say
        question = Ask(self, say("desktop-profile-terminal-remove"), terminal.name)
        question.offer("cancel", say("desktop-cancel"))
        question.offer("remove", say("desktop-profile-terminal-remove"), "danger")
        question.answered.connect(lambda answer: self._remove(terminal) if answer == "remove" else None)
        question.show()

    def _remove(self, terminal: TerminalView) -> None:
        def done(answer: Refusal | None) -> None:
            if not self._is_refused(answer, self.terminals):
                self._ask(lambda: self._link.home.terminals(), self._on_terminals, self.terminals)

        self._ask(lambda: self._link.home.remove_terminal(terminal.terminal_id), done, self.terminals)

    def _is_refused(self, answer: object, section: Section) -> bool:
        if isinstance(answer, Refusal):
            section.tell(sentence(answer, self._language.texts), is_bad=True)
            return True
        return False

    def _ask(self, work: Callable[[], Any], done: Callable[[Any], object], section: Section) -> None:
        def failed(error: NodError) -> None:
            section.tell(sentence(error, self._language.texts), is_bad=True)

        self._link.ask(work, done, failed)
