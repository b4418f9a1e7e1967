"""Leaving cleanly: TERM, INT and HUP become one wish that the main thread waits for, or that wakes Qt.

Python runs a signal's handler only between two instructions of the main thread: one that waits for a lock
runs none when the signal came just before, Qt's event loop runs none at all, and a handler that sets an event
which the main thread is about to wait for waits for itself. So the wish is a flag and a pipe: the interpreter
itself writes to the pipe at each signal, and whoever waits, reads it.
"""

import contextlib
import os
import select
import signal
import sys
import threading
import time
import weakref
from collections.abc import Callable
from typing import Any

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Leaving:
    """The wish that this process ends, whoever has it; set once, never cleared."""

    def __init__(self) -> None:
        self._is_asked = False
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        weakref.finalize(self, _close, self._reader, self._writer).atexit = False

    def ask(self) -> None:
        """Ask the process to leave; from any thread or a signal's handler, any number of times."""
        self._is_asked = True
        with contextlib.suppress(BlockingIOError):  # full: whoever waits is awake already
            os.write(self._writer, b"\0")

    @property
    def is_asked(self) -> bool:
        """Whether somebody has asked."""
        return self._is_asked

    def wait(self, limit_s: float | None = None) -> bool:
        """Wait until somebody asks, at most `limit_s` seconds, and say whether they did. For one thread."""
        until = None if limit_s is None else time.monotonic() + limit_s
        while not self._is_asked:
            left_s = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([self._reader], [], [], left_s)[0]:
                break
            self.hear()
        return self._is_asked

    def fileno(self) -> int:
        """What becomes readable at each signal and each wish, for an event loop to watch."""
        return self._reader

    def hear(self) -> bool:
        """Take what made `fileno` readable, and say whether somebody has asked."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._reader, 4096)
        return self._is_asked

    def on_signals(self) -> None:
        """Let TERM, INT and HUP ask. To be called from the main thread."""
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, lambda *_: self.ask())

    def on_end_of_input(self) -> None:
        """Let the end of standard input ask: how a child notices that its parent is gone."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops its child, not a shared Ctrl-C
        threading.Thread(target=self._read_to_the_end, name="parent watch", daemon=True).start()

    def _read_to_the_end(self) -> None:
        while os.read(sys.stdin.fileno(), 4096):  # not through the buffer, whose lock would outlive us
            pass
        self.ask()


class QtWaker:
    """Brings the wish to a running Qt event loop; keep it for as long as the loop runs."""

    def __init__(self, leaving: Leaving, leave: Callable[[], None]) -> None:
        """Watch for it.

        Args:
            leaving: the wish.
            leave: called on the Qt thread once leaving is asked for, as `QApplication.quit`.
        """
        from PySide6.QtCore import QSocketNotifier

        self._leaving, self._leave = leaving, leave
        self._notifier: Any = QSocketNotifier(leaving.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._woken)

    def _woken(self, *_: object) -> None:
        if self._leaving.hear():
            self._leave()

    def close(self) -> None:
        """Stop watching."""
        self._notifier.setEnabled(False)


def _close(*ends: int) -> None:
    for end in ends:
        os.close(end)
