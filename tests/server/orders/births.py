"""What a test asks of the nursery, and the clock that a born server lives by."""

import atexit
import mmap
import struct
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import msgspec

NURSERY = Path(__file__).with_name("nursery.py")


class Birth(msgspec.Struct, frozen=True, kw_only=True):
    """A server that is wanted."""

    port: int
    """Where it serves; 0 for a new port."""
    database_url: str
    issuer: str
    payment_url: str
    clock: str
    """The file of its `SharedClock`."""


class SharedClock:
    """Real time, set ahead by what a file says: one clock for every process that opens it."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(struct.pack("d", 0.0))
        with file.open("r+b") as opened:
            self._ahead = mmap.mmap(opened.fileno(), 8)

    def __call__(self) -> float:
        """Epoch seconds."""
        return time.time() + self._seconds()

    def advance(self, seconds: float) -> None:
        """Sets it further ahead, for everybody."""
        self._ahead[:8] = struct.pack("d", self._seconds() + seconds)

    def _seconds(self) -> float:
        (ahead,) = struct.unpack("d", self._ahead[:8])
        return float(ahead)


class Nursery:
    """The process that bears servers; it has imported everything once."""

    def __init__(self) -> None:
        command = [sys.executable, str(NURSERY)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def bear(self, birth: Birth) -> tuple[int, int]:
        """Waits until the new server answers; its process id and port."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(msgspec.json.encode(birth).decode(), file=self._process.stdin, flush=True)
        pid, port = self._process.stdout.readline().split()
        return int(pid), int(port)

    def close(self) -> None:
        """Ends it, and every child that lives."""
        self._process.communicate(timeout=30)


@cache
def nursery() -> Nursery:
    """The one nursery of this test process."""
    made = Nursery()
    atexit.register(made.close)
    return made
