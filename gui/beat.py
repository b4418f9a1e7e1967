"""One beat for every countdown on screen: at a beat all of them look at the time, and between two beats none.

Whoever shows a countdown asks for a beat at the moment when its picture changes next; one precise timer waits
for the earliest. So ring and list change their seconds together, and an idle machine is woken only for what
can be seen. Where nobody asks, nothing wakes.
"""

from PySide6.QtCore import QObject, Qt, QTimer, Signal


class Beat(QObject):
    """The beat of one desktop."""

    struck = Signal()
    """Look at the time now, and ask for the next beat."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one is early or late by a twentieth
        self._timer.timeout.connect(self.strike)

    def strike(self) -> None:
        """Have everybody look now: a countdown began, or is another than before."""
        self.struck.emit()

    def strike_within(self, wait_ms: int) -> None:
        """Ask for a beat in `wait_ms` milliseconds, or sooner where somebody else wants one."""
        if not self.is_going or wait_ms < self._timer.remainingTime():
            self._timer.start(wait_ms)

    @property
    def is_going(self) -> bool:
        """Whether another beat will come."""
        return self._timer.isActive()
