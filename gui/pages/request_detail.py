"""One request of the list, whole: what it was, how it ended, and the receipt.

What can be done about it stands below, outside of what scrolls: it is seen at every height.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from core.domain.decision import Reason
from core.domain.doubt import Doubt
from core.domain.request import State
from core.presentation.formats import instant, when, zone_of
from core.presentation.lines import lines
from core.presentation.record import SIGNED, doubt_of
from core.wire.messages import OrderAgain, RequestView
from core.wire.receipt import Receipt
from gui.language import Language, Wording
from gui.parts.boxes import Card, Flow, button, column, row, scrolled
from gui.parts.line import Line
from gui.parts.text import Text
from gui.printing import print_request
from gui.prompt.endings import ending
from gui.prompt.outcome_card import OutcomeCard
from gui.prompt.request_card import RequestCard
from gui.saving import ask_where
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_M, SPACE_S, Type

OWN_REASONS = {Reason.NOT_NOW, Reason.WRONG_ORDER}
"""Why the person may have refused, in their own words."""
PDF = "PDF (*.pdf)"
READING_EDGE = 2
"""Of what scrolls, for the ring of the keyboard; what stands below begins where the cards in it begin."""


class RequestDetail(QWidget):
    """Beside the list."""

    answer_wanted = Signal(str)
    """Open the prompt of this request."""
    check_wanted = Signal(object)
    """The `RequestView` whose receipt is to be looked at once more."""
    again_wanted = Signal(object)
    """An `OrderAgain` for the built-in assistant."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._language = language
        self._view: RequestView | None = None
        self._receipt: Receipt | Doubt | None = None
        self._find_again: Callable[[RequestView], OrderAgain | None] = lambda _: None
        self.card = RequestCard(theme, language)
        self.outcome = OutcomeCard(theme)
        self.receipt = _ReceiptCard(language)
        self.answer = button(look="primary")
        self.again, self.again_said = button(), Text("", Type.CAPTION, ink="accent")
        self.again.clicked.connect(self._on_again)
        self.again_said.hide()
        self.said = Text("", Type.CAPTION, ink="accent")
        """How saving went."""
        self.said.hide()
        self.held = Text("", Type.CAPTION, ink="muted")
        """Why it cannot be answered now."""
        self.held.hide()
        self._hold = ""
        self.print = button()
        self.print.clicked.connect(self._on_print)
        self.check = button()
        self.check.clicked.connect(self._on_check)
        self.answer.clicked.connect(self._on_answer)
        self._lay_out()
        wording = Wording(self, language)
        wording.put("desktop-receipt", self.body.setAccessibleName)
        wording.put("desktop-requests-answer", self.answer.setText)
        wording.put("desktop-requests-print", self.print.setText)
        wording.put("desktop-receipt-check", self.check.setText)
        wording.put("desktop-requests-again", self.again.setText)
        wording.put("desktop-requests-again-said", self.again_said.setText)
        language.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        inside = Flow()
        told = column(inside, SPACE_M)
        for part in (self.outcome, self.card, self.receipt):  # how it ended is seen without scrolling
            told.addWidget(part)
        told.addStretch(1)
        body = self.body = scrolled(inside)
        body.setProperty("look", "reading")
        body.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.hands = (body.viewport(), self.answer, self.check, self.again, self.print)
        """What a person works with here."""
        stack = column(self, SPACE_M)
        inside.installEventFilter(self)
        self._told = told
        stack.addWidget(body, 1_000)
        foot = Line()
        for one in self.hands[1:]:
            foot.add(one)
        foot.part()
        below = column(gap=SPACE_M, edges=(READING_EDGE, 0, READING_EDGE, 0))
        said: tuple[QWidget, ...] = (self.held, self.again_said, self.said, foot)
        for under in said:
            below.addWidget(under)
        stack.addLayout(below)
        stack.addStretch(1)

    @property
    def request_id(self) -> str | None:
        """Which request is shown."""
        return self._view.id if self._view else None

    @property
    def view(self) -> RequestView | None:
        """The request as it is shown."""
        return self._view

    def show_request(self, view: RequestView, receipt: Receipt | Doubt | None = None) -> None:
        """Show a request.

        Args:
            view: as the server last told it.
            receipt: its verified receipt; a code why it is not believed; None where there is none.
        """
        if self._view is None or view.id != self._view.id:
            self.again_said.hide()
            self.said.hide()
        self._view, self._receipt = view, receipt
        self.refresh()

    def offer_again(self, find: Callable[[RequestView], OrderAgain | None]) -> None:
        """Say how it is found out what may be ordered again; None from it hides the button."""
        self._find_again = find
        self.refresh()

    def hold(self, why: str) -> None:
        """Let nothing be answered, for the reason called `why`; empty where it can be answered again."""
        self._hold = why
        self.refresh()

    @property
    def may_answer(self) -> bool:
        """Whether an answer could be sent."""
        return not self._hold

    def end_again(self) -> None:
        """What was ordered again has ended: it may be ordered once more."""
        self.again_said.hide()
        self.refresh()

    def refresh(self) -> None:
        """Say everything again, in the language now in force."""
        if self._view is None:
            return
        view, texts = self._view, self._language.texts
        said = lines(view.details, texts, self._language.zone)
        self.card.show_request(view, said)
        is_pending = view.state is State.PENDING
        self.answer.setVisible(is_pending)
        self._say_held(is_pending)
        self.print.setVisible(not is_pending)
        doubt = self._receipt if isinstance(self._receipt, Doubt) else None
        may_again = doubt is None and self.again_said.isHidden()  # who may have paid would pay twice
        self.again.setVisible(may_again and self._find_again(view) is not None)
        self.outcome.setVisible(not is_pending)
        if not is_pending:
            end = ending(view, said, texts, is_past=True, doubt=doubt)
            self.outcome.tell(end.tone, end.heading, end.more)
        self.check.setVisible(doubt is not None)
        self.check.setEnabled(True)
        self.receipt.show_receipt(view, self._receipt)

    def _say_held(self, is_pending: bool) -> None:
        why = self._language.say(self._hold) if self._hold else ""
        self.answer.setEnabled(self.may_answer)
        self.answer.setAccessibleDescription(why)
        self.held.setText(why)
        self.held.setVisible(is_pending and bool(why))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let what is told take no more height than it needs: what can be done about it stands next to it."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            width = self.body.viewport().width()
            needed = self._told.totalHeightForWidth(width) + 2 * self.body.frameWidth()
            self.body.setMaximumHeight(needed + SPACE_S)
        return super().eventFilter(watched, event)

    def _on_range(self, _least: int, last_top: int) -> None:
        """Let the keyboard in where there is something to scroll."""
        policy = Qt.FocusPolicy.StrongFocus if last_top > 0 else Qt.FocusPolicy.NoFocus
        self.body.setFocusPolicy(policy)

    def _on_again(self) -> None:
        order = self._find_again(self._view) if self._view else None
        self.again.hide()  # a second press would order a second time
        if order is not None:
            self.again_said.show()
            self.again_wanted.emit(order)

    def _on_print(self) -> None:
        if self._view is None:
            return
        say, asked = self._language.say, self._view.details.context
        day = instant(asked.requested_at).astimezone(zone_of(self._language.zone)).date().isoformat()
        path = ask_where(self, say("desktop-requests-print"), f"Nod {day} {self._view.id[-4:]}.pdf", PDF)
        if path is None:
            return
        is_done = print_request(path, self._view, self._receipt, self._language)
        self.said.set_ink("accent" if is_done else "danger")
        key = "desktop-profile-exported" if is_done else "desktop-profile-export-failed"
        self.said.setText(say(key, file=path.name))
        self.said.show()

    def _on_check(self) -> None:
        if self._view is not None:
            self.check.setEnabled(False)
            self.check_wanted.emit(self._view)

    def _on_answer(self) -> None:
        if self._view is not None:
            self.answer_wanted.emit(self._view.id)


class _ReceiptCard(Card):
    """The verified receipt's own figures, for whoever wants to keep them."""

    def __init__(self, language: Language) -> None:
        super().__init__(gap=SPACE_S)
        self._language = language
        self._heading = Text("", Type.STRONG)
        self._lines = column(gap=SPACE_S)
        self.column.addWidget(self._heading)
        self.column.addLayout(self._lines)

    def show_receipt(self, view: RequestView, receipt: Receipt | Doubt | None) -> None:
        say = self._language.say
        self._heading.setText(say("desktop-receipt"))
        self.setVisible(view.state is not State.PENDING)
        pairs = [("desktop-receipt-request", view.id)]
        if view.decided_at:
            decided = when(view.decided_at, self._language.zone, self._language.locale)
            pairs.append(("desktop-receipt-decided", decided))
        if view.state is State.DENIED and view.reason in OWN_REASONS:
            pairs.append(("desktop-receipt-reason", say(f"desktop-receipt-reason-{view.reason}")))
        if isinstance(receipt, Receipt):
            pairs.append(("desktop-receipt-number", str(receipt.sequence)))
            pairs.append(("desktop-receipt-checked", say("desktop-receipt-checked-yes")))
        elif doubt := doubt_of(view, receipt):
            pairs.append(("desktop-receipt-checked", say(f"desktop-receipt-checked-{SIGNED[doubt]}")))
        self._fill(pairs)

    def _fill(self, pairs: list[tuple[str, str]]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for key, value in pairs:
            holder = QWidget()
            holder.setProperty("look", "clear")
            line = row(holder)
            line.addWidget(Text(self._language.say(key), Type.CAPTION, ink="muted"), 2)
            shown: QLabel = Text(value, Type.CAPTION)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            line.addWidget(shown, 3)
            self._lines.addWidget(holder)
