"""Contact sheets: pictures beside each other with their names, as many to a row as fit."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

WIDTH, GAP, NAME = 3_300, 24, 30
"""Of a sheet, between pictures and above each for its name; in pixels of scale 1."""
GROUND, INK = QColor("#77736b"), QColor("#ffffff")


def sheet(pictures: dict[str, QImage], scale: int) -> QImage:
    """All of them on one sheet."""
    places, size = _places({name: one.size() for name, one in pictures.items()}, scale)
    whole = QImage(size, QImage.Format.Format_RGB32)
    whole.fill(GROUND)
    painter = QPainter(whole)
    painter.setPen(INK)
    font = QFont("Inter")
    font.setPixelSize(16 * scale)
    painter.setFont(font)
    for name, place in places.items():
        picture = pictures[name]
        picture.setDevicePixelRatio(1)
        above = QRect(place - QPoint(0, NAME * scale), QSize(picture.width(), NAME * scale))
        painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, name)
        painter.drawImage(place, picture)
    painter.end()
    return whole


def _places(sizes: dict[str, QSize], scale: int) -> tuple[dict[str, QPoint], QSize]:
    """Where each stands, row by row in the order given, and the size of it all."""
    gap, name_height, most = GAP * scale, NAME * scale, WIDTH * scale
    places: dict[str, QPoint] = {}
    left, top, height, width = gap, gap + name_height, 0, 0
    for name, size in sizes.items():
        if left > gap and left + size.width() + gap > most:
            left, top, height = gap, top + height + gap + name_height, 0
        places[name] = QPoint(left, top)
        left += size.width() + gap
        height, width = max(height, size.height()), max(width, left)
    return places, QSize(width, top + height + gap)
