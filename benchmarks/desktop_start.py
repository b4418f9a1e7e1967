"""Starts `main.py` as a person does and sees from outside when its window is there and what it takes.

The display is Xvfb with its memory in a file: the first paint is seen there, without asking the program.
Needs what the tests need for a screen (`sh system.sh test`).
"""

import mmap
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec
import psutil

from core.wire.runtime import RuntimeFile
from tests.process.hand import Hand
from tests.process.screen import Screen, screen

TOP = Path(__file__).resolve().parents[1]
LIMIT_S = 60.0
SETTLED_S, COUNTED_S = 2.0, 6.0
LOOK_EVERY_S = 0.002
SAMPLE = 64
"""Every which byte of the display's memory is looked at."""
PAINTED = 0.2
"""The share of the display that a window changes at least; a bare frame and a title bar are less."""


@dataclass(frozen=True)
class Start:
    """What one start took."""

    window_ms: float
    """Until the window was seen."""
    served_ms: float
    """Until both servers answered too."""
    pss_mb: float
    """Memory once everything ran."""
    idle_wakes: float
    """How often a second the process woke, all threads together, while nobody did anything."""


def starts(rounds: int) -> list[Start]:
    """Registers a person, then starts the desktop that often."""
    with tempfile.TemporaryDirectory(prefix="nod-") as place, screen(Path(place), seen=True) as shown:
        data = shown.runtime / "data"
        data.mkdir(mode=0o700)
        _register(shown, data)
        return [_start(shown, data) for _ in range(rounds)]


def _desktop(shown: Screen, data: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, str(TOP / "main.py"), "--data", str(data)]
    surroundings = shown.environment() | {"QT_LOGGING_RULES": "qt.accessibility.atspi=false"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(words, env=surroundings, stdin=subprocess.DEVNULL)


def _leave(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=LIMIT_S)


def _register(shown: Screen, data: Path) -> None:
    process = _desktop(shown, data)
    hand = Hand(shown)
    hand.write("Nickname", "Momo")
    hand.write("User ID", "momo")
    for button in ("Create my profile", "Pair it", "Open the assistant"):
        hand.press(button)
    hand.find("I can ask Momo", "label")
    hand.close()
    _leave(process)


def _start(shown: Screen, data: Path) -> Start:
    with shown.memory.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as pixels:
        empty = pixels[::SAMPLE]
        began = time.monotonic()
        process = _desktop(shown, data)
        window_ms = _once(lambda: _differs(empty, pixels[::SAMPLE]), began)
    served_ms = _once(lambda: all(_answers(data, role) for role in ("server", "payment")), began)
    hand = Hand(shown)
    hand.find("I can ask Momo", "label")
    hand.close()
    pss_mb = psutil.Process(process.pid).memory_full_info().pss / 1e6
    time.sleep(SETTLED_S)
    before = _wakes(process.pid)
    time.sleep(COUNTED_S)
    idle_wakes = (_wakes(process.pid) - before) / COUNTED_S
    _leave(process)
    return Start(window_ms, served_ms, pss_mb, idle_wakes)


def _wakes(pid: int) -> int:
    """How often the threads of a process have given up a processor by themselves, to sleep."""
    word, found = "voluntary_ctxt_switches:", 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        found += sum(
            int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith(word)
        )
    return found


def _once(is_so: Callable[[], bool], began: float) -> float:
    while not is_so():
        if time.monotonic() - began > LIMIT_S:
            raise TimeoutError
        time.sleep(LOOK_EVERY_S)
    return (time.monotonic() - began) * 1000


def _differs(before: bytes, now: bytes) -> bool:
    return before != now and sum(a != b for a, b in zip(before, now, strict=True)) > PAINTED * len(now)


def _answers(data: Path, role: str) -> bool:
    try:
        found = msgspec.json.decode((data / "run" / f"{role}.json").read_bytes(), type=RuntimeFile)
        return httpx.get(f"{found.url}/health", trust_env=False, verify=False).status_code == 200
    except (OSError, msgspec.DecodeError, httpx.TransportError):
        return False
