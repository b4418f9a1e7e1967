"""Starting `main.py` as a person would: its own process and data folder, nothing shared with the test."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec

from core.wire.runtime import RuntimeFile
from tests.house.sources import TOP
from tests.waiting import wait_until

LIMIT_S = 60.0


def command(*arguments: str | Path) -> list[str]:
    """Return the words that start `main.py` with these arguments."""
    return [sys.executable, str(TOP / "main.py"), *map(str, arguments)]


def nod(
    *arguments: str | Path, typed: str = "", limit_s: float = LIMIT_S
) -> subprocess.CompletedProcess[str]:
    """Run `main.py` with these arguments to its end and return its status and output.

    Args:
        arguments: the words of the command line.
        typed: what its standard input holds.
        limit_s: seconds after which the test fails.
    """
    return subprocess.run(
        command(*arguments),
        input=typed,
        capture_output=True,
        text=True,
        timeout=limit_s,
        check=False,
        cwd=TOP.parent,
    )


@contextmanager
def running(
    *arguments: str | Path,
    env: dict[str, str] | None = None,
    stdin: int = subprocess.PIPE,
    stdout: int | None = subprocess.PIPE,
    stderr: int | None = subprocess.PIPE,
) -> Iterator[subprocess.Popen[str]]:
    """Start `main.py` with these arguments and end it, by force if it must be, when the block is left.

    Args:
        arguments: the words of the command line.
        env: its surroundings, the test's own if left out.
        stdin: as `subprocess.Popen` takes it, like the two that follow.
        stdout: None for the test's own.
        stderr: the same.
    """
    process = subprocess.Popen(
        command(*arguments),
        env=env,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        text=True,
        cwd=TOP.parent,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=LIMIT_S)


def healthy(data: Path, role: str, process: subprocess.Popen[str]) -> RuntimeFile:
    """Wait until `process` plays `role` on the data folder and answers that it is well; return where."""
    return wait_until(lambda: _look(data, role, process), limit_s=30, what=f"the {role}")


def _look(data: Path, role: str, process: subprocess.Popen[str]) -> RuntimeFile | None:
    assert process.poll() is None, process.communicate()[1]
    try:
        found = msgspec.json.decode((data / "run" / f"{role}.json").read_bytes(), type=RuntimeFile)
        with httpx.Client(trust_env=False, verify=False) as client:
            is_well = client.get(f"{found.url}/health").status_code == 200
    except (OSError, msgspec.DecodeError, httpx.TransportError):
        return None
    return found if is_well and found.pid == process.pid else None
