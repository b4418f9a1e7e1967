"""`main.py` without a display: it says so, and the text terminal takes the windows' place."""

import re
import signal
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from tests.house.sources import TOP
from tests.process.nod import LIMIT_S, command, healthy, running
from tests.process.screen import without_screen


def _desktop(data: Path, stdin: int = subprocess.PIPE) -> AbstractContextManager[subprocess.Popen[str]]:
    surroundings = without_screen() | {"COLUMNS": "300"}
    return running("--data", data, env=surroundings, stdin=stdin, stderr=subprocess.STDOUT)


class Told:
    """Everything that a process has printed; two parties write to it, in either order."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self._out, self._lines = process.stdout, list[str]()

    def next(self, pattern: str) -> str:
        """As `until`, but only in what has not been read yet."""
        self._lines.clear()
        return self.until(pattern)

    def until(self, pattern: str) -> str:
        """Return what the pattern's first group holds in a line, reading on until there is one."""
        for line in self._lines:
            if found := re.search(pattern, line):
                return found[1]
        for line in self._out:
            self._lines.append(line)
            if found := re.search(pattern, line):
                return found[1]
        raise AssertionError(f"{pattern} in vain in {self._lines}")


def _type(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def test_everything_by_typing_and_then_it_serves_with_its_input_closed(data_folder: Path) -> None:
    with _desktop(data_folder) as process:
        told = Told(process)
        told.until("(There are no windows here)")
        told.until("(register USER_ID NICKNAME)")
        _type(process, "register momo Momo")
        shown = told.until("assistant.* ([B-Z]{4}-[B-Z]{4})")
        _type(process, f"pair {shown}")
        told.until("assistant.*(I can ask Momo)")
        _type(process, "say buy milk for Momo")
        code = told.until(r"assistant.*The code is (\d\d)")
        short = told.until(r"approve (\S{4,}) CODE")
        _type(process, f"approve {short} {code}")
        told.until("assistant.*(Momo approved)")
        _type(process, f"again {short}")
        told.until("(Handed to your assistant: 1 × Milk)")
        told.next("(wants to buy)")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        assert process.returncode == 0
    with _desktop(data_folder, stdin=subprocess.DEVNULL) as later:
        for role in ("server", "payment"):
            healthy(data_folder, role, later)
        later.send_signal(signal.SIGTERM)
        later.communicate(timeout=30)
        assert later.returncode == 0


EARLY_SIGNAL = """
import os, signal, sys
from pathlib import Path
from core.roles.desktop import desktop
from core.terminal import wiring

def open_store(folder, real=wiring.open_store):
    os.kill(os.getpid(), signal.SIGTERM)
    return real(folder)

wiring.open_store = open_store
sys.exit(desktop(Path(sys.argv[1])))
"""


def test_a_signal_that_comes_while_the_terminal_starts_is_not_lost(data_folder: Path) -> None:
    words = [sys.executable, "-c", EARLY_SIGNAL, str(data_folder)]
    with subprocess.Popen(
        words, env=without_screen(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=TOP
    ) as process:
        try:
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()


def test_a_first_run_that_nobody_can_type_into_ends_with_2_and_the_commands_to_use(data_folder: Path) -> None:
    with _desktop(data_folder, stdin=subprocess.DEVNULL) as process:
        said = process.communicate(timeout=LIMIT_S)[0]
    assert process.returncode == 2
    assert "register USER_ID NICKNAME" in said


def test_a_second_text_desktop_is_one_sentence(data_folder: Path) -> None:
    with _desktop(data_folder) as process:
        told = Told(process)
        told.until("(register USER_ID NICKNAME)")
        second = subprocess.run(
            command("--data", data_folder),
            env=without_screen(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    assert (second.returncode, second.stdout, second.stderr.count("\n")) == (1, "", 1)
    assert f"process {process.pid}" in second.stderr


def test_a_folder_that_cannot_be_written_is_one_sentence() -> None:
    with _desktop(Path("/proc/self/fd")) as process:
        said = process.communicate(timeout=LIMIT_S)[0]
    assert (process.returncode, said.count("\n")) == (1, 1)
    assert "cannot be written" in said
