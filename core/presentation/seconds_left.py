"""The seconds of a countdown as they are shown, and when the picture of a countdown changes next.

Whoever shows a countdown looks at a clock and never counts ticks; all of them round in the same way, so that
two of them that look at one moment show one number.
"""

import math

STEP_PX, MOST_STEPS = 4, 4
"""A line moves when it has so many pixels to go, at most so often a second: each move wakes the machine,
which costs an idle one many times what the drawing does."""
GRAIN_S = 1e-6
"""What a sum of clock readings may be off by; it must not show another second."""


def shown_seconds(remaining_s: float) -> int:
    """Whole seconds as every countdown shows them: 1 until the very end, then 0."""
    return shown_steps(remaining_s, 1)


def shown_steps(remaining_s: float, steps: int) -> int:
    """Whole parts of a second that are left, of `steps` parts each; every second ends with a part."""
    return max(0, math.ceil((remaining_s - GRAIN_S) * steps))


def until_change_ms(remaining_s: float, steps: int = 1) -> int:
    """Milliseconds until `shown_steps` changes; at least 1."""
    left = (remaining_s - GRAIN_S) * steps
    return max(1, math.ceil((left - math.ceil(left) + 1) / steps * 1000))


def steps_a_second(length_px: float, window_s: float) -> int:
    """How often a second a line is drawn that shrinks by `length_px` in `window_s`."""
    return max(1, min(MOST_STEPS, round(length_px / window_s / STEP_PX)))
