"""An icon in the desktop's tray, where there is one: an extra, never the only way to anything.

A notification only says that somebody asks; it opens Nod and can approve nothing.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from gui.language import Language, Wording
from gui.parts.text import visible
from gui.theme.icons import app_icon

SHOWN_MS = 8_000


def has_tray() -> bool:
    """Whether this desktop shows tray icons."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The icon, its menu and its notifications; does nothing on a desktop without a tray."""

    opened = Signal()
    assistant_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.menu = QMenu()
        """What the icon opens."""
        self._icon = QSystemTrayIcon(app_icon(), self)
        open_, quit_ = QAction(self.menu), QAction(self.menu)
        self.assistant = QAction(self.menu)
        """Shows the assistant's window, where there is an assistant."""
        self.assistant.setVisible(False)
        wording = Wording(self, language)
        wording.put("desktop-tray-open", open_.setText)
        wording.put("desktop-tray-quit", quit_.setText)
        wording.put("desktop-assistant", self.assistant.setText)
        open_.triggered.connect(self.opened)
        self.assistant.triggered.connect(self.assistant_wanted)
        quit_.triggered.connect(self.quit_wanted)
        self.menu.addActions([open_, self.assistant, quit_])
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(lambda _: self.opened.emit())
        self._icon.messageClicked.connect(self.opened)
        self._pending = 0
        language.changed.connect(self._say)
        if self.is_there:
            self._icon.show()

    @property
    def is_there(self) -> bool:
        """Whether this desktop shows tray icons."""
        return has_tray()

    def count_pending(self, pending: int) -> None:
        """Say how many requests wait."""
        self._pending = pending
        self._say()

    def tell(self, who: str) -> None:
        """Notify that somebody asks; neither what nor how much."""
        if self.is_there:
            said = self._language.say("desktop-tray-asked", who=visible(who))
            self._icon.showMessage("Nod", said, app_icon(), SHOWN_MS)

    def hide(self) -> None:
        """Take the icon away."""
        self._icon.hide()

    def _say(self) -> None:
        self._icon.setToolTip(self._language.say("desktop-tray-pending", count=self._pending))
