"""The AI device as a child process: started with this interpreter, heard by its lines, ended in order.

The child is a party like any other and speaks HTTP with the servers; its standard input carries typed lines
and, by its end, the word that its parent is gone. What it says of itself comes one JSON object a line.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

MAIN = Path(__file__).parents[2] / "main.py"
PATIENCE_S = 2.0
"""Seconds that the child has to end after each stronger word."""

Line = dict[str, Any]


class DeviceProcess:
    """One child, from `start` to `stop`."""

    def __init__(
        self,
        data: Path,
        arguments: Sequence[str],
        on_line: Callable[[Line], None],
        on_end: Callable[[int], None] = lambda _status: None,
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            data: the data folder.
            arguments: what follows `main.py assistant`.
            on_line: called with each line that it prints, from a thread of ours.
            on_end: called with its exit status, after its last line, from the same thread.
        """
        words = [sys.executable, str(MAIN), "assistant", "--data", str(data), "--child", "--json"]
        self._command = [*words, *arguments]
        self._on_line, self._on_end = on_line, on_end
        self._child: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._is_stopping = False

    def start(self, *arguments: str) -> None:
        """Start it, or start it again once it has ended; while it runs, do nothing.

        Args:
            arguments: what is said to this start in addition.
        """
        if self._is_stopping or (self._child is not None and self._child.poll() is None):
            return
        self._child = subprocess.Popen(
            [*self._command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONUTF8": "1"},
        )
        self._reader = threading.Thread(target=self._read, name="device", daemon=False)
        self._reader.start()

    @property
    def is_stopping(self) -> bool:
        """Whether its end was asked for."""
        return self._is_stopping

    def send(self, line: str) -> None:
        """Write a line to its standard input; one that has ended gets nothing."""
        if self._child is None or self._child.stdin is None:
            return
        with contextlib.suppress(OSError, ValueError):
            self._child.stdin.write(line.encode() + b"\n")
            self._child.stdin.flush()

    def stop(self) -> None:
        """End it and wait for it: the end of its input first, then TERM, then KILL. Safe to call twice."""
        self._is_stopping = True
        child, reader = self._child, self._reader
        if child is None:
            return
        with contextlib.suppress(OSError, ValueError):
            if child.stdin is not None:
                child.stdin.close()
        for stronger in (child.terminate, child.kill, None):
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(PATIENCE_S)
                break
            if stronger is not None:
                stronger()
        if reader is not None and reader is not threading.current_thread():
            reader.join()

    def _read(self) -> None:
        child = self._child
        if child is None or child.stdout is None:
            return
        with child.stdout as said:
            for raw in said:
                with contextlib.suppress(ValueError):
                    line = json.loads(raw)
                    if isinstance(line, dict):
                        self._on_line(line)
        self._on_end(child.wait())
