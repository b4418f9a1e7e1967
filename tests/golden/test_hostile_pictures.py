"""Hostile text in every field looks as it did when somebody last looked at it: plain, capped, marked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.golden.comparing import FEW, PICTURES, difference
from tests.golden.hostile import HOSTILE
from tests.house.sources import TOP

UNGUARDED = """
import runpy, sys
import gui.parts.text
gui.parts.text.visible = lambda text: text
sys.argv[:] = ["golden", {folder!r}]
runpy.run_module("tests.golden", run_name="__main__")
"""
HIDES = ("right-to-left", "long", "newlines", "zero-width")
"""What only `visible` holds back; markup and look-alikes are held back by other means."""
pytestmark = pytest.mark.xdist_group("golden")


def _draw(*words: str) -> None:
    surroundings = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": "1",
        "QT_LOGGING_RULES": "*.warning=false",
    }
    subprocess.run([sys.executable, *words], cwd=TOP, env=surroundings, check=True, timeout=120)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures as the windows look now."""
    folder = tmp_path_factory.mktemp("golden")
    _draw("-m", "tests.golden", str(folder))
    return folder


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_looks_as_it_was_last_looked_at(drawn: Path, kind: str) -> None:
    now, then = QImage(str(drawn / f"{kind}.png")), QImage(str(PICTURES / f"{kind}.png"))
    share = difference(now, then)
    assert share <= FEW, f"{share:.4f} of the picture changed; look at {drawn / f'{kind}.png'}"


def test_a_picture_tells_when_text_is_shown_as_it_came(tmp_path: Path) -> None:
    _draw("-c", UNGUARDED.format(folder=str(tmp_path)))
    for kind in HIDES:
        raw, then = QImage(str(tmp_path / f"{kind}.png")), QImage(str(PICTURES / f"{kind}.png"))
        assert difference(raw, then) > FEW, kind


def test_the_pictures_are_small_enough_to_be_kept() -> None:
    assert sum(one.stat().st_size for one in PICTURES.glob("*.png")) < 500_000
