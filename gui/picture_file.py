"""A picture on its way in and out: a photo becomes a small square PNG, and what comes back is bounded."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

SIDES = (192, 160, 128, 96, 64)
"""Edges that are tried, the largest first, until the file is small enough."""
LARGEST_BYTES = 40_000
"""What the server keeps (docs/wire.md)."""
LARGEST_SIDE = 256
LONGEST_EDGE = 16_000
"""Pixels of a photo; anything larger is no photo."""
ENDINGS = "*.png *.jpg *.jpeg *.webp *.gif *.bmp"


def picture_of(path: Path) -> bytes | None:
    """The middle square of an image file as a small PNG; None where the file is no image."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)  # a photo taken upright lies on its side in the file
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LONGEST_EDGE:
        return None
    image = reader.read()
    return None if image.isNull() else _small(_square(image))


def image_of(picture: bytes) -> QImage | None:
    """What a server gave, decoded as PNG and nothing else; None where it is not a small one."""
    held = QByteArray(picture)
    source = QBuffer(held)
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source, QByteArray(b"png"))
    size = reader.size()
    if len(picture) > LARGEST_BYTES or max(size.width(), size.height()) > LARGEST_SIDE:
        return None
    image = reader.read()
    return None if image.isNull() else image


def _square(image: QImage) -> QImage:
    edge = min(image.width(), image.height())
    return image.copy(QRect((image.width() - edge) // 2, (image.height() - edge) // 2, edge, edge))


def _small(square: QImage) -> bytes | None:
    for side in SIDES:
        keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        found = _png(square.scaled(side, side, keep, smooth))
        if len(found) <= LARGEST_BYTES:
            return found
    return None


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    plain = QImage(image.size(), QImage.Format.Format_ARGB32)
    plain.fill(Qt.GlobalColor.transparent)
    painter = QPainter(plain)  # pixels alone: where and when a photo was taken stays behind
    painter.drawImage(0, 0, image)
    painter.end()
    QImageWriter(buffer, QByteArray(b"png")).write(plain)
    return bytes(buffer.data().data())
