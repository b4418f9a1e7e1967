"""Keeps the device from hearing itself: shut while it speaks and for 300 ms after."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ECHO_S = 0.3
"""Seconds for which the room still sounds after the device has spoken."""


class Gate:
    """Shared by the voice, which shuts it, and the microphone, which looks at it. Thread-safe."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now` is a monotonic clock in seconds."""
        self._now = now
        self._lock = threading.Lock()
        self._speakers = 0
        self._quiet_since = float("-inf")

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Shuts the gate while the body runs."""
        with self._lock:
            self._speakers += 1
        try:
            yield
        finally:
            with self._lock:
                self._speakers -= 1
                self._quiet_since = self._now()

    @property
    def is_open(self) -> bool:
        """Whether what the microphone gives is somebody else's voice."""
        with self._lock:
            return self._speakers == 0 and self._now() - self._quiet_since >= ECHO_S
