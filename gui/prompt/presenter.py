"""Stands between the session and the prompt's window: which request is asked about, and what a press does.

The rules are `core.terminal.prompt`'s, the order is `core.terminal.queue`'s; this forwards to them what
happens to the window and shows what they say. It runs on the Qt thread and never waits.
"""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from core.domain.decision import Decision, Presence, Reason
from core.domain.doubt import Doubt
from core.domain.request import State
from core.presentation.formats import instant
from core.presentation.lines import Lines, lines
from core.terminal.events import Answered, Inquiry, NotSent
from core.terminal.prompt import Phase, Prompt
from core.terminal.queue import PromptQueue
from core.wire.messages import RequestView
from gui.language import Language
from gui.parts.digits import plain_digits
from gui.prompt.cases import Case, case_of, end_of, gravity, hint, remark
from gui.prompt.dialog import PromptDialog

SETTLE_S = 0.7
"""How long an end stands before it can be closed, so that no press meant for Approve closes it."""
LINGER_S = 3.0
"""An end stays on screen so long before the next request may take its place."""


class Presenter(QObject):
    """Several requests, one window."""

    pressed = Signal(str, object)
    """A request's id and the `Press` to send."""
    block_wanted = Signal(str)
    """The client id of a device to block."""
    noticed = Signal(object)
    """An `Inquiry` came on screen: for sound, tray and task bar."""

    def __init__(self, dialog: PromptDialog, language: Language, steady: Callable[[], float]) -> None:
        super().__init__(dialog)
        self.queue = PromptQueue()
        self._dialog, self._language, self._steady = dialog, language, steady
        self._cases: dict[str, Case] = {}
        self._shown: Case | None = None
        self._past: Callable[[], tuple[RequestView, ...]] = tuple
        self._wake = QTimer(self)
        self._wake.setSingleShot(True)
        self._wake.timeout.connect(self.look)
        self._connect()

    @property
    def shown_id(self) -> str | None:
        """The request in the window."""
        return self._shown.view.id if self._shown else None

    def compare_with(self, past: Callable[[], tuple[RequestView, ...]]) -> None:
        """Say where the requests come from beside which a new one may be unusual."""
        self._past = past

    def arrive(self, inquiry: Inquiry) -> None:
        """A request is there, or the look at it was repeated."""
        case = self._cases.get(inquiry.id)
        if case is None:
            self._cases[inquiry.id] = case_of(inquiry)
            self.queue = self.queue.add(inquiry.id)
        else:
            case.view, case.inquiry = inquiry.view, inquiry
            checked = case.prompt.checked(can_approve=inquiry.trouble is None)
            case.prompt = checked.recounted(inquiry.countdown.ends_steady)
            if case is self._shown and case.prompt.over is None:
                self._ask(case)
        self._next()

    def change(self, view: RequestView, doubt: Doubt | None = None) -> None:
        """A request moved on: decided here or elsewhere, expired, withdrawn, paid; its receipt in doubt."""
        case = self._cases.get(view.id)
        if case is None:
            return
        case.view, case.doubt = view, doubt
        case.prompt = case.prompt.ended(view.state, view.reason)
        self._after_end(case)

    def answered(self, answer: Answered) -> None:
        """The server has taken our decision, or says what stood before it."""
        case = self._cases.get(answer.id)
        if case is not None and case.view.state is State.PENDING:
            self.change(msgspec.structs.replace(case.view, state=answer.state, reason=answer.reason))

    def not_sent(self, news: NotSent) -> None:
        """Our decision was not taken; the person may try again."""
        case, now = self._cases.get(news.id), self._steady()
        if case is None:
            return
        if news.code == "wrong_pin":
            case.prompt = case.prompt.pin_was_wrong(now)
        elif news.code == "pin_needed":
            case.prompt = case.prompt.pin_is_needed(now)
        else:
            case.prompt = case.prompt.was_refused(now)
        if case is self._shown:
            if news.code == "pin_needed":
                self._ask(case)
            self._dialog.answers.thaw(is_pin_wanted=news.code in {"wrong_pin", "pin_needed"})
            self.look()

    def unanswered(self, request_id: str) -> None:
        """Our decision was sent and the server stayed away."""
        case = self._cases.get(request_id)
        if case is not None:
            case.is_lost = True
            case.prompt = case.prompt.went_unanswered()
            self._after_end(case)

    def open(self, request_id: str) -> None:
        """The person wants to see this request now."""
        if request_id not in self.queue:
            return
        self.queue = self.queue.open(request_id)
        self._show_current()
        self._dialog.activateWindow()
        self._dialog.raise_()

    def _connect(self) -> None:
        dialog, answers = self._dialog, self._dialog.answers
        dialog.attention_changed.connect(self._on_attention)
        dialog.moved.connect(lambda: self._turn(lambda prompt, now: prompt.moved(now)))
        dialog.stirred.connect(lambda: self._turn(lambda prompt, now: prompt.stray(now)))
        dialog.put_aside.connect(self._on_aside)
        dialog.closed.connect(self._on_closed)
        dialog.ring.ran_out.connect(self.look)
        answers.code.textEdited.connect(self._on_code)
        answers.pin.textEdited.connect(self._on_pin)
        answers.changed.connect(self.look)
        answers.approved.connect(lambda: self._press(Decision.APPROVE))
        answers.denied.connect(lambda why: self._press(Decision.DENY, why))
        answers.reported.connect(self._on_report)
        self._language.changed.connect(self._on_language)

    def _next(self) -> None:
        """Show what the queue says, unless the end of the one before is still being read."""
        shown = self._shown
        if shown is not None and (shown.over_since is None or self._is_lingering(shown)):
            self._count()
            return
        self._show_current()

    def _is_lingering(self, case: Case) -> bool:
        since = case.over_since
        return since is not None and self._steady() < since + LINGER_S

    def _show_current(self) -> None:
        if self._shown is not None and self._shown.over_since is not None:
            self._forget(self._shown)
        current = self.queue.current
        if current is None:
            self._shown = None
            self._dialog.hide()
            return
        case = self._cases[current]
        is_new = case is not self._shown
        if self._shown is not None and is_new:
            self._shown.prompt = self._shown.prompt.hidden()
        self._shown = case
        self._ask(case)
        self._dialog.show()
        case.prompt = case.prompt.shown(self._steady(), active=self._dialog.isActiveWindow())
        if is_new:
            self.noticed.emit(case.inquiry)
        self.look()

    def _ask(self, case: Case) -> None:
        needs_pin = case.prompt.presence is Presence.PIN
        can_approve = case.prompt.can_approve
        self._dialog.ask(case.view, self._lines(case), needs_pin=needs_pin, can_approve=can_approve)
        case.prompt = msgspec.structs.replace(case.prompt, code="", pin="")
        context = case.view.details.context
        window = context.decide_by - instant(context.requested_at).timestamp()
        self._dialog.ring.start(case.inquiry.countdown.remaining_s, window)
        self._dialog.warn(remark(case, self._past(), self._language.texts), gravity(case))
        self._count()

    def _lines(self, case: Case) -> Lines:
        return lines(case.view.details, self._language.texts, self._language.zone)

    def _turn(self, change: Callable[[Prompt, float], Prompt]) -> None:
        if self._shown is not None:
            self._shown.prompt = change(self._shown.prompt, self._steady())
            self.look()

    def look(self) -> None:
        """Show the phase that the rules compute now, and look again when it is to change."""
        case, now = self._shown, self._steady()
        if case is None:
            return
        phase = case.prompt.phase(now)
        if phase is Phase.EXPIRED and case.prompt.over is None:
            self.change(msgspec.structs.replace(case.view, state=State.EXPIRED))
            return
        if case.prompt.over is None:
            self._dialog.answers.lock(case.prompt.is_pin_locked)
            self._dialog.arm(phase is Phase.ARMED, hint(case, phase, *self._dialog.answers.hint))
        unread_s = 0.0 if case.over_since is None else case.over_since + SETTLE_S - now
        self._dialog.let_close(unread_s <= 0)
        if unread_s > 0:
            self._wake.start(round(unread_s * 1000) + 1)
        elif phase is Phase.ARMING:
            self._wake.start(max(1, round((case.prompt.arms_at - now) * 1000) + 1))
        elif case.over_since is not None and self.queue.waiting:
            self._wake.start(round(LINGER_S * 1000))
            self._next()

    def _press(self, decision: Decision, why: Reason | None = None) -> None:
        case = self._shown
        if case is None:
            return
        case.prompt, press = case.prompt.press(decision, self._steady(), why)
        if press is not None:
            self._dialog.setFocus()  # or the keyboard would go on to what puts it aside
            self._dialog.answers.freeze()
            self.pressed.emit(case.view.id, press)
        self.look()

    def _on_report(self, is_blocked: bool) -> None:
        case = self._shown
        self._press(Decision.REPORT)
        if case is not None and case.prompt.is_deciding and is_blocked:
            case.is_blocked = True
            self.block_wanted.emit(case.view.details.context.requester.client_id)

    def _on_code(self, text: str) -> None:
        self._turn(lambda prompt, now: prompt.typed_code(plain_digits(text), now))

    def _on_pin(self, text: str) -> None:
        self._turn(lambda prompt, now: prompt.typed_pin(text, now))

    def _on_attention(self) -> None:
        dialog, case = self._dialog, self._shown
        if case is None:
            return
        if not dialog.isVisible() or dialog.isMinimized():
            case.prompt = case.prompt.hidden()
            dialog.answers.clear()
        elif dialog.isActiveWindow():
            case.prompt = case.prompt.shown(self._steady(), active=True)
        else:
            case.prompt = case.prompt.deactivated()
        self.look()

    def _on_aside(self) -> None:
        case = self._shown
        if case is None:
            return
        case.prompt = case.prompt.hidden()
        self.queue = self.queue.put_aside(case.view.id)
        self._shown = None
        self._show_current()

    def _on_closed(self) -> None:
        if self._shown is None or self._dialog.may_close:
            self._show_current()

    def _on_language(self) -> None:
        case = self._shown
        if case is None:
            return
        self._dialog.show_lines(case.view, self._lines(case))
        self._count()
        if case.over_since is None:
            self._dialog.warn(remark(case, self._past(), self._language.texts), gravity(case))
            self.look()
        else:
            self._show_end(case)

    def _after_end(self, case: Case) -> None:
        if case is not self._shown:
            self._forget(case)
            self._count()
            return
        if case.over_since is None:
            case.over_since = self._steady()
        self._show_end(case)
        self._count()
        self.look()

    def _show_end(self, case: Case) -> None:
        self._dialog.end(end_of(case, self._lines(case), self._language.texts))

    def _forget(self, case: Case) -> None:
        self.queue = self.queue.remove(case.view.id)
        self._cases.pop(case.view.id, None)
        if case is self._shown:
            self._shown = None

    def _count(self) -> None:
        self._dialog.count_waiting(len(self.queue.waiting))
