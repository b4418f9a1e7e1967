"""Pieces of work that can wait, one for each turn of the event loop.

What happens to a window at once is short; what follows from it is taken in turn here, when no event waits, so
that a key or a paint comes between any two pieces.
"""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid


class Turns(QObject):
    """The pieces that wait, oldest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[QObject, Callable[[], object]]] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._take_one)

    def add(self, whose: QObject, call: Callable[[], object]) -> None:
        """Call `call` in a turn of its own; not if `whose` has gone by then."""
        self._waiting.append((whose, call))
        if not self._timer.isActive():
            self._timer.start()

    def _take_one(self) -> None:
        whose, call = self._waiting.popleft()
        if self._waiting:
            self._timer.start()
        if isValid(whose):
            call()


TURNS = Turns()
"""Those of the windows' thread."""
