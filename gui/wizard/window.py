"""The first run in one window: profile, then consent to the built-in assistant, then what to say to it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QSizePolicy, QStackedWidget, QWidget

from core.client.answer import Refusal
from core.wire.messages import Enrolled, Profile
from gui.household import Assistant, AssistantStatus
from gui.language import Language, Wording
from gui.link import NAME, Link
from gui.pages.pairing import Pairing
from gui.parts.boxes import column, row
from gui.parts.notices import Blank, Busy, Picture
from gui.parts.text import Text
from gui.refusals import field_of, sentence
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, Type
from gui.wizard.code_step import CodeStep
from gui.wizard.profile_step import ProfileStep

if TYPE_CHECKING:
    from core.client.enrolling import NewPerson

SIZE, LEAST = (860, 660), (360, 320)
NARROW = 700
"""A window that is less wide leaves the list of steps out."""
EDGES = (SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
NARROW_EDGES = (SPACE_M, SPACE_M, SPACE_M, SPACE_M)
STEPS = ("profile", "assistant", "done")


class Wizard(QWidget):
    """What a new user sees first."""

    finished = Signal(bool)
    """Whether an assistant was paired."""
    abandoned = Signal()
    """Closed before there was a profile."""
    enrolled = Signal()
    """There is a profile now: the assistant may be started."""

    def __init__(
        self, theme: Theme, language: Language, link: Link, assistant: Assistant | None = None
    ) -> None:
        super().__init__()
        self.setProperty("look", "window")
        self._language, self._link, self._assistant = language, link, assistant
        self._profile: Profile | None = None
        self._is_paired = self._is_looking = False
        self.profile_step = ProfileStep(theme, language)
        self.code_step = CodeStep(theme, language)
        self.pairing = Pairing(theme, language, link, takes_code=False)
        self.waiting, self.done = Busy(theme, "ai_device"), Blank(theme, "done", "accent")
        self._pile = QStackedWidget()
        self._steps = {name: Text("", Type.BODY) for name in STEPS}
        self._ticks = [_tick(theme) for _ in STEPS]
        self._numbers = [Text(str(at), wraps=False) for at in range(1, len(STEPS) + 1)]
        self._lay_out(theme)
        self._word()
        self._connect()
        self.go_to(self.profile_step)
        self.resize(*SIZE)

    def go_to(self, page: QWidget) -> None:
        """Show a step."""
        self._pile.setCurrentWidget(page)
        names = {self.profile_step: 0, self.code_step: 0, self.done: 2}
        now = names.get(page, 1)
        for at, of_step in enumerate(zip(self._numbers, self._steps.values(), strict=True)):
            for text in of_step:
                text.set_ink("accent" if at == now else "muted")
        for at, tick in enumerate(self._ticks):
            tick.setVisible(at < now and (at == 0 or self._is_paired))

    def be_served(self) -> None:
        """The servers answer: a profile can be made."""
        self.profile_step.be_served()

    def look_at_assistant(self) -> None:
        """The assistant's code or status may have changed."""
        if self._assistant and self._assistant.status() is AssistantStatus.FAILED:
            self.waiting.heading.setText(self._language.say("desktop-wizard-failed"))
            self.waiting.sentence.setText(self._language.say("desktop-wizard-failed-more"))
            self._skip.setText(self._language.say("desktop-pin-yes"))
            self.waiting.picture.show_icon("ai_device", "warn")
            self.waiting.bar.hide()
        code = self._assistant.pairing_code() if self._assistant else None
        if code and self._pile.currentWidget() is self.waiting and not self._is_looking:
            self._is_looking = True
            if self._profile is not None:
                self.pairing.begin(self._profile)
            self.go_to(self.pairing)
            self.raise_()  # on a small screen the device's window has just come up over the question
            self.pairing.look_at(code, self._language.say("desktop-wizard-assistant-name"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < NARROW
        self._side.setHidden(is_narrow)
        self._room.setContentsMargins(*(NARROW_EDGES if is_narrow else EDGES))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        if self._profile is None:
            self.abandoned.emit()
        else:
            self.finished.emit(self._is_paired)

    def _lay_out(self, theme: Theme) -> None:
        side = self._side = QFrame()
        side.setProperty("look", "rail")
        side.setFixedWidth(230)
        steps = column(side, SPACE_M, (SPACE_L, SPACE_XL, SPACE_L, SPACE_L))
        steps.addWidget(Picture(theme, "nod", "accent", 64))
        steps.addWidget(Text("Nod", Type.HEADING))
        self._motto = Text("", ink="muted")
        steps.addWidget(self._motto)
        steps.addSpacing(SPACE_L)
        steps.addLayout(self._lay_out_steps())
        steps.addStretch(1)
        for page in (self.profile_step, self.code_step, self.waiting, self.pairing, self.done):
            self._pile.addWidget(page)
        room = QWidget()
        room.setProperty("look", "window")
        self._room = column(room, 0, EDGES)
        self._room.addWidget(self._pile)
        whole = row(self, 0)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(*LEAST)
        whole.addWidget(side)
        whole.addWidget(room, 1)

    def _lay_out_steps(self) -> QGridLayout:
        """Numbers and names in columns: a narrow 1 moves no name to the left."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_M)
        grid.setColumnStretch(1, 1)
        parts = zip(self._numbers, self._steps.values(), self._ticks, strict=True)
        for at, (number, text, tick) in enumerate(parts):
            grid.addWidget(number, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, at, 1)
            grid.addWidget(tick, at, 2)
        return grid

    def _word(self) -> None:
        wording = Wording(self, self._language)
        wording.put("desktop-wizard-title", self.setWindowTitle, self.setAccessibleName)
        wording.put("desktop-motto", self._motto.setText)
        for name, text in self._steps.items():
            wording.put(f"desktop-wizard-step-{name}", text.setText)
        wording.put("desktop-wizard-waiting", self.waiting.heading.setText)
        wording.put("desktop-wizard-waiting-more", self.waiting.sentence.setText)
        self._skip = self.waiting.offer(lambda: self.finished.emit(False), look="")
        wording.put("desktop-wizard-skip", self._skip.setText)
        self._go_on = self.done.offer(self._finish)
        self._say_done()
        self._language.changed.connect(self._say_done)

    def _connect(self) -> None:
        self.profile_step.agreed.connect(self._register)
        self.profile_step.code_wanted.connect(lambda: self.go_to(self.code_step))
        self.code_step.agreed.connect(self._enrol)
        self.code_step.left.connect(lambda: self.go_to(self.profile_step))
        self.pairing.paired.connect(self._on_paired)
        self.pairing.left.connect(self._on_not_paired)

    def _register(self, person: "NewPerson", pin: str | None) -> None:
        step = self.profile_step
        self._link.register(
            person,
            NAME,
            pin,
            self._on_enrolled,
            lambda error: step.complain(sentence(error, self._language.texts), field_of(error)),
        )

    def _enrol(self, code: str) -> None:
        step = self.code_step
        self._link.enrol(
            code,
            NAME,
            None,
            self._on_enrolled,
            lambda error: step.complain(sentence(error, self._language.texts)),
        )

    def _on_enrolled(self, answer: Enrolled | Refusal) -> None:
        if isinstance(answer, Refusal):
            step = self._pile.currentWidget()
            said = sentence(answer, self._language.texts)
            if isinstance(step, ProfileStep):
                step.complain(said, field_of(answer))
            elif isinstance(step, CodeStep):
                step.complain(said)
            return
        self._profile = answer.profile
        self._language.choose(answer.profile.locale, answer.profile.zone)
        self._say_done()
        if self._assistant is None:
            self.go_to(self.done)
            return
        self.go_to(self.waiting)
        self.waiting.setFocus()
        self.enrolled.emit()
        self.look_at_assistant()

    def be_done(self, profile: Profile) -> None:
        """Profile and assistant are there: say what to do first."""
        self._profile, self._is_paired = profile, True
        self._say_done()
        self.go_to(self.done)

    def _on_paired(self) -> None:
        if self._profile is not None:
            self.be_done(self._profile)

    def _on_not_paired(self) -> None:
        self._say_done()
        self.go_to(self.done)

    def _finish(self) -> None:
        is_paired = self._is_paired
        self.finished.emit(is_paired)
        if is_paired and self._assistant is not None:
            self._assistant.show()

    def _say_done(self) -> None:
        go_on = "desktop-requests-empty-assistant" if self._is_paired else "desktop-wizard-finish"
        self._go_on.setText(self._language.say(go_on))
        nickname = self._profile.nickname if self._profile else ""
        key = "desktop-wizard-done-more" if self._is_paired else "desktop-wizard-done-alone"
        self.done.sentence.setText(self._language.say(key, nickname=nickname))
        heading = "desktop-wizard-done" if self._is_paired else "desktop-wizard-done-alone-title"
        self.done.heading.setText(self._language.say(heading))
        icon, ink = ("done", "accent") if self._is_paired else ("ai_device", "muted")
        self.done.picture.show_icon(icon, ink)


def _tick(theme: Theme) -> Picture:
    """The mark of a step that is done; it keeps its place while it is hidden."""
    made, policy = Picture(theme, "done", "accent", 18), QSizePolicy()
    policy.setRetainSizeWhenHidden(True)
    made.setSizePolicy(policy)
    return made
