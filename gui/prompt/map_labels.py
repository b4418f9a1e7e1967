"""Which towns a map names and where: the largest first, and none whose name or dot would touch another's.

What the map draws besides is kept free: the point with its pin, and the scale with its words.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from core.presentation.gazetteer import Town

MOST = 7
DOT = 2.0
"""Half of a town's dot."""
BETWEEN = 5.0
"""From the middle of the dot to its name."""
AIR = 4.0
"""Between two towns, at least."""
EDGE = 4.0
"""Between a town and the map's edge, at least."""


class Label(NamedTuple):
    """A town as it is drawn."""

    name: str
    """In the language of the map."""
    at: QPointF
    """The middle of its dot."""
    words: QRectF
    """Where its name stands."""

    @property
    def whole(self) -> QRectF:
        """Dot and name."""
        dot = QRectF(self.at - QPointF(DOT, DOT), self.at + QPointF(DOT, DOT))
        return self.words.united(dot)


def labels(
    towns: Iterable[Town],
    point: Callable[[float, float], QPointF],
    size: Callable[[str], tuple[float, float]],
    room: QRectF,
    free: Iterable[QRectF],
) -> list[Label]:
    """The towns that are named.

    Args:
        towns: those of the map, the largest first.
        point: where longitude and latitude lie on the map.
        size: width and height of a name in the map's font.
        room: the map.
        free: what is drawn besides, and stays free.
    """
    inside, taken = room.adjusted(EDGE, EDGE, -EDGE, -EDGE), list(free)
    named: list[Label] = []
    for town in towns:
        label = _label(town, point, size)
        if inside.contains(label.whole) and not any(label.whole.intersects(other) for other in taken):
            named.append(label)
            taken.append(label.whole.adjusted(-AIR, -AIR / 2, AIR, AIR / 2))
        if len(named) == MOST:
            break
    return named


def _label(
    town: Town, point: Callable[[float, float], QPointF], size: Callable[[str], tuple[float, float]]
) -> Label:
    at = point(town.longitude, town.latitude)
    width, height = size(town.name)
    return Label(town.name, at, QRectF(at.x() + BETWEEN, at.y() - height / 2, width, height))
