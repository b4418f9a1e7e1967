"""`main.py demo` with windows: the same messages and the same end; every step is a press on a real window."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.roles import scenarios
from tests.house.sources import TOP
from tests.process.test_demo import OUTCOME, STATUS

AT_ONCE = """
import sys
import core.roles.windowed_approver as windowed
windowed.PACE_S = windowed.LETTER_S = 0.0
from core.roles.command_line import run
sys.exit(run(sys.argv[1:]))
"""
"""Nobody looks on, so nobody is waited for."""


@pytest.mark.parametrize("name", ["purchase", "deny", "expire", "withdraw", "unknown-contact"])
def test_a_scenario_is_played_by_pressing_the_windows(name: str) -> None:
    words = ["demo", "--json", "--scenario", name, "--say", "buy milk for Momo"]
    ran = subprocess.run(
        [sys.executable, "-c", AT_ONCE, *words],
        cwd=TOP,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert ran.returncode == STATUS[name], ran.stderr
    said = json.loads(ran.stdout)
    assert (said["outcome"], said["as_told"]) == (OUTCOME[name], True)
    told = [one["name"] for one in said["messages"]]
    assert [one for one in told if one in scenarios.read(name).messages] == list(
        scenarios.read(name).messages
    )


BROKEN = """
import sys
import gui.desktop
def fail(*_):
    raise RuntimeError("no tray here")
gui.desktop.Tray = fail
from core.roles.command_line import run
sys.exit(run(sys.argv[1:]))
"""
"""A desktop whose windows cannot be built, once the threads beside them are there."""


@pytest.mark.parametrize("words", [["demo", "--say", "buy milk for Momo"], ["--data", "home"]])
def test_windows_that_cannot_be_built_end_the_process_with_a_sentence(
    words: list[str], tmp_path: Path
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", BROKEN, *words],
        cwd=tmp_path,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(TOP)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1] == (
        "The windows could not be opened (RuntimeError: no tray here). "
        "`main.py doctor` looks for what is missing here."
    )
    assert "Traceback" not in ran.stderr
