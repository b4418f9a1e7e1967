"""How long is left, computed whenever somebody looks; never counted in ticks.

A GUI thread that was blocked, a wall clock that is set, a laptop that slept: none of them moves the end,
because the end is an instant on the steady clock (`core.client.clock`). Where that clock stops in suspend,
wall and steady clock drift apart, and the terminal asks the server again. The server alone decides expiry.
"""

from collections.abc import Callable

from core.client.clock import Clock
from core.presentation.seconds_left import shown_seconds, until_change_ms

JUMP_S = 2.0
"""Wall and steady clock apart by more than this since the last look: the machine slept, or was set."""
ANNOUNCED_S = (30, 10, 5)
"""Seconds left that are announced to a screen reader, once each."""


class Countdown:
    """The time left of one request."""

    def __init__(self, expires_in_s: float, half_trip_s: float, steady: Callable[[], float]) -> None:
        """Start counting.

        Args:
            expires_in_s: seconds left when the server wrote its message.
            half_trip_s: half of the round trip, gone since then.
            steady: a clock that only grows and counts suspend.
        """
        self._steady = steady
        self._ends = 0.0
        self.restart(expires_in_s, half_trip_s)

    def restart(self, expires_in_s: float, half_trip_s: float = 0.0) -> None:
        """The server said again how long is left; safe from another thread."""
        self._ends = self._steady() + expires_in_s - max(0.0, half_trip_s)

    @property
    def ends_steady(self) -> float:
        """When it ends, on the steady clock."""
        return self._ends

    def remaining_s(self) -> float:
        """Seconds left now; 0 when it is over."""
        return max(0.0, self._ends - self._steady())

    def shown_s(self) -> int:
        """Whole seconds as shown."""
        return shown_seconds(self.remaining_s())

    def until_change_ms(self) -> int:
        """Milliseconds until the seconds that are shown change, so that all who show them change at once."""
        return until_change_ms(self.remaining_s())

    @property
    def is_over(self) -> bool:
        """Whether the time is over by our clock."""
        return self._steady() >= self._ends


class Announcements:
    """Which of the announced seconds a countdown has just passed; each is told once."""

    def __init__(self, window_s: float) -> None:
        """Leave out those that the window never had."""
        self._left = [second for second in ANNOUNCED_S if second < window_s]

    def due(self, remaining_s: float) -> int | None:
        """The announcement that is due now, the latest if several were slept through."""
        passed = [second for second in self._left if remaining_s <= second]
        self._left = [second for second in self._left if remaining_s > second]
        return passed[-1] if passed and remaining_s > 0 else None


class JumpWatch:
    """Notices that the computer slept or that its clock was set, by two clocks that drift apart."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._apart = clock.now() - clock.steady()

    def has_jumped(self) -> bool:
        """Whether the clocks have moved apart by more than two seconds since this was last asked."""
        apart = self._clock.now() - self._clock.steady()
        jumped, self._apart = abs(apart - self._apart) > JUMP_S, apart
        return jumped
