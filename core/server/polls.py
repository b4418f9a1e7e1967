"""How often a device may poll: a fast poll makes the interval longer for good, a stubborn one is an error.

Kept in memory only, since it decides nothing but `slow_down` (RFC 8628 section 3.5, CIBA Core 1.0 sections
7.3 and 11).
"""

import math
from enum import Enum

from core.server.services import Services

_SLOWER_S = 5.0
_TOLERANCE_S = 0.25
_PATIENCE = 5
_KEPT = 100_000


class Pace(Enum):
    """How a poll came."""

    FINE = "fine"
    TOO_FAST = "too fast"
    STUBBORN = "stubborn"
    """Too fast, after being told so five times."""


class Polls:
    """When each thing that is waited for was last polled, and how often it may be."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[float, float, int]] = {}

    def count(self, key: str, now: float, interval_s: float) -> Pace:
        """Counts a poll.

        Args:
            key: What is waited for.
            now: Epoch seconds.
            interval_s: Seconds between two polls, as the device was told at first.
        """
        last, interval, told = self._last.get(key, (-math.inf, interval_s, 0))
        is_fast = now - last < interval - _TOLERANCE_S
        if len(self._last) >= _KEPT:
            self._last.clear()
        if not is_fast:
            self._last[key] = (now, interval, told)
            return Pace.FINE
        if told >= _PATIENCE:
            self._last[key] = (now, interval, told)
            return Pace.STUBBORN
        self._last[key] = (now, interval + _SLOWER_S, told + 1)
        return Pace.TOO_FAST

    def rest(self, key: str) -> None:
        """Lets the next poll come at once: the last one was held for long enough."""
        _, interval, told = self._last.get(key, (0.0, 0.0, 0))
        if interval:
            self._last[key] = (-math.inf, interval, told)

    def forget(self, key: str) -> None:
        """Drops what is over."""
        self._last.pop(key, None)


def polls_of(services: Services) -> Polls:
    """The polls of this server."""
    found = services.shared.get(Polls)
    if not isinstance(found, Polls):
        found = services.shared[Polls] = Polls()
    return found
