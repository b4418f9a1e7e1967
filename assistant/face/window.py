"""The window: light ring, transcript, level, talk button, text line, pairing code. It shows and collects."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assistant.face.looks import Looks, sheet
from assistant.face.ring import LightRing
from assistant.face.state import ENDS, FaceState, Light, Line, after
from assistant.face.transcript import Transcript
from assistant.telling import Event
from core.presentation.breaks import breakable
from core.presentation.formats import clock_here, listed
from core.texts.catalog import Texts

OUTCOME_MS = 8_000
"""How long the ring shows how an order ended; then it is ready for the next."""


class FaceWindow(QWidget):
    """What the device looks like."""

    typed = Signal(str)
    """A line that somebody typed."""
    talk = Signal(bool)
    """Whether it shall listen to one utterance, or stop listening."""
    cancel = Signal()
    """Take back what is open."""
    pair = Signal()
    """Pair one more person."""
    settings = Signal()
    """Show the settings."""
    closed = Signal()
    """The window was closed."""

    def __init__(
        self, texts: Texts, looks: Looks, now: Callable[[], float], *, is_beside: bool = False
    ) -> None:
        """A window that shows nothing yet.

        Args:
            texts: its language.
            looks: its colours.
            now: the steady clock.
            is_beside: whether it comes up beside the desktop's window, which keeps the keyboard.
        """
        super().__init__()
        self._texts, self._now, self._is_beside = texts, now, is_beside
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, is_beside)
        self._state = FaceState()
        self.setStyleSheet(sheet(looks))
        self._ring = LightRing(looks, now)
        self._buttons: dict[str, QPushButton] = {}
        self._outcome_seen = QTimer(self)
        self._outcome_seen.setSingleShot(True)
        self._outcome_seen.timeout.connect(lambda: self.take({"event": "outcome_seen"}))
        self._build()
        self._ring.looked.connect(self._show_status)
        self._speak(texts)

    def take(self, event: Event) -> None:
        """Shows what an event changes."""
        if event.get("event") == "wanted":
            self.come_up()
        if event.get("event") == "language":
            self._speak(Texts(str(event["locale"])))
        self._show(after(self._state, event))

    def come_up(self) -> None:
        """Be in front, ready to be typed into: somebody asked for it by name."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self._line.setFocus()

    @property
    def texts(self) -> Texts:
        """Its language."""
        return self._texts

    @property
    def contacts(self) -> tuple[str, ...]:
        """Who can be asked."""
        return self._state.contacts

    def _build(self) -> None:
        self._status = self._label("status")
        self._hint = self._label("hint")
        self._transcript = Transcript()
        self._level = QProgressBar()
        self._level.setRange(0, 100)
        self._level.setTextVisible(False)
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 18, 18, 18)
        page.setSpacing(10)
        page.addWidget(self._ring, alignment=Qt.AlignmentFlag.AlignHCenter)
        page.addWidget(self._status)
        page.addWidget(self._hint)
        page.addWidget(self._pairing_card())
        page.addWidget(self._transcript, 1)
        page.addWidget(self._level)
        page.addLayout(self._input_row())
        page.addLayout(self._button_row())
        self.resize(400, 600)
        self._line.setFocus()

    def _pairing_card(self) -> QFrame:
        self._card = QFrame()
        self._card.setObjectName("card")
        inner = QVBoxLayout(self._card)
        self._code = self._label("code")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._told = self._label("told")
        inner.addWidget(self._told)
        inner.addWidget(self._code)
        return self._card

    def _input_row(self) -> QHBoxLayout:
        self._line = QLineEdit()
        self._line.returnPressed.connect(self._send)
        self._line.setMaxLength(300)
        row = QHBoxLayout()
        row.addWidget(self._line, 1)
        row.addWidget(self._button("send", self._send))
        return row

    def _button_row(self) -> QHBoxLayout:
        self._talk = self._button("talk", self._talk_or_hush)
        self._cancel = self._button("cancel", self.cancel.emit)
        row = QHBoxLayout()
        row.addWidget(self._talk, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._button("pair", self.pair.emit))
        row.addWidget(self._button("settings", self.settings.emit))
        return row

    def _button(self, name: str, press: Callable[[], object]) -> QPushButton:
        button = self._buttons[name] = QPushButton()
        button.setObjectName(name)
        button.setAutoDefault(True)  # so that Enter presses it, not the space bar alone
        button.clicked.connect(lambda _=False: press())
        return button

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _say(self, name: str, **values: str | int) -> str:
        return self._texts.say(f"device-face-{name}", **values)

    def _send(self) -> None:
        text = self._line.text().strip()
        if text:
            self._line.clear()
            self.typed.emit(text)
        else:
            self._line.setFocus()

    def _talk_or_hush(self) -> None:
        self.talk.emit(not self._state.is_listening)

    def _speak(self, texts: Texts) -> None:
        """Every word in this language; what was said stays as it was said."""
        self._texts = texts
        self.setWindowTitle(texts.say("device-title"))
        named = {"transcript": self._transcript, "level": self._level, "line": self._line}
        for name, widget in named.items():
            widget.setAccessibleName(self._say(name))
        for name, button in self._buttons.items():
            button.setText(self._say(name))
        for strong in (self._status, self._talk):
            _look(strong, "bold", texts.locale == "ja")  # its fonts have no semibold cut
        self._show(self._state)

    def _show(self, state: FaceState) -> None:
        before, self._state = self._state, state
        if state.light in ENDS and before.light not in ENDS:
            self._outcome_seen.start(OUTCOME_MS)
        if state.lines != before.lines:
            self._show_lines(before.lines, state.lines)
        self._level.setValue(round(state.level * 100))
        self._level.setVisible(state.is_listening)
        self._show_code(state)
        self._talk.setText(self._say("hush" if state.is_listening else "talk"))
        self._talk.setAccessibleName(self._say("hush-listening") if state.is_listening else "")
        if state.is_deaf != before.is_deaf:
            _look(self._talk, "deaf", state.is_deaf)
        somebody = state.contacts[0] if state.contacts else self._say("somebody")
        wanted = "placeholder-answer" if state.light is Light.ASKING else "placeholder"
        self._line.setPlaceholderText(self._say(wanted, nickname=somebody))
        names = listed(state.contacts, self._texts)
        since = clock_here(state.away_since, self._texts.locale) if state.away_since else ""
        who = state.first.nickname if state.first else ""
        hint = self._say("whom", status=state.hint, names=names, since=since, nickname=who)
        _tell(self._hint, hint)
        self._let(state, hint)
        self._ring.show_state(state)

    def _let(self, state: FaceState, why: str) -> None:
        """What can come to nothing cannot be pressed, for the reason that stands under the status."""
        self._cancel.setEnabled(state.can_cancel)
        can = {"talk": state.can_talk, "send": state.can_send, "pair": state.can_pair}
        hands: dict[QWidget, bool] = {self._buttons[name]: is_on for name, is_on in can.items()}
        for one, is_on in (hands | {self._line: state.can_send}).items():
            one.setEnabled(is_on)
            one.setAccessibleDescription("" if is_on else why)

    def _show_code(self, state: FaceState) -> None:
        """The code that somebody shall type now: of the request that ends first, or of the pairing."""
        first = state.first
        code = first.match_code if first else state.pairing_code
        self._card.setVisible(bool(code))
        self._code.setText(code)
        spelled = " ".join(code)
        if first:
            _tell(self._told, self._say("match", nickname=first.nickname))
            self._code.setAccessibleName(self._say("match-code", code=spelled))
        else:
            _tell(self._told, self._say("pairing-beside" if self._is_beside else "pairing"))
            self._code.setAccessibleName(self._say("code", code=spelled))

    def _show_status(self, seconds: int) -> None:
        state = self._state
        first = state.first
        name = first.nickname if first else ""
        text = self._say("light", light=state.status, nickname=name, seconds=seconds if first else 0)
        if text != self._ring.accessibleName():
            _tell(self._status, text)
            self._ring.setAccessibleName(text)

    def _show_lines(self, before: tuple[Line, ...], lines: tuple[Line, ...]) -> None:
        new = lines[len(before) :] if lines[: len(before)] == before else None
        if new is None:
            self._transcript.clear()
        for line in lines if new is None else new:
            self._transcript.add(self._say("turn", who=line.who, text=line.text))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)


def _tell(label: QLabel, text: str) -> None:
    """Shows a sentence that breaks where a reader would break it, and is read aloud without the breaks."""
    label.setText(breakable(text))
    label.setAccessibleName(text)


def _look(widget: QWidget, name: str, value: bool) -> None:
    """Gives the widget the look that the style sheet has for this property."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
