"""A prompt under the test's hand: fake time, inquiries made by hand, and every press recorded."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.terminal.countdown import Countdown
from core.terminal.events import Inquiry
from core.terminal.prompt import Press
from core.wire.messages import RequestView
from gui.language import Language
from gui.prompt.dialog import PromptDialog
from gui.prompt.presenter import Presenter
from gui.theme.theme import Theme
from tests.clock import FakeClock
from tests.gui import samples

QUIET_S = 0.71


class Prompting:
    """One prompt window and its presenter."""

    def __init__(
        self, qtbot: QtBot, theme: Theme, language: Language, room: Callable[[], QSize] | None = None
    ) -> None:
        self.qtbot = qtbot
        self.clock = FakeClock(1_000.0)
        self.dialog = PromptDialog(theme, language, room=room)
        qtbot.addWidget(self.dialog)
        self.presenter = Presenter(self.dialog, language, self.clock)
        self.presses: list[tuple[str, Press]] = []
        self.blocked: list[str] = []
        self.presenter.pressed.connect(lambda name, press: self.presses.append((name, press)))
        self.presenter.block_wanted.connect(self.blocked.append)

    def arrive(self, view: RequestView | None = None, trouble: str | None = None) -> RequestView:
        """A request comes in."""
        view = view or samples.request()
        countdown = Countdown(view.expires_in_s or 60.0, 0.0, self.clock)
        self.presenter.arrive(Inquiry(view, countdown, trouble))
        return view

    def activate(self) -> None:
        """The person turns to the prompt."""
        self.dialog.activateWindow()
        self.qtbot.waitUntil(self.dialog.isActiveWindow)

    def be_quiet(self) -> None:
        """Nothing happens for long enough."""
        self.clock.advance(QUIET_S)
        self.presenter.look()

    def arm(self) -> None:
        """The person turns to it and reads."""
        self.activate()
        self.be_quiet()

    def type_code(self, code: str = "47") -> None:
        """The person types the code."""
        QTest.keyClicks(self.dialog.answers.code, code)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, sent to whatever has the keyboard in the prompt."""
        QTest.keyClick(self.dialog.focusWidget() or self.dialog, key, modifiers)

    @property
    def is_armed(self) -> bool:
        """Whether Deny can be pressed."""
        return self.dialog.answers.deny.isEnabled()


def tab_order(first: QWidget, count: int) -> list[str]:
    """Accessible names, or texts, in the order in which Tab reaches them."""
    found, at = [], first
    for _ in range(count):
        found.append(at.accessibleName() or getattr(at, "text", lambda: "")())
        QTest.keyClick(at, Qt.Key.Key_Tab)
        at = QApplication.focusWidget() or at
    return found


def every(widget: QWidget, wanted: Callable[[QWidget], bool]) -> list[QWidget]:
    """All widgets inside for which something holds."""
    return [one for one in widget.findChildren(QWidget) if wanted(one)]
