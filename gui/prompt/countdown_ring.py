"""The countdown as a ring and a number, computed anew at each paint and never counted in ticks.

A blocked window or a suspended machine therefore shows the true time with its next paint. Seven frames a
second move the tip of a minute by half a pixel each; twenty in the last five seconds; none while hidden.
"""

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from core.terminal.countdown import Announcements, until_change_ms
from gui.language import Language
from gui.theme.theme import Theme
from gui.theme.type_scale import Type, font

EDGE, SMALL_EDGE = 84, 52
STROKE, SMALL_STROKE = 7, 5
FRAME_MS, LATE_FRAME_MS, CALM_FRAME_MS = 150, 50, 1000
LATE_S = 5.0
WARNING_S = 10.0


class CountdownRing(QWidget):
    """Seconds left of one request."""

    ran_out = Signal()
    """Emitted once, when nothing is left."""

    def __init__(self, theme: Theme, language: Language, *, reduced_motion: bool = False) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._calm = reduced_motion
        self._remaining: Callable[[], float] = lambda: 0.0
        self._window_s = 1.0
        self._over = True
        self._announcements = Announcements(0)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self.be_small(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.update)
        language.changed.connect(self._name)

    def start(self, remaining: Callable[[], float], window_s: float) -> None:
        """Count down.

        Args:
            remaining: seconds left now; asked at each paint.
            window_s: seconds of the whole ring.
        """
        self._remaining, self._window_s = remaining, max(window_s, 1.0)
        self._over = False
        self._announcements = Announcements(window_s)
        self._name()
        self.tick()

    def be_calm(self, is_calm: bool) -> None:
        """Move once a second only, or as before."""
        self._calm = is_calm

    def be_small(self, is_small: bool) -> None:
        """Take less room, on a small screen."""
        edge = SMALL_EDGE if is_small else EDGE
        self._stroke = SMALL_STROKE if is_small else STROKE
        self._number = font(Type.TITLE if is_small else Type.HEADING)
        self.setFixedSize(QSize(edge, edge))
        self.update()

    def stop(self) -> None:
        """Stand still: the request is over."""
        self._over = True
        self._timer.stop()
        self.update()

    def seconds(self) -> int:
        """The number that is shown."""
        return max(0, math.ceil(self._remaining()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._over:
            self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def tick(self) -> None:
        """Look at the time, announce what is due, and plan the next frame."""
        left = self._remaining()
        self._announce(left)
        self._name()
        self.update()
        if left <= 0 and not self._over:
            self.stop()
            self.ran_out.emit()
        elif not self._over and self.isVisible():
            self._timer.start(self._frame_ms(left))

    def _frame_ms(self, left: float) -> int:
        """A frame is also due when the number changes: the list of requests shows it at that moment too."""
        frame_ms = CALM_FRAME_MS if self._calm else LATE_FRAME_MS if left < LATE_S else FRAME_MS
        return min(frame_ms, until_change_ms(left))

    def _announce(self, left: float) -> None:
        due = self._announcements.due(left)
        if due is None:
            return
        announce(self, self._language.say("lines-seconds", seconds=math.ceil(left)))

    @property
    def is_moving(self) -> bool:
        """Whether another frame is planned."""
        return self._timer.isActive()

    def _name(self) -> None:
        """What a reader that looks now is told; nobody is told of each second by itself."""
        said = self._language.say("lines-seconds", seconds=self.seconds())
        if said != self.accessibleName():
            self.setAccessibleName(said)

    def paintEvent(self, _event: QPaintEvent) -> None:
        left = max(0.0, self._remaining())
        colours = self._theme.colours
        tip = colours.danger if left < WARNING_S else colours.accent
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = self._stroke / 2 + 1
        circle = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(colours.line), self._stroke))
        painter.drawEllipse(circle)
        share = min(1.0, left / self._window_s)
        painter.setPen(QPen(QColor(tip), self._stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(circle, 90 * 16, round(share * 360 * 16))
        painter.setPen(QColor(tip if left < WARNING_S else colours.ink))
        painter.setFont(self._number)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(math.ceil(left)))
        painter.end()


def announce(widget: QWidget, said: str) -> None:
    """Let a screen reader say something at once."""
    event = QAccessibleAnnouncementEvent(widget, said)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
