"""The last window of a person who had everything about them deleted: it says what that means from now on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent

from gui.language import Language
from gui.parts.ask import Ask


class Farewell(Ask):
    """Nothing is left to show."""

    read = Signal()
    """It was read and closed."""

    def __init__(self, language: Language) -> None:
        super().__init__(None, language.say("desktop-deleted-title"), language.say("desktop-deleted"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.quit = self.offer("quit", language.say("desktop-deleted-quit"), "primary")

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.read.emit()
