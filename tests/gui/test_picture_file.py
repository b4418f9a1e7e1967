"""What a photo becomes, and what of a server's picture is believed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from gui.picture_file import LARGEST_BYTES, LARGEST_SIDE, image_of, picture_of
from tests.server.pictures import png


def _noise(width: int, height: int) -> QImage:
    """An image that cannot be made small by packing it."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    state = 1
    for y in range(height):
        for x in range(width):
            state = (state * 1_103_515_245 + 12_345) % 2**31
            image.setPixel(x, y, 0xFF000000 | (state >> 7))
    return image


def test_a_photo_becomes_the_square_of_its_middle(dressed: QApplication, tmp_path: Path) -> None:
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    for y in range(100):
        for x in range(100, 200):
            image.setPixelColor(x, y, QColor("blue"))
    image.save(str(tmp_path / "wide.png"))
    picture = picture_of(tmp_path / "wide.png")
    assert picture is not None
    found = image_of(picture)
    assert found is not None
    assert found.width() == found.height()
    assert {found.pixelColor(x, 50).name() for x in (3, found.width() - 4)} == {"#0000ff"}


def test_a_picture_that_packs_badly_is_made_smaller_until_it_fits(
    dressed: QApplication, tmp_path: Path
) -> None:
    _noise(256, 256).save(str(tmp_path / "noise.png"))
    picture = picture_of(tmp_path / "noise.png")
    assert picture is not None
    assert len(picture) <= LARGEST_BYTES


def test_words_in_a_photo_are_not_sent_along(dressed: QApplication, tmp_path: Path) -> None:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    image.setText("Comment", "taken at home")
    image.save(str(tmp_path / "told.png"))
    assert b"taken at home" in (tmp_path / "told.png").read_bytes()
    picture = picture_of(tmp_path / "told.png")
    assert picture is not None
    assert b"taken at home" not in picture


@pytest.mark.parametrize("content", [b"", b"words", b"\x89PNG\r\n\x1a\n", png(64, 64)[:-30]])
def test_a_file_that_is_no_image_becomes_nothing(
    dressed: QApplication, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "file.png").write_bytes(content)
    assert picture_of(tmp_path / "file.png") is None


def test_of_a_server_only_a_small_png_is_decoded(dressed: QApplication) -> None:
    assert image_of(png(64, 64)) is not None
    assert image_of(png(LARGEST_SIDE + 1, LARGEST_SIDE + 1)) is None
    assert image_of(png(64, 64, padding=LARGEST_BYTES)) is None
    assert image_of(b"words") is None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"bmp")).write(QImage(8, 8, QImage.Format.Format_RGB32))
    assert image_of(bytes(buffer.data().data())) is None
