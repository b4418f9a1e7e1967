"""The light ring: a colour and a motion for each thing that the device does, and its countdown.

The countdown is looked up in the clock, never counted in ticks. Each look is told, so that whatever
else shows the seconds shows those of the same look.
"""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from assistant.face.looks import LIGHT, Looks
from assistant.face.state import FaceState, Light
from core.presentation.typeface import SEMIBOLD

EDGE = 132
STROKE, MARK_STROKE = 9, 5
FRAME_MS = 50
STALE_S = 0.06
"""A paint after a longer pause than between two frames looks again."""
_MOVING = (Light.LISTENING, Light.THINKING, Light.SPEAKING, Light.WAITING)


class LightRing(QWidget):
    """The ring; it stands still unless something goes on."""

    looked = Signal(int)
    """The whole seconds that it shows from now on."""

    def __init__(self, looks: Looks, now: Callable[[], float], *, reduced_motion: bool = False) -> None:
        super().__init__()
        self._looks, self._now, self._is_calm = looks, now, reduced_motion
        self._state = FaceState()
        self._timer = QTimer(self)
        self._timer.setInterval(1000 if reduced_motion else FRAME_MS)
        self._timer.timeout.connect(self.look)
        self._left_s, self._looked_at = 0.0, now()
        self.setFixedSize(QSize(EDGE, EDGE))

    def show_state(self, state: FaceState) -> None:
        """Shows what goes on."""
        self._state = state
        if state.light in _MOVING and not self._timer.isActive():
            self._timer.start()
        elif state.light not in _MOVING:
            self._timer.stop()
        self.look()

    def look(self) -> None:
        """Look at the clock, tell what is left, and draw it."""
        self._looked_at = self._now()
        self._left_s = self._state.seconds_left(self._looked_at)
        self.looked.emit(self.seconds)
        self.update()

    @property
    def seconds(self) -> int:
        """The number in the ring, while somebody is asked."""
        return math.ceil(round(self._left_s, 3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._now() - self._looked_at > STALE_S:
            self.look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(STROKE, STROKE, -STROKE, -STROKE)
        painter.setPen(_pen(self._looks.line))
        painter.drawEllipse(box)
        light = self._state.light
        painter.setPen(_pen(self._looks.lights[light]))
        start, span = self._arc(light)
        painter.drawArc(box, round(start * 16), round(span * 16))
        self._draw_middle(painter, box, light)
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


_MARKS = {
    Light.GOOD: (((-18, 1), (-6, 13), (18, -12)),),
    Light.BAD: (((-12, -12), (12, 12)), ((-12, 12), (12, -12))),
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
