"""Draws the map of one place into a picture: land, towns, the point with its accuracy, and a scale.

It is honest about what it knows: the circle is the accuracy, and at this scale a map is coast and towns.
Pictures are kept by what they show, so the next request from the same place draws nothing; the outlines of a
tile are built once and then only moved and scaled, which costs the windows' thread next to nothing.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)

from core.domain.place import Place
from core.presentation.gazetteer import towns, world
from core.presentation.gazetteer.world import LAND_STEP, Ring
from gui.prompt.map_labels import DOT, Label, labels
from gui.theme.tokens import Colours
from gui.theme.type_scale import RADIUS, SPACE_S

KM_PER_DEGREE = 111.32
LEAST_HALF_KM = 12.0
"""Half of the map's height, at least: closer there is nothing to see but names."""
MOST_HALF_KM = 400.0


class Sheet(NamedTuple):
    """Everything that a map's picture depends on."""

    place: Place
    """What was given; it has a point."""
    width: int
    """Device-independent pixels."""
    height: int
    """The same."""
    scale: float
    """Pixels of the screen for one of them."""
    colours: Colours
    """Those in force."""
    locale: str
    """The towns' names in Japanese where it is `ja`."""
    font: QFont
    """The towns' font."""


class Maps:
    """The maps that were drawn last."""

    MOST = 8

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def find(self, sheet: Sheet) -> QPixmap | None:
        """The picture, if it was drawn already."""
        return self._kept.get(_key(sheet))

    def draw(self, sheet: Sheet) -> QPixmap:
        """The picture; drawn where it is not there yet."""
        found = self.find(sheet)
        if found is None:
            found = self._kept[_key(sheet)] = picture(sheet)
            for oldest in list(self._kept)[: -self.MOST]:
                del self._kept[oldest]
        return found


def _key(sheet: Sheet) -> tuple[object, ...]:
    return (*sheet[:-1], sheet.font.key())


def picture(sheet: Sheet) -> QPixmap:
    """Draws a map."""
    made = QPixmap(round(sheet.width * sheet.scale), round(sheet.height * sheet.scale))
    made.setDevicePixelRatio(sheet.scale)
    made.fill(Qt.GlobalColor.transparent)
    view = View(sheet.place, float(sheet.width), float(sheet.height))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QPainterPath()
    frame.addRoundedRect(QRectF(0.5, 0.5, view.width - 1, view.height - 1), RADIUS - 3, RADIUS - 3)
    painter.setClipPath(frame)
    colours = sheet.colours
    painter.fillRect(QRectF(0, 0, view.width, view.height), QColor(colours.info_soft))
    land, coast = _land(view)
    painter.fillPath(land, QColor(colours.surface))
    painter.strokePath(coast, QPen(QColor(colours.edge), 0.8))
    _draw_towns(painter, view, sheet)
    _draw_point(painter, view, sheet)
    _draw_scale(painter, view, sheet)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(frame)
    painter.end()
    return made


def _draw_towns(painter: QPainter, view: "View", sheet: Sheet) -> None:
    muted = QColor(sheet.colours.muted)
    painter.setFont(sheet.font)
    for label in named(view, sheet):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(muted)
        painter.drawEllipse(label.at, DOT, DOT)
        painter.setPen(muted)
        painter.drawText(label.words, Qt.AlignmentFlag.AlignVCenter, label.name)


def named(view: "View", sheet: Sheet) -> list[Label]:
    """The towns that the map names."""
    metrics = QFontMetricsF(sheet.font)
    radius = min(_radius(view, sheet.place), view.height / 4)
    middle = QPointF(view.width / 2, view.height / 2)
    circle = QRectF(middle - QPointF(radius, radius), middle + QPointF(radius, radius))
    pin = QRectF(middle - QPointF(20, 26), middle + QPointF(20, 12))
    bar, words = _scale(view)[1:]
    return labels(
        towns(world(), *view.bounds, sheet.locale),
        view.point,
        lambda name: (metrics.horizontalAdvance(name) + 2, metrics.height()),
        QRectF(0, 0, view.width, view.height),
        (pin.united(circle), bar.united(words)),
    )


def _draw_point(painter: QPainter, view: "View", sheet: Sheet) -> None:
    claimed, colours = sheet.place.source == "reported", sheet.colours
    colour, paper = QColor(colours.warn if claimed else colours.accent), QColor(colours.surface)
    middle = QPointF(view.width / 2, view.height / 2)
    radius = _radius(view, sheet.place)
    ground = QColor(colour)
    ground.setAlpha(50)
    painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine if claimed else Qt.PenStyle.SolidLine))
    painter.setBrush(QBrush(ground))
    painter.drawEllipse(middle, radius, radius)
    pin = QPainterPath(middle)
    pin.cubicTo(middle + QPointF(-9, -11), middle + QPointF(-9, -22), middle + QPointF(0, -22))
    pin.cubicTo(middle + QPointF(9, -22), middle + QPointF(9, -11), middle)
    painter.setPen(QPen(paper, 1.2))
    painter.setBrush(colour)
    painter.drawPath(pin)
    painter.setBrush(paper)
    painter.drawEllipse(middle + QPointF(0, -14.5), 2.6, 2.6)


def _radius(view: "View", place: Place) -> float:
    """The circle's, in pixels: the place's accuracy."""
    return max(5.0, (place.accuracy_m or 0) / 1000 * view.pixels_per_km)


def _draw_scale(painter: QPainter, view: "View", sheet: Sheet) -> None:
    length_km, bar, words = _scale(view)
    painter.setPen(QPen(QColor(sheet.colours.ink), 1.4))
    painter.drawLine(bar.bottomLeft(), bar.bottomRight())
    for x in (bar.left(), bar.right()):
        painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()))
    painter.setFont(sheet.font)
    where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(words, where, f"{length_km:g} km")


def _scale(view: "View") -> tuple[float, QRectF, QRectF]:
    """The scale's length, and where its bar and its words stand."""
    length_km = _round_km(view.width / 5 / view.pixels_per_km)
    length = length_km * view.pixels_per_km
    right, bottom = view.width - SPACE_S - 2, view.height - SPACE_S
    bar = QRectF(right - length, bottom - 4, length, 4)
    return length_km, bar, QRectF(right - length - 54, bottom - 14, 50, 16)


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

    def moved(self, longitude: float, latitude: float) -> QTransform:
        """Brings outlines to the map, whose degrees are counted from this point of the world."""
        at = self.point(longitude, latitude)
        return QTransform(self._per_degree_x, 0, 0, -self._per_degree_y, at.x(), at.y())

    def tiles(self) -> Iterator[tuple[int, int]]:
        """The land tiles that the map touches."""
        west, south, east, north = self.bounds
        for column in range(math.floor(west / LAND_STEP), math.floor(east / LAND_STEP) + 1):
            for line in range(math.floor(south / LAND_STEP), math.floor(north / LAND_STEP) + 1):
                yield column, line


class Outline(NamedTuple):
    """One piece of land, in degrees from its tile's corner."""

    bounds: QRectF
    """Around it."""
    land: QPainterPath
    """The whole of it."""
    coast: QPainterPath
    """Its edge, without the lines at which the tile was cut."""


def _land(view: View) -> tuple[QPainterPath, QPainterPath]:
    """The land on the map, and its coast."""
    land, coast = QPainterPath(), QPainterPath()
    land.setFillRule(Qt.FillRule.OddEvenFill)
    for column, line in view.tiles():
        to_map = view.moved(column * LAND_STEP, line * LAND_STEP)
        seen = QRectF(0, 0, view.width, view.height)
        for outline in _outlines(column, line):
            if to_map.mapRect(outline.bounds).intersects(seen):
                land.addPath(to_map.map(outline.land))
                coast.addPath(to_map.map(outline.coast))
    return land, coast


@lru_cache(maxsize=12)
def _outlines(column: int, line: int) -> tuple[Outline, ...]:
    """The land of a tile."""
    return tuple(_outline(ring, column * LAND_STEP, line * LAND_STEP) for ring in world().rings(column, line))


def _outline(ring: Ring, west: float, south: float) -> Outline:
    land, coast = QPainterPath(), QPainterPath()
    points = [QPointF(x - west, y - south) for x, y in ring]
    land.addPolygon(QPolygonF(points))
    land.closeSubpath()
    pairs = zip((ring[-1], *ring), ring, strict=False)
    cuts = [at for at, (one, other) in enumerate(pairs) if one[0] == other[0] or one[1] == other[1]]
    begin = -1
    for cut in [at for at in cuts if _lies_on_edge(ring[at - 1], ring[at])]:
        _add_line(coast, points, begin, cut)
        begin = cut
    _add_line(coast, points, begin, len(points))
    return Outline(land.boundingRect(), land, coast)


def _add_line(coast: QPainterPath, points: list[QPointF], begin: int, end: int) -> None:
    """Adds the points from one cut to the next; where it begins before the first, with the closing line."""
    line = [points[-1], *points[:end]] if begin < 0 else points[begin:end]
    if len(line) > 1:
        coast.addPolygon(QPolygonF(line))


def _lies_on_edge(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether a line between these two runs along the edge of a tile."""
    return any(a == b and a % LAND_STEP == 0 for a, b in zip(one, other, strict=True))


def _round_km(wanted: float) -> float:
    """The roundest length not above `wanted`: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return power * max(step for step in (1, 2, 5) if step * power <= wanted)
