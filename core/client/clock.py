"""The clocks that calls and countdowns read, in one value so that tests can hand in their own.

`steady` counts through suspend where the system can say so (CLOCK_BOOTTIME): a monotonic clock that
sleeps with the laptop would let a countdown outlive its request.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


def boot_seconds() -> float:
    """Seconds since some fixed instant, never set back; counts suspend on Linux."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


@dataclass(frozen=True)
class Clock:
    """What tells the time, and what waits."""

    now: Callable[[], float] = time.time
    """Epoch seconds by this computer; may be wrong by days, so it decides nothing."""

    steady: Callable[[], float] = boot_seconds
    """Seconds that only grow, also while suspended."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    """Waits that many seconds."""
