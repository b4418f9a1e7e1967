"""The answers that a prompt takes: code and PIN to approve, one press to deny, "I don't know this request".

No button is a default, Enter never approves, Approve is never the first in the tab order, and nothing can be
pressed before the prompt is armed; mnemonics work from then on too.
"""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from gui.language import Language, Wording
from gui.parts.boxes import button, column, row
from gui.parts.digits import DigitsField
from gui.parts.text import Text
from gui.prompt.denials import Denials
from gui.theme.type_scale import SPACE_L, SPACE_M, SPACE_S, Type, font

LONGEST_ON_BUTTON = 20
"""Characters of a device's name that a button shows; the sentence above it says it whole."""
PIN_WIDTH, TIGHT_PIN_WIDTH = 180, 90
DENY_WIDTHS, APPROVE_WIDTHS = (96, 72), (140, 110)
"""At least, where there is room and where there is little."""


class Answers(QWidget):
    """Fields and buttons of one prompt."""

    approved = Signal(str, str)
    """The code and the PIN as typed; empty where none is asked for."""
    denied = Signal(object)
    """A `Reason`, or None."""
    reported = Signal(bool)
    """Whether the device is to be blocked too."""
    turned = Signal()
    """Other buttons are there: what is asked next may need more room."""
    changed = Signal()
    """What is typed has changed."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._language = language
        self.code, self.pin = DigitsField(), QLineEdit()
        self._who = ""
        self._has_code = self._has_pin = False
        self._is_armed = self._can_approve = self._is_tight = False
        self._unseen = ""
        self._is_locked = False
        self._make_fields()
        self._make_buttons()
        self._lay_out()
        self._word()

    def ask(self, who: str, digits: int, needs_pin: bool, can_approve: bool) -> None:
        """Begin anew for a request.

        Args:
            who: the device's name, for the sentences.
            digits: digits of its code; 0 where it has none.
            needs_pin: whether an approval takes the PIN.
            can_approve: whether it can be approved at all.
        """
        self._who = who
        self._has_code, self._has_pin, self._can_approve = digits > 0, needs_pin, can_approve
        self.code.ask_for(digits or 2)
        self.pin.clear()
        self._digits, self._unseen, self._is_locked = digits, "", False
        self._turn_to(self._main)
        self._say()
        self._show_fields()

    def arm(self, is_armed: bool) -> None:
        """Let the buttons be pressed, or not."""
        self._is_armed = is_armed
        for one in (self.deny, self.more, self.report, self.report_only, self.report_block):
            one.setEnabled(is_armed)
        may_approve = self._can_approve and not self._is_locked
        self.approve.setEnabled(is_armed and may_approve and self.is_complete and not self._unseen)

    def hold_back(self, unseen: str) -> None:
        """Let nothing be approved that was not seen.

        Args:
            unseen: the key of what is to be done first; empty where everything was seen.
        """
        if unseen != self._unseen:
            self._unseen = unseen
            self.arm(self._is_armed)
            self.changed.emit()

    def lock(self, is_locked: bool) -> None:
        """Take neither code nor PIN, for the PIN was wrong too often; the keyboard presses nothing then."""
        if is_locked and not self._is_locked:
            self._is_locked = True
            self.window().setFocus()
            said = self._language.say("prompt-pin-locked")
            for field in (self.code, self.pin):
                field.clear()
                field.setEnabled(False)
                field.setAccessibleDescription(said)
            self.arm(self._is_armed)

    def condense(self, is_tight: bool) -> None:
        """Take less room: short labels beside each other, and short words on the buttons."""
        self._is_tight = is_tight
        direction = QBoxLayout.Direction.LeftToRight if is_tight else QBoxLayout.Direction.TopToBottom
        self._fields.setDirection(direction)
        self._fields.setSpacing(SPACE_S if is_tight else SPACE_M)
        for line in self._lines:
            line.setSpacing(SPACE_S if is_tight else SPACE_L)
        self.pin.setFixedWidth(TIGHT_PIN_WIDTH if is_tight else PIN_WIDTH)
        for one, (wide, tight) in ((self.deny, DENY_WIDTHS), (self.approve, APPROVE_WIDTHS)):
            one.setMinimumWidth(tight if is_tight else wide)
        self._stack.setSpacing(SPACE_S if is_tight else SPACE_M)
        self._say()

    def freeze(self) -> None:
        """Take the answers away: the request is over or the answer is on its way."""
        self.arm(False)
        self.code.setEnabled(False)
        self.pin.setEnabled(False)

    def thaw(self, *, is_pin_wanted: bool = False) -> None:
        """Let it be answered again: nothing was decided; the keyboard goes to the PIN where that was it."""
        self.code.setEnabled(True)
        self.pin.setEnabled(True)
        self.pin.clear()
        if is_pin_wanted:
            self.pin.setFocus()

    def clear(self) -> None:
        """Forget what was typed."""
        self.code.clear()
        self.pin.clear()

    @property
    def is_complete(self) -> bool:
        """Whether everything that an approval needs is typed."""
        has_code = not self._has_code or self.code.is_complete
        return has_code and (not self._has_pin or bool(self.pin.text()))

    @property
    def hint(self) -> tuple[str, bool]:
        """The key of what is still missing, or of "ready"; and whether it can be approved in this step."""
        is_reporting = not self._sure.isHidden()
        return ("prompt-hint-report", False) if is_reporting else (self._missing(), True)

    def _missing(self) -> str:
        if self._unseen and self._can_approve:
            return self._unseen
        if not self._can_approve or self.is_complete:
            return "prompt-hint-approve" if self.approve.hasFocus() else "prompt-hint-ready"
        if self._has_pin:
            return "prompt-hint-pin" if self._has_code else "prompt-hint-pin-only"
        return "prompt-hint-code"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keyboard has come to Approve or left it: the hint says which key approves."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            QTimer.singleShot(0, self, self.changed.emit)
        return super().eventFilter(watched, event)

    def _make_fields(self) -> None:
        self._digits = 2
        self._code_label = Text("", Type.BODY)
        self._pin_label = Text("", Type.BODY)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setFont(font(Type.TITLE))
        self._code_label.setBuddy(self.code)
        self._pin_label.setBuddy(self.pin)
        self.code.completed.connect(self._on_typed)
        self.pin.textChanged.connect(self._on_typed)
        self.code.returnPressed.connect(self._on_enter)
        self.pin.returnPressed.connect(self._on_enter)

    def _make_buttons(self) -> None:
        self.deny = button(look="danger")
        self.approve = button(look="primary", by_enter=False)
        self.approve.installEventFilter(self)
        self.report = button(look="quiet")
        self.more = Denials()
        self.more.denied.connect(self.denied)
        self.report_back, self.report_only = button(look="quiet"), button(look="danger")
        self.report_block = button(look="danger")
        self.deny.clicked.connect(lambda: self.denied.emit(None))
        self.approve.clicked.connect(lambda: self.approved.emit(self.code.text(), self.pin.text()))
        self.report.clicked.connect(self._ask_about_report)
        self.report_back.clicked.connect(self._go_back)
        self.report_only.clicked.connect(lambda: self.reported.emit(False))
        self.report_block.clicked.connect(lambda: self.reported.emit(True))

    def _lay_out(self) -> None:
        self._main, self._sure = QWidget(), QWidget()
        pages = column(self)
        for page in (self._main, self._sure):
            page.setProperty("look", "clear")
            pages.addWidget(page)
        self._stack = column(self._main, SPACE_M)
        self._fields = column(gap=SPACE_M)
        self._lines = (row(gap=SPACE_L), row(gap=SPACE_L))
        fields = ((self._code_label, self.code), (self._pin_label, self.pin))
        for line, (label, field) in zip(self._lines, fields, strict=True):
            line.addWidget(label, 1)
            line.addWidget(field)
            self._fields.addLayout(line)
        self._stack.addLayout(self._fields)
        self._stack.addLayout(_buttons(self.report, None, self.deny, self.more, self.approve))
        sure = column(self._sure, SPACE_M)
        self._sure_text = Text("")
        sure.addWidget(self._sure_text)
        sure.addStretch(1)
        sure.addLayout(_buttons(self.report_back, None, self.report_only, self.report_block))
        order: list[QWidget] = [self.code, self.pin, self.deny, self.more, self.report, self.approve]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _word(self) -> None:
        wording = Wording(self, self._language)
        wording.put("prompt-approve", self.approve.setText)
        wording.put("prompt-deny", self.deny.setText)
        wording.put("prompt-pin", self._pin_label.setText)
        wording.put("prompt-pin-name", self.pin.setAccessibleName)
        wording.put("prompt-back", self.report_back.setText)
        wording.put("prompt-report-only", self.report_only.setText)
        self.more.word(wording)
        self._language.changed.connect(self._say)

    def _say(self) -> None:
        say, who = self._language.say, self._who
        short = "-short" if self._is_tight else ""
        self._code_label.setText(say(f"prompt-code{short}", who=who))
        self.report.setText(say(f"prompt-report{short}"))
        self.report.setAccessibleName(say("prompt-report").replace("&", ""))
        self.code.setAccessibleName(say("prompt-code-name", digits=self._digits))
        called = who if len(who) <= LONGEST_ON_BUTTON else who[: LONGEST_ON_BUTTON - 1] + "…"
        self.report_block.setText(say(f"prompt-report-block{short}", who=called.replace("&", "&&")))
        self._sure_text.setText(say("prompt-report-ask", who=who))

    def _show_fields(self) -> None:
        for field in (self.code, self.pin):
            field.setEnabled(True)
            field.setAccessibleDescription("")
        for of_code in (self._code_label, self.code):
            of_code.setVisible(self._has_code and self._can_approve)
        for of_pin in (self._pin_label, self.pin):
            of_pin.setVisible(self._has_pin and self._can_approve)

    def _on_typed(self) -> None:
        self.arm(self._is_armed)
        self.changed.emit()

    def _on_enter(self) -> None:
        """Enter in a field moves on and presses nothing."""
        if self._has_pin and self.code.hasFocus():
            self.pin.setFocus()
        elif self.is_complete and self.approve.isEnabled():
            self.approve.setFocus()

    def _turn_to(self, page: QWidget) -> None:
        for one in (self._main, self._sure):
            one.setVisible(one is page)

    def _go_back(self) -> None:
        self._turn_to(self._main)
        self.turned.emit()
        self.changed.emit()

    def _ask_about_report(self) -> None:
        self._turn_to(self._sure)
        self.report_back.setFocus()
        self.turned.emit()
        self.changed.emit()


def _buttons(*buttons: QPushButton | QToolButton | None) -> QHBoxLayout:
    line = row(gap=SPACE_S)
    for one in buttons:
        if one is None:
            line.addStretch(1)
        else:
            line.addWidget(one)
    return line
