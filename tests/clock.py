"""A clock that tests move by hand, in place of every wait for real time to pass."""

START = 1_790_000_000.0
"""Where every fake clock starts: a fixed instant in epoch seconds, so that failures repeat."""


class FakeClock:
    """Epoch seconds that stand still until `advance` or `move_to` is called."""

    def __init__(self, start: float = START) -> None:
        self._now = start

    def __call__(self) -> float:
        """Return the present instant in epoch seconds (UTC), as `time.time` would."""
        return self._now

    def advance(self, seconds: float) -> float:
        """Move forward by `seconds` and return the new instant.

        Raises:
            ValueError: `seconds` is negative; a test that wants a clock set back says `move_to`.
        """
        if seconds < 0:
            raise ValueError("advance() goes forward; use move_to() to set the clock back")
        self._now += seconds
        return self._now

    def move_to(self, instant: float) -> None:
        """Set the clock to `instant` (epoch seconds), forward or back."""
        self._now = instant
