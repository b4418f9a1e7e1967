"""Leaving cleanly: TERM, INT and HUP become one event that the main thread waits for, or that wakes Qt.

Python runs a signal's handler only between two instructions of the main thread, and Qt's event loop runs
none: a socket that the interpreter writes to at each signal, watched by Qt, brings the handler to run.
"""

import contextlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Leaving:
    """The wish that this process ends, whoever has it; set once, never cleared."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def ask(self) -> None:
        """Ask the process to leave; from any thread, any number of times."""
        self._asked.set()

    @property
    def is_asked(self) -> bool:
        """Whether somebody has asked."""
        return self._asked.is_set()

    def wait(self, limit_s: float | None = None) -> bool:
        """Wait until somebody asks, at most `limit_s` seconds, and say whether they did."""
        return self._asked.wait(limit_s)

    def on_signals(self) -> None:
        """Let TERM, INT and HUP ask. To be called from the main thread."""
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
    """Brings a signal to a running Qt event loop; keep it for as long as the loop runs."""

    def __init__(self, leaving: Leaving, leave: Callable[[], None]) -> None:
        """Watch for signals.

        Args:
            leaving: whose signals wake the loop.
            leave: called on the Qt thread once leaving is asked for, as `QApplication.quit`.
        """
        from PySide6.QtCore import QSocketNotifier

        self._leaving, self._leave = leaving, leave
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._previous = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._notifier: Any = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._woken)

    def _woken(self, *_: object) -> None:
        try:
            self._reader.recv(4096)
        except BlockingIOError:
            return
        if self._leaving.is_asked:
            self._leave()

    def wake(self) -> None:
        """Let the loop look whether leaving is asked for; from any thread."""
        with contextlib.suppress(OSError):
            self._writer.send(b"\0")

    def close(self) -> None:
        """Stop watching and give the wake-up socket back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._previous)
        self._reader.close()
        self._writer.close()
