"""The text cursor of all fields: it blinks as the system says, or stands still.

A blink paints and wakes the machine twice a second for as long as a field has the keyboard. While a request
is answered, whose countdown is drawn once a second, the cursor would cost more than everything else.
"""

from PySide6.QtGui import QGuiApplication


class Caret:
    """The application's text cursor."""

    def __init__(self) -> None:
        self._blink_ms: int | None = None

    def be_still(self, is_still: bool) -> None:
        """Stand still, or blink again as before."""
        hints = QGuiApplication.styleHints()
        if is_still and self._blink_ms is None:
            self._blink_ms = hints.cursorFlashTime()
            hints.setCursorFlashTime(0)
        elif not is_still and self._blink_ms is not None:
            hints.setCursorFlashTime(self._blink_ms)
            self._blink_ms = None
