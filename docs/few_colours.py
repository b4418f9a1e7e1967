"""Draws a picture again in few colours, so that it is small enough to be kept and each colour still means the same.

Every colour of a palette of ours that is in the picture stays exactly what it is, however little of it there is:
a warning, an amber sentence, the point of a map. The others are chosen so that what is missed the most is missed no
more: a colour is missed by how much there is of it and how far it is from the nearest that was chosen.
"""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from assistant.face import looks as face
from gui.theme import tokens

ACCIDENT = 4
"""Pixels up to which a colour of ours may only be the edge of some letter."""
PLAIN = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
Pixels = np.ndarray[tuple[int], np.dtype[np.uint32]]


def small(image: QImage, most: int = 256) -> QImage:
    """The picture in no more colours than so many, all of ours that it has among them."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    chosen = _chosen(colours, counts, most)
    return image.convertToFormat(QImage.Format.Format_Indexed8, [int(colours[at]) for at in chosen], PLAIN)


def _chosen(colours: Pixels, counts: "np.ndarray[tuple[int], np.dtype[np.int64]]", most: int) -> list[int]:
    """Which of the colours the picture keeps: ours, and then what is missed the most, one after the other."""
    parts = np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=1).astype(np.float64)
    chosen = [int(at) for at in np.flatnonzero(np.isin(colours, ours()) & (counts > ACCIDENT))]
    chosen = chosen or [int(counts.argmax())]
    far = np.min([((parts - parts[at]) ** 2).sum(axis=1) for at in chosen], axis=0)
    while len(chosen) < most and far.any():
        chosen.append(int((far * counts).argmax()))
        far = np.minimum(far, ((parts - parts[chosen[-1]]) ** 2).sum(axis=1))
    return chosen[:most]


def ours() -> Pixels:
    """The colours that mean something, in the windows and in the device's."""
    named = [
        getattr(palette, name)
        for palette in (tokens.LIGHT, tokens.DARK)
        for name in palette.__dataclass_fields__
    ]
    own = [getattr(looks, name) for looks in (face.LIGHT, face.DARK) for name in NAMED]
    lights = [colour for looks in (face.LIGHT, face.DARK) for colour in looks.lights.values()]
    return np.array([QColor(colour).rgb() for colour in (*named, *own, *lights)], dtype=np.uint32)


NAMED = tuple(name for name in face.Looks.__dataclass_fields__ if name != "lights")
"""The device's colours that are no light of its ring."""
