"""What a start costs that nobody sees."""

import os
import subprocess
import sys

import pytest

from tests.house.sources import TOP

LOOKS = """
import {window}, builtins, linecache
import html.parser, http.cookiejar
assert builtins.__import__ is builtins.__orig_import__, "Qt still looks at every import"
kept = [name for name in linecache.cache if not name.startswith("<")]
assert not kept, kept
"""


@pytest.mark.parametrize("window", ["gui.app", "assistant.face.app"])
def test_python_does_not_keep_the_source_of_what_is_imported_beside_a_window(window: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOOKS.format(window=window)],
        cwd=TOP,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


LETTERS = """
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication
{begin}
print(QFontInfo(QApplication.instance().font()).family())
"""
BEGINNINGS = (
    "from gui.app import make_application as a; a()",
    "from assistant.face.app import can_show as a; a()",
)


def test_desktop_and_device_are_written_in_the_same_letters() -> None:
    around = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    commands = [[sys.executable, "-c", LETTERS.format(begin=begin)] for begin in BEGINNINGS]
    said = [subprocess.check_output(one, cwd=TOP, env=around, text=True, timeout=60) for one in commands]
    assert said == ["Inter\n", "Inter\n"]


NAMES = """
from PySide6.QtGui import QGuiApplication
from gui.app import make_application
app = make_application()
print(app.applicationName(), QGuiApplication.applicationDisplayName(), QGuiApplication.desktopFileName())
"""


def test_the_window_manager_and_a_screen_reader_call_the_desktop_by_its_name() -> None:
    around = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", NAMES]
    assert (
        subprocess.check_output(command, cwd=TOP, env=around, text=True, timeout=60) == "Nod Nod jp.nod.Nod\n"
    )
