"""Brings TERM, INT and HUP to Qt's event loop, which runs no Python between two events.

The interpreter writes each signal's number to a socket; Qt watches the socket.
"""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier

NUMBERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class SignalWatch:
    """Calls `leave` on Qt's thread when the process is asked to end; keep it while the loop runs."""

    def __init__(self, leave: Callable[[], None], *, is_child: bool) -> None:
        """Watches; a child leaves INT to its parent."""
        self._leave = leave
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        for number in NUMBERS:
            ignore = is_child and number == signal.SIGINT
            signal.signal(number, signal.SIG_IGN if ignore else _nothing)
        self._previous = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._woken)

    def _woken(self, *_: object) -> None:
        try:
            numbers = self._reader.recv(4096)
        except BlockingIOError:
            return
        if any(number in NUMBERS for number in numbers):
            self._leave()

    def close(self) -> None:
        """Stops watching."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._previous)
        self._reader.close()
        self._writer.close()


def _nothing(*_: object) -> None:
    """Lets the wake-up socket do the work."""
