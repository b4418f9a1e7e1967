"""A talking process whose every line is noted with the time at which it came."""

import json
import subprocess
import time

from tests.process.household import LIMIT_S, Talker


class Stopwatch(Talker):
    """A `Talker` that knows when each event was last told."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.at: dict[str, float] = {}
        """When each event came last, on the monotonic clock."""
        super().__init__(process)

    def wait_for_any(self, *events: str) -> str:
        """Waits for the next line of one of these events, or sentences by key; returns which."""
        while True:
            raw = self._queue.get(timeout=LIMIT_S)
            assert raw is not None, f"ended before {events}"
            told = json.loads(raw)
            for name in (str(told.get("event")), str(told.get("key"))):
                if name in events:
                    return name

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            now = time.monotonic()
            told = json.loads(line)
            self.at[str(told.get("event"))] = told.get("at", now)
            self._queue.put(line)
        self._queue.put(None)
