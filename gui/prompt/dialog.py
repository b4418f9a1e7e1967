"""The window that asks: one request, its countdown, and the answers.

It is shown on top without taking the keyboard, so whoever is typing elsewhere goes on undisturbed. It tells
its presenter what happens to it (activated, moved, minimised, a key) and is told when it is armed; Esc and
the window's close button put it aside, which decides nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QMoveEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QLayout, QLineEdit, QWidget

from core.presentation.lines import Lines, about_line
from core.wire.messages import RequestView
from gui.beat import Beat
from gui.language import Language, Wording
from gui.parts.boxes import button, column, row
from gui.parts.caret import Caret
from gui.parts.notices import Banner
from gui.parts.placing import FRAME, within
from gui.parts.text import Text, visible
from gui.prompt.answers import Answers
from gui.prompt.cases import TROUBLED
from gui.prompt.countdown_ring import CountdownRing
from gui.prompt.endings import Ending
from gui.prompt.fitting import Fitting
from gui.prompt.outcome_card import OutcomeCard
from gui.prompt.request_card import RequestCard
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_M, Type

PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}


class PromptDialog(QDialog):
    """One request at a time."""

    attention_changed = Signal()
    """It became active or inactive, was minimised, restored, shown or hidden."""
    moved = Signal()
    stirred = Signal()
    """A key or a click that was meant for none of its controls."""
    put_aside = Signal()
    list_wanted = Signal()
    """The person wants to see everything that waits."""
    closed = Signal()
    """The person has seen the end and closed it."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        *,
        beat: Beat | None = None,
        reduced_motion: bool = False,
        room: Callable[[], QSize] | None = None,
    ) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._language = language
        self.card = RequestCard(theme, language, scrolls=True)
        self.ring = CountdownRing(theme, language, beat, reduced_motion=reduced_motion)
        self.card.corner.addWidget(self.ring)
        self.unusual = Banner(theme, "warn", "warn")
        self.answers = Answers(language)
        self.outcome = OutcomeCard(theme)
        self.hint = Text("", Type.CAPTION, ink="muted")
        self.waiting = button(look="quiet")
        self.waiting.hide()
        self.close_button = button(look="primary")
        self.aside_button = button(look="quiet")
        self._lay_out()
        self._fitting = Fitting(self, room or self._screen_room)
        self._once_more = QTimer(self)
        self._once_more.setSingleShot(True)
        self._once_more.setInterval(0)
        self._once_more.timeout.connect(self._fitting.fit)
        self.card.rebuilt.connect(self._watch_facts)
        self._word(Wording(self, language))
        self.close_button.clicked.connect(self.closed.emit)
        self.answers.turned.connect(self._fit)
        self.aside_button.clicked.connect(self.put_aside.emit)
        self.waiting.clicked.connect(self.list_wanted.emit)
        self._is_over = False
        self._caret = Caret()
        self._place: QPoint | None = None
        """Where it was when it was last hidden."""

    def ask(self, view: RequestView, lines: Lines, *, needs_pin: bool, can_approve: bool = True) -> None:
        """Show a request to be answered, not yet armed."""
        self._is_over = False
        self._show(view, lines)
        self.answers.ask(lines.who, view.details.context.match_digits, needs_pin, can_approve)
        self.arm(False, "prompt-hint-moment")
        self._show_part(self.answers)
        about = about_line(view, lines, self._language.texts, self._language.zone)
        self.setAccessibleDescription(_read_out(lines, about))
        self._fit()

    def show_lines(self, view: RequestView, lines: Lines) -> None:
        """The same request in another language."""
        self._show(view, lines)
        self._fit()

    def warn(self, sentence: str, kind: str = "warn") -> None:
        """Say what is unusual about the request, or `bad`; nothing where the sentence is empty."""
        if sentence or not self.unusual.isHidden():
            self.unusual.tell(sentence, kind)
            self._fit()

    def arm(self, is_armed: bool, hint: str) -> None:
        """Let it be answered or not, and say why not."""
        self.answers.arm(is_armed)
        self.hint.setText(self._language.say(hint))
        self.hint.set_ink("danger" if hint in TROUBLED else "muted")

    @property
    def may_close(self) -> bool:
        """Whether an end has stood for long enough to be closed."""
        return self.close_button.isEnabled()

    def let_close(self, is_let: bool) -> None:
        """Let an end be closed or not yet; the keyboard is at Close then, and Enter closes."""
        is_new = is_let and self._is_over and not self.close_button.isEnabled()
        self.close_button.setEnabled(is_let)
        if is_new:
            self.close_button.setFocus()

    def count_waiting(self, count: int) -> None:
        """Say how many more requests wait."""
        self.waiting.setText(self._language.say("prompt-waiting", count=count) if count else "")
        self.waiting.setVisible(count > 0)

    def end(self, ending: Ending) -> None:
        """Show what has become of it; answers are gone."""
        self._is_over = True
        self.answers.freeze()
        self.ring.stop()
        self.ring.hide()
        self.outcome.tell(ending.tone, ending.heading, ending.more)
        self.unusual.hide()
        self.hint.setText("")
        self.setFocus()  # or the keyboard would stay with a button that goes away
        self._show_part(self.outcome)
        self._fit()

    def setVisible(self, is_visible: bool) -> None:
        """Come up where it was: desktops forget the place of a hidden window, or forget its frame."""
        if is_visible and not self.isVisible() and self.testAttribute(Qt.WidgetAttribute.WA_Moved):
            handle, room = self.windowHandle(), self.screen().availableGeometry()
            is_framed = handle is not None and not handle.frameMargins().isNull()
            place = within(self._place or self.pos(), self.size(), room, is_framed=is_framed)
            self.move(place)
            if handle is not None:
                handle.setFramePosition(place)
        elif not is_visible and self.isVisible():
            self._place = self.pos()
        super().setVisible(is_visible)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._caret.be_still(self.isActiveWindow())
        if event.type() in {QEvent.Type.ActivationChange, QEvent.Type.WindowStateChange}:
            self.attention_changed.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        facts = self.card.facts
        if facts is not None and event.key() in PAGES:
            facts.turn_page(PAGES[Qt.Key(event.key())])
            return
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if (
            not (is_enter and isinstance(self.focusWidget(), (QLineEdit, QAbstractButton)))
            and event.key() not in MODIFIERS
        ):
            self.stirred.emit()
        if not is_enter:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.stirred.emit()
        super().mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self._leave()

    def reject(self) -> None:
        self._leave()

    def _show(self, view: RequestView, lines: Lines) -> None:
        self._fitting.begin()
        self.card.show_request(view, lines)

    def _leave(self) -> None:
        (self.closed if self._is_over else self.put_aside).emit()

    def _lay_out(self) -> None:
        self.stack = column(self)
        for part in (self.card, self.unusual, self.answers, self.outcome):
            self.stack.addWidget(part)
        self.stack.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # or it never shrinks again
        self.unusual.hide()
        foot = row(gap=SPACE_M)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.waiting)
        foot.addWidget(self.aside_button)
        foot.addWidget(self.close_button)
        self.stack.addLayout(foot)
        QWidget.setTabOrder(self.answers.approve, self.waiting)
        QWidget.setTabOrder(self.waiting, self.aside_button)

    def _word(self, wording: Wording) -> None:
        wording.put("prompt-title", self.setWindowTitle, self.setAccessibleName)
        wording.put("prompt-close", self.close_button.setText)
        wording.put("prompt-aside", self.aside_button.setText)
        wording.put("prompt-waiting-tip", self.waiting.setToolTip, self.waiting.setAccessibleDescription)
        wording.put(
            "prompt-aside-tip", self.aside_button.setToolTip, self.aside_button.setAccessibleDescription
        )

    def _show_part(self, part: QWidget) -> None:
        for one in (self.answers, self.outcome):
            one.setVisible(one is part)
        is_asking = part is self.answers
        self.ring.setVisible(is_asking)
        self.aside_button.setVisible(is_asking)
        self.close_button.setVisible(not is_asking)

    def _watch_facts(self) -> None:
        """Other facts are there: they come last in the tab order."""
        if self.card.facts is not None:
            QWidget.setTabOrder(self.aside_button, self.card.facts.area)

    def _fit(self) -> None:
        """Be as high as the content; once more when the parts inside have noticed what changed."""
        self._fitting.fit()
        self._once_more.start()

    def _screen_room(self) -> QSize:
        return self.screen().availableGeometry().size() - QSize(0, FRAME.height())


def _read_out(lines: Lines, about: str) -> str:
    """Everything on the card as one text, for a screen reader that meets the window."""
    parts = (lines.headline, lines.amount, lines.payee, *lines.what, lines.when, lines.where, about)
    return ". ".join(visible(part) for part in parts if part)
