"""The countdown as a ring and a number, computed anew at each paint and never counted in ticks.

A blocked window or a suspended machine therefore shows the true time with its next paint. The ring moves when
its tip has four pixels to go, one to four times a second, and whenever the number changes; not while hidden.
"""

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from core.presentation.seconds_left import shown_seconds, shown_steps, steps_a_second, until_change_ms
from core.terminal.countdown import Announcements
from gui.beat import Beat
from gui.language import Language
from gui.theme.theme import Theme
from gui.theme.tokens import Colours
from gui.theme.type_scale import Type, font

EDGE, SMALL_EDGE = 84, 52
STROKE, SMALL_STROKE = 7, 5
WARNING_S = 10.0


class CountdownRing(QWidget):
    """Seconds left of one request."""

    ran_out = Signal()
    """Emitted once, when nothing is left."""

    def __init__(
        self, theme: Theme, language: Language, beat: Beat | None = None, *, reduced_motion: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._language, self._beat = theme, language, beat or Beat(self)
        self._calm = reduced_motion
        self._remaining: Callable[[], float] = lambda: 0.0
        self._window_s = 1.0
        self._over = True
        self._drawn = self._named = -1
        self._announcements = Announcements(0)
        self._picture: tuple[tuple[int, float, Colours], QPixmap] | None = None
        self._beat.struck.connect(self._on_beat)
        self.be_small(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # or the card beneath is painted as well
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
        self._drawn = -1
        self._name()
        self.tick()
        self._beat.strike()

    def be_calm(self, is_calm: bool) -> None:
        """Move once a second only, or as before."""
        self._calm = is_calm

    def be_small(self, is_small: bool) -> None:
        """Take less room, on a small screen."""
        edge = SMALL_EDGE if is_small else EDGE
        self._stroke = SMALL_STROKE if is_small else STROKE
        self._number = font(Type.TITLE if is_small else Type.HEADING)
        inset = self._stroke / 2 + 1
        self._circle = QRectF(inset, inset, edge - 2 * inset, edge - 2 * inset)
        self.setFixedSize(QSize(edge, edge))
        self.update()

    def stop(self) -> None:
        """Stand still: the request is over."""
        self._over = True
        self.update()

    def seconds(self) -> int:
        """The number that is shown."""
        return shown_seconds(self._remaining())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_beat()

    def tick(self) -> None:
        """Look at the time, announce what is due, draw what has changed, and ask for the next beat."""
        left, steps = self._remaining(), self.moves_a_second
        drawn, self._drawn = self._drawn, shown_steps(left, steps)
        if self._drawn != drawn:
            self._announce(left)
            if shown_seconds(left) != self._named:
                self._name()
            self.update()
        if left <= 0 and not self._over:
            self.stop()
            self.ran_out.emit()
        elif self.is_moving:
            self._beat.strike_within(until_change_ms(left, steps))

    @property
    def is_moving(self) -> bool:
        """Whether it counts and is seen."""
        return not self._over and self.isVisible()

    def _on_beat(self) -> None:
        if self.is_moving:
            self.tick()

    @property
    def moves_a_second(self) -> int:
        """How often it moves, the changes of its number among them."""
        if self._calm:
            return 1
        return steps_a_second(math.pi * self._circle.width(), self._window_s)

    def _announce(self, left: float) -> None:
        due = self._announcements.due(left)
        if due is None:
            return
        announce(self, self._language.say("lines-seconds", seconds=shown_seconds(left)))

    def _name(self) -> None:
        """What a reader that looks now is told; nobody is told of each second by itself."""
        self._named = self.seconds()
        self.setAccessibleName(self._language.say("lines-seconds", seconds=self._named))

    def paintEvent(self, _event: QPaintEvent) -> None:
        left, colours = max(0.0, self._remaining()), self._theme.colours
        is_late = left < WARNING_S
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tip = QColor(colours.danger if is_late else colours.accent)
        painter.setPen(QPen(tip, self._stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(self._circle, 90 * 16, round(min(1.0, left / self._window_s) * 360 * 16))
        painter.setPen(tip if is_late else QColor(colours.ink))
        painter.setFont(self._number)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(shown_seconds(left)))
        painter.end()

    def _ground(self) -> QPixmap:
        """The card's surface and the whole circle, which no frame changes."""
        scale, colours = self.devicePixelRatioF(), self._theme.colours
        key = (self._stroke, scale, colours)
        if self._picture is None or self._picture[0] != key:
            made = QPixmap(self.size() * scale)
            made.setDevicePixelRatio(scale)
            made.fill(QColor(colours.surface))
            painter = QPainter(made)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.line), self._stroke))
            painter.drawEllipse(self._circle)
            painter.end()
            self._picture = key, made
        return self._picture[1]


def announce(widget: QWidget, said: str) -> None:
    """Let a screen reader say something at once."""
    event = QAccessibleAnnouncementEvent(widget, said)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
