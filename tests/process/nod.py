"""Starting `main.py` as a person would: its own process and data folder, nothing shared with the test."""

import subprocess
import sys
from pathlib import Path

from tests.house.sources import TOP

LIMIT_S = 60.0


def nod(
    *arguments: str | Path, typed: str = "", limit_s: float = LIMIT_S
) -> subprocess.CompletedProcess[str]:
    """Run `main.py` with these arguments to its end and return its status and output.

    Args:
        arguments: the words of the command line.
        typed: what its standard input holds.
        limit_s: seconds after which the test fails.
    """
    command = [sys.executable, str(TOP / "main.py"), *map(str, arguments)]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, timeout=limit_s, check=False, cwd=TOP.parent
    )
