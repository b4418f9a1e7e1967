"""Our icons: SVG files of one stroke, drawn in the colour and at the scale that the screen asks for."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_FOLDER = Path(__file__).parent / "icons"
_SCALES = (1, 2, 3)


@cache
def _drawing(name: str) -> str:
    return (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def drawing_of(name: str, colour: str) -> QByteArray:
    """An icon as SVG, for what is drawn at no screen's scale."""
    return QByteArray(_drawing(name).replace("#000000", colour).encode())


def pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """An icon as a picture.

    Args:
        name: a file of `icons/`, without its ending.
        colour: `#rrggbb` of its strokes; an icon with colours of its own ignores it.
        size: edge in device-independent pixels.
        scale: pixels to one of those.
    """
    drawing = QSvgRenderer(drawing_of(name, colour))
    edge = round(size * scale)
    image = QImage(QSize(edge, edge), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    made = QPixmap.fromImage(image)
    made.setDevicePixelRatio(scale)
    return made


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """An icon that is sharp at scales 1 to 3."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(pixmap(name, colour, size, scale))
    return made


def app_icon() -> QIcon:
    """The icon of the program."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("nod", "#000000", size))
    return made
