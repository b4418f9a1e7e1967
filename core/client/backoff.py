"""How long to wait before trying a lost server again: quickly at first, then slowly, never in step."""

import random
from collections.abc import Callable

FIRST_S = 0.25
LONGEST_S = 15.0


class Backoff:
    """Doubles the wait at each failure, with ±20 % so that many clients do not come back at once."""

    def __init__(self, chance: Callable[[], float] = random.random, longest_s: float = LONGEST_S) -> None:
        self._chance = chance
        self._longest_s = longest_s
        self._next_s = FIRST_S

    def next_s(self) -> float:
        """Seconds to wait now."""
        wait_s, self._next_s = self._next_s, min(self._next_s * 2, self._longest_s)
        return wait_s * (0.8 + 0.4 * self._chance())

    def reset(self) -> None:
        """It worked: start small next time."""
        self._next_s = FIRST_S
