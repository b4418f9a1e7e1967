"""Whether somebody is at work with some widgets just now: then nothing moves under their hands."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

REST_MS = 10_000
"""After so long without a key, a press or a turn of the wheel nobody is at work."""
_DOING = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class AtWork(QObject):
    """Watches keys, presses and wheels that reach some widgets."""

    def __init__(self, parent: QObject, *watched: QWidget) -> None:
        super().__init__(parent)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        for widget in watched:
            widget.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Whether the last of them was a moment ago."""
        return self._rest.isActive()

    def rest(self) -> None:
        """Take the person for finished."""
        self._rest.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _DOING:
            self._rest.start(REST_MS)
        return False
