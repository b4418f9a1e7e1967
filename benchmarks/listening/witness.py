"""Records the room beside the device and notes when the last voiced sample came in."""

import subprocess
import threading
import time
from typing import Self

import numpy as np

RATE = 16_000
PIECE = 512
"""Samples of one piece: 32 ms."""
LOUD = 0.02
"""From here on a sample counts as voiced; what is played has no noise between the words."""


class Witness:
    """A second pair of ears at the same microphone."""

    def __init__(self) -> None:
        shape = ["--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=32", "--raw"]
        self._child = subprocess.Popen(["parec", *shape], stdout=subprocess.PIPE)
        self._last = 0.0
        self._thread = threading.Thread(target=self._record, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._child.terminate()
        self._child.wait(10)
        self._thread.join(10)

    @property
    def last_voiced(self) -> float:
        """When the last voiced sample was heard, on the monotonic clock; at the earliest."""
        return self._last

    def _record(self) -> None:
        assert self._child.stdout is not None
        while raw := self._child.stdout.read(2 * PIECE):
            now = time.monotonic()
            loud = np.flatnonzero(np.abs(np.frombuffer(raw, dtype="<i2")) > LOUD * 32768)
            if len(loud):
                self._last = now - (PIECE - loud[-1]) / RATE - PIECE / RATE
