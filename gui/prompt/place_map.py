"""A small map of where an order was spoken: land, towns, the point with its accuracy, and a scale.

Painted once into a picture and kept until point, size, colours or language change. It is honest about what
it knows: the circle is the accuracy, and at this scale a map is coast and towns.
"""

import math
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.domain.place import Place
from core.presentation.gazetteer import World, towns, world
from core.presentation.gazetteer.world import LAND_STEP, Ring
from gui.language import Language
from gui.parts.text import visible
from gui.theme.theme import Theme
from gui.theme.type_scale import RADIUS, SPACE_S, Type, font

HEIGHT = 132
KM_PER_DEGREE = 111.32
LEAST_HALF_KM = 12.0
"""Half of the map's height, at least: closer there is nothing to see but names."""
MOST_HALF_KM = 400.0
MOST_TOWNS = 7


class PlaceMap(QWidget):
    """The map of one place."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._place: Place | None = None
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._make)
        theme.changed.connect(self._forget)
        language.changed.connect(self._forget)

    def show_place(self, place: Place, words: str) -> None:
        """Show a place that has a point.

        Args:
            place: what was given.
            words: the same in words, for a screen reader.
        """
        self._place = place
        self.setAccessibleName(visible(words))
        self._forget()

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._place is None:
            return
        wanted = self.size() * self.devicePixelRatioF()
        if self._picture is None or self._picture.size() != wanted:
            self._later.start()  # after this paint: a window with a map must not wait for it
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _make(self) -> None:
        if self._place is None:
            return
        scale = self.devicePixelRatioF()
        picture = QPixmap(self.size() * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        self._draw(picture, self._place)
        self._picture = picture
        self.update()

    def _forget(self) -> None:
        self._picture = None
        self.update()

    def _draw(self, picture: QPixmap, place: Place) -> None:
        view = View(place, float(self.width()), float(self.height()))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(0.5, 0.5, view.width - 1, view.height - 1), RADIUS - 3, RADIUS - 3)
        painter.setClipPath(frame)
        colours = self._theme.colours
        painter.fillRect(self.rect(), QColor(colours.info_soft))
        land, coast = _land(world(), view)
        painter.fillPath(land, QColor(colours.surface))
        painter.strokePath(coast, QPen(QColor(colours.edge), 0.8))
        self._draw_towns(painter, view)
        self._draw_point(painter, view, place)
        self._draw_scale(painter, view)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)
        painter.end()

    def _draw_towns(self, painter: QPainter, view: "View") -> None:
        colours = self._theme.colours
        made = font(Type.CAPTION)
        metrics = QFontMetricsF(made)
        painter.setFont(made)
        taken = [QRectF(view.width / 2 - 20, view.height / 2 - 26, 40, 38)]
        frame = QRectF(4, 2, view.width - 8, view.height - 20)
        for town in towns(world(), *view.bounds, self._language.locale):
            at = view.point(town.longitude, town.latitude)
            label = QRectF(at.x() + 5, at.y() - 8, metrics.horizontalAdvance(town.name) + 2, 16)
            if not frame.contains(label) or any(label.intersects(other) for other in taken):
                continue
            taken.append(label.adjusted(-10, -2, 6, 2))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.muted))
            painter.drawEllipse(at, 2, 2)
            painter.setPen(QColor(colours.muted))
            painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, town.name)
            if len(taken) > MOST_TOWNS:
                break

    def _draw_point(self, painter: QPainter, view: "View", place: Place) -> None:
        claimed = place.source == "reported"
        colour = QColor(self._theme.colours.warn if claimed else self._theme.colours.accent)
        middle = QPointF(view.width / 2, view.height / 2)
        radius = max(5.0, (place.accuracy_m or 0) / 1000 * view.pixels_per_km)
        ground = QColor(colour)
        ground.setAlpha(50)
        painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine if claimed else Qt.PenStyle.SolidLine))
        painter.setBrush(QBrush(ground))
        painter.drawEllipse(middle, radius, radius)
        pin = QPainterPath(middle)
        pin.cubicTo(middle + QPointF(-9, -11), middle + QPointF(-9, -22), middle + QPointF(0, -22))
        pin.cubicTo(middle + QPointF(9, -22), middle + QPointF(9, -11), middle)
        painter.setPen(QPen(QColor(self._theme.colours.surface), 1.2))
        painter.setBrush(colour)
        painter.drawPath(pin)
        painter.setBrush(QColor(self._theme.colours.surface))
        painter.drawEllipse(middle + QPointF(0, -14.5), 2.6, 2.6)

    def _draw_scale(self, painter: QPainter, view: "View") -> None:
        length_km = _round_km(view.width / 5 / view.pixels_per_km)
        length = length_km * view.pixels_per_km
        right, bottom = view.width - SPACE_S - 2, view.height - SPACE_S
        painter.setPen(QPen(QColor(self._theme.colours.ink), 1.4))
        painter.drawLine(QPointF(right - length, bottom), QPointF(right, bottom))
        for x in (right - length, right):
            painter.drawLine(QPointF(x, bottom - 4), QPointF(x, bottom))
        painter.setFont(font(Type.CAPTION))
        box = QRectF(right - length - 80, bottom - 14, 76, 16)
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, where, f"{length_km:g} km")


class View:
    """What part of the world is on the map, and where a point of it lies."""

    def __init__(self, place: Place, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._latitude, self._longitude = place.latitude or 0.0, place.longitude or 0.0
        wanted = (place.accuracy_m or 0) / 1000 * 2.5
        half_km = min(MOST_HALF_KM, max(LEAST_HALF_KM, wanted))
        self.pixels_per_km = height / 2 / half_km
        self._per_degree_y = KM_PER_DEGREE * self.pixels_per_km
        self._per_degree_x = self._per_degree_y * max(0.05, math.cos(math.radians(self._latitude)))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north, in degrees."""
        half_x, half_y = self.width / 2 / self._per_degree_x, self.height / 2 / self._per_degree_y
        west, east = self._longitude - half_x, self._longitude + half_x
        return west, self._latitude - half_y, east, self._latitude + half_y

    def point(self, longitude: float, latitude: float) -> QPointF:
        """Where a point of the world lies on the map."""
        x = self.width / 2 + (longitude - self._longitude) * self._per_degree_x
        return QPointF(x, self.height / 2 - (latitude - self._latitude) * self._per_degree_y)

    def tiles(self) -> Iterator[tuple[int, int]]:
        """The land tiles that the map touches."""
        west, south, east, north = self.bounds
        for column in range(math.floor(west / LAND_STEP), math.floor(east / LAND_STEP) + 1):
            for line in range(math.floor(south / LAND_STEP), math.floor(north / LAND_STEP) + 1):
                yield column, line


def _land(data: World, view: View) -> tuple[QPainterPath, QPainterPath]:
    """The land on the map, and its coast without the edges at which tiles were cut."""
    land, coast = QPainterPath(), QPainterPath()
    land.setFillRule(Qt.FillRule.OddEvenFill)
    west, south, east, north = view.bounds
    for column, line in view.tiles():
        for ring in data.rings(column, line):
            xs, ys = [x for x, _ in ring], [y for _, y in ring]
            if max(xs) < west or min(xs) > east or max(ys) < south or min(ys) > north:
                continue
            points = [view.point(x, y) for x, y in ring]
            land.addPolygon(points)
            land.closeSubpath()
            _trace(coast, ring, points)
    return land, coast


def _trace(coast: QPainterPath, ring: Ring, points: list[QPointF]) -> None:
    """Adds a ring's lines, but those that run along the edge of a tile."""
    for at, point in enumerate(points):
        if _is_cut(ring[at - 1], ring[at]):
            coast.moveTo(point)
        else:
            if coast.currentPosition() != points[at - 1]:
                coast.moveTo(points[at - 1])
            coast.lineTo(point)


def _is_cut(before: tuple[float, float], after: tuple[float, float]) -> bool:
    return any(one == other and one % LAND_STEP == 0 for one, other in zip(before, after, strict=True))


def _round_km(wanted: float) -> float:
    """The roundest length not above `wanted`: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return power * max(step for step in (1, 2, 5) if step * power <= wanted)
