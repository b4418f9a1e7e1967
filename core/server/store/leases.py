"""When a row that somebody has leased or put off is to be worked on again."""

from sqlalchemy import ColumnElement, Double, bindparam, or_

from core.domain.times import CLOCKS_DIFFER_S


def is_over(until: ColumnElement[float], longest_s: float) -> ColumnElement[bool]:
    """Whether a wait has ended by the parameter `now`.

    One that is longer than any can be began before the clock was set back, and is over too.

    Args:
        until: The column with the wait's end, epoch seconds.
        longest_s: Seconds that a wait lasts at most.
    """
    now = bindparam("now", type_=Double)
    return or_(until <= now, until > now + longest_s + CLOCKS_DIFFER_S)
