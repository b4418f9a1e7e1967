"""What a start costs that nobody sees."""

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
