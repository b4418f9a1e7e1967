"""The pictures of the documents are drawn in few colours, and a warning keeps its own however small it is."""

import pytest
from PySide6.QtGui import QColor, QImage

from docs.few_colours import small
from gui.theme import tokens

WARNINGS = [
    pytest.param(getattr(palette, name), id=f"{scheme}-{name}")
    for scheme, palette in (("light", tokens.LIGHT), ("dark", tokens.DARK))
    for name in ("danger", "warn", "info", "accent")
]


def greys(width: int = 256, height: int = 64) -> QImage:
    """A picture of more greys than are kept, each of them in more pixels than a spot has."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        grey = QColor(x, x, 255 - abs(128 - x)).rgb()
        for y in range(height):
            image.setPixel(x, y, grey)
    return image


@pytest.mark.parametrize("colour", WARNINGS)
@pytest.mark.parametrize("most", [32, 128])
def test_a_small_spot_of_a_warning_keeps_its_colour(colour: str, most: int) -> None:
    image = greys()
    for at in range(9):
        image.setPixel(100 + at % 3, 20 + at // 3, QColor(colour).rgb())
    drawn = small(image, most)
    assert drawn.pixelColor(101, 21).name() == colour
    assert drawn.colorCount() == most


def test_every_colour_of_a_palette_is_kept_at_once() -> None:
    image = greys()
    meant = sorted({getattr(tokens.DARK, name) for name in tokens.purposes()})
    for at, colour in enumerate(meant):
        for x in range(5):
            image.setPixel(at * 6 + x, 5, QColor(colour).rgb())
    drawn = small(image, 48)
    assert [drawn.pixelColor(at * 6 + 2, 5).name() for at in range(len(meant))] == meant


def test_a_picture_of_few_colours_is_drawn_as_it_is() -> None:
    image = greys(20)
    assert small(image, 48).convertToFormat(image.format()) == image
