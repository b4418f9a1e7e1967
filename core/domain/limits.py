"""How often one may ask: sliding windows, ceilings and quiet hours, as plain arithmetic."""

import msgspec


class Rate(msgspec.Struct, frozen=True):
    """At most `count` events within `period_s`."""

    count: int
    """Events."""
    period_s: float
    """Seconds."""


class QuietHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A span of local time in which nobody is asked; it may cross midnight."""

    start_minute: int
    """Minutes after local midnight, 0 to 1439."""
    end_minute: int
    """Minutes after local midnight, 0 to 1439; equal to the start means never."""


def retry_after_s(times: tuple[float, ...], rate: Rate, now: float) -> float:
    """Seconds until one more event is allowed; 0 when it is allowed now.

    Args:
        times: when the latest events happened, epoch seconds, in any order; those to come do not count, since
            the clock was set back.
        rate: the limit.
        now: epoch seconds.
    """
    recent = sorted(at for at in times if now - rate.period_s < at <= now)
    if len(recent) < rate.count:
        return 0.0
    return recent[len(recent) - rate.count] + rate.period_s - now


def quiet_for_minutes(hours: QuietHours | None, local_minute: int) -> int:
    """Minutes until the quiet hours end, 0 outside of them."""
    if hours is None or hours.start_minute == hours.end_minute:
        return 0
    length = (hours.end_minute - hours.start_minute) % 1440
    into = (local_minute - hours.start_minute) % 1440
    return length - into if into < length else 0
