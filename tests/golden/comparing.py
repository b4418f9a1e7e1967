"""Whether two pictures show the same, letters that another machine smooths otherwise aside."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

BLOCK = 8
"""Pixels of the squares whose mean greys are compared."""
MUCH = 40
"""Greys (of 255) by which a square may differ."""
FEW = 0.0005
"""The share of squares that may differ by more."""
PICTURES = Path(__file__).parent / "pictures"


def difference(one: QImage, other: QImage) -> float:
    """The share of squares that differ by much; 1 where the sizes do, by more than a line of text."""
    first, second = _squares(one), _squares(other)
    if any(abs(a - b) > 2 for a, b in zip(first.shape, second.shape, strict=True)):
        return 1.0
    height, width = (min(a, b) for a, b in zip(first.shape, second.shape, strict=True))
    return float(np.mean(np.abs(first[:height, :width] - second[:height, :width]) > MUCH))


def _squares(image: QImage) -> NDArray[np.float32]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    height, width = grey.height() // BLOCK, grey.width() // BLOCK
    cut = pixels[: height * BLOCK, : width * BLOCK].astype(np.float32)
    return np.asarray(cut.reshape(height, BLOCK, width, BLOCK).mean(axis=(1, 3)))
