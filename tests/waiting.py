"""Waiting for another process or thread, by looking again: the only place where tests sleep."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

LOOK_AGAIN_S = 0.02


def wait_until(condition: Callable[[], Found | None], limit_s: float = 15.0, what: str = "") -> Found:
    """Call `condition` until it answers something true, and return that.

    Args:
        condition: what to look at; cheap, and without effects.
        limit_s: seconds of real time after which the test fails; far above what a loaded machine needs.
        what: what was awaited, for the failure's text.

    Raises:
        AssertionError: the condition did not hold in time.
    """
    give_up = time.monotonic() + limit_s
    while not (found := condition()):
        assert time.monotonic() < give_up, f"waited {limit_s} s in vain for {what or condition}"
        time.sleep(LOOK_AGAIN_S)
    return found
