"""The light ring: a colour and a motion for each thing that the device does, and its countdown.

The countdown is looked up in the clock, never counted in ticks. Each look is told, so that whatever
else shows the seconds shows those of the same look. What moves is drawn twenty times a second, a countdown
when its tip has four pixels to go and whenever its number changes, and between the two nothing wakes.
"""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QIcon, QPainter, QPaintEvent, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import QWidget

from assistant.face.looks import LIGHT, Looks
from assistant.face.state import FaceState, Light
from core.presentation.seconds_left import shown_seconds, steps_a_second, until_change_ms
from core.presentation.typeface import SEMIBOLD

EDGE = 132
STROKE, MARK_STROKE = 9, 5
FRAME_MS = 50
_MOVING = (Light.LISTENING, Light.THINKING, Light.SPEAKING)


class LightRing(QWidget):
    """The ring; it stands still unless something goes on."""

    looked = Signal(int)
    """The whole seconds that it shows from now on."""

    def __init__(self, looks: Looks, now: Callable[[], float], *, reduced_motion: bool = False) -> None:
        super().__init__()
        self._looks, self._now, self._is_calm = looks, now, reduced_motion
        self._state = FaceState()
        self._left_s = 0.0
        self._told: int | None = None
        self._box = QRectF(0, 0, EDGE, EDGE).adjusted(STROKE, STROKE, -STROKE, -STROKE)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one is early or late by a twentieth
        self._timer.timeout.connect(self.look)
        self.setFixedSize(QSize(EDGE, EDGE))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # or the window beneath is painted as well

    def show_state(self, state: FaceState) -> None:
        """Shows what goes on."""
        self._state = state
        self._told = None
        self.look()

    def look(self) -> None:
        """Look at the clock, tell what is left, draw it, and look again when it is to change."""
        self._read()
        self.update()
        wait_ms = self._until_change_ms()
        if wait_ms is None or not self.isVisible():
            self._timer.stop()
        else:
            self._timer.start(wait_ms)

    @property
    def seconds(self) -> int:
        """The number in the ring, while somebody is asked."""
        return shown_seconds(self._left_s)

    @property
    def is_moving(self) -> bool:
        """Whether it will look again by itself."""
        return self._timer.isActive()

    def _read(self) -> None:
        """The seconds of now, told where they are others than before."""
        self._left_s = self._state.seconds_left(self._now())
        if self.seconds != self._told:
            self._told = self.seconds
            self.looked.emit(self._told)

    def _until_change_ms(self) -> int | None:
        """Milliseconds until the picture is another; None while it stands still."""
        light, first = self._state.light, self._state.first
        if light is Light.WAITING and first is not None:
            if self._left_s <= 0:
                return None
            length = math.pi * self._box.width() * self.devicePixelRatioF()
            return until_change_ms(
                self._left_s, 1 if self._is_calm else steps_a_second(length, first.window_s)
            )
        return FRAME_MS if light in _MOVING and not self._is_calm else None

    def _steps_a_second(self, window_s: float) -> int:
        return 1 if self._is_calm else steps_a_second(math.pi * self._box.width(), window_s)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._read()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._looks.window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_pen(self._looks.line))
        painter.drawEllipse(self._box)
        light = self._state.light
        painter.setPen(_pen(self._looks.lights[light]))
        start, span = self._arc(light)
        painter.drawArc(self._box, round(start * 16), round(span * 16))
        self._draw_middle(painter, self._box, light)
        painter.end()

    def _arc(self, light: Light) -> tuple[float, float]:
        """Start and span in degrees, counter-clockwise from three o'clock."""
        if light is Light.WAITING and (first := self._state.first):
            return 90.0, 360.0 * min(1.0, self._left_s / max(first.window_s, 1.0))
        if self._is_calm or light not in _MOVING:
            return 90.0, 360.0
        turn = self._now() % 2.0 * 180.0
        if light is Light.THINKING:
            return 90.0 - turn, 100.0
        swell = self._state.level if light is Light.LISTENING else 0.5 + 0.5 * math.sin(self._now() * 6)
        half = 90.0 + 90.0 * swell
        return 270.0 - half, 2 * half

    def _draw_middle(self, painter: QPainter, box: QRectF, light: Light) -> None:
        painter.setPen(_pen(self._looks.ink, MARK_STROKE))
        for line in _MARKS.get(light, ()):
            painter.drawPolyline([box.center() + QPointF(*point) for point in line])
        if light is Light.WAITING:
            font = painter.font()
            font.setPixelSize(40)
            font.setFamilies([SEMIBOLD, *font.families()])
            font.setWeight(font.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(self._looks.ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.seconds))


_EXCLAMATION = (((0, -18), (0, 5)), ((0, 17), (0, 17.5)))
_CROSS = (((-12, -12), (12, 12)), ((-12, 12), (12, -12)))
_MARKS = {
    Light.GOOD: (((-18, 1), (-6, 13), (18, -12)),),
    Light.BAD: _CROSS,
    Light.DENIED: _CROSS,
    Light.LATE: (((0, -22), (0, 0), (14, 9)),),
    Light.CANCELLED: (((-13, 0), (13, 0)),),
    Light.UNSURE: _EXCLAMATION,
    Light.AWAY: _EXCLAMATION,
}
"""Lines from the middle; drawn, since the fonts that have such a letter differ."""


def icon(edge: int = 64) -> QIcon:
    """The window's icon: the ring, on nothing."""
    picture = QPixmap(edge, edge)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(LIGHT.accent))
    painter.drawEllipse(QRectF(picture.rect()).adjusted(STROKE, STROKE, -STROKE, -STROKE))
    painter.end()
    return QIcon(picture)


def _pen(colour: str, width: int = STROKE) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
