"""How often may be asked: what a server allows, and how long somebody waits by it.

The defaults are far above what a household does and far below what tires a person out (prompt bombing): one
open question per device and person, three per person, and a device that is refused three times in a row
waits, longer each time.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.domain.limits import QuietHours, Rate, quiet_for_minutes
from core.domain.times import CLOCKS_DIFFER_S


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a server allows; None switches a limit off."""

    per_device: Rate | None = field(default=Rate(30, 60))
    """Authentication requests of one device."""
    open_per_approver: int | None = 3
    """Requests that may wait for one person."""
    open_per_pair: int | None = 1
    """Requests of one device that may wait for one person."""
    refusals_free: int | None = 2
    """Refused or unanswered requests in a row after which a device need not wait."""
    back_off_s: float = 30
    """Seconds to wait after one more; doubled with each further one."""
    back_off_most_s: float = 1800
    """The longest wait, in seconds."""


UNLIMITED = Limits(per_device=None, open_per_approver=None, open_per_pair=None, refusals_free=None)
"""For benchmarks: every limit off."""


def back_off_left_s(limits: Limits, refused_in_a_row: int, refused_at: float, now: float) -> float:
    """Seconds that a device still has to wait before it may ask this person again.

    Args:
        limits: What the server allows.
        refused_in_a_row: Denied, reported or expired requests since the last approval.
        refused_at: When the last of them ended, epoch seconds.
        now: Epoch seconds.
    """
    if limits.refusals_free is None or refused_in_a_row <= limits.refusals_free:
        return 0.0
    if refused_at > now + CLOCKS_DIFFER_S:  # the clock was set back
        return 0.0
    doublings = min(refused_in_a_row - limits.refusals_free - 1, 30)
    wait = min(limits.back_off_s * 2.0**doublings, limits.back_off_most_s)
    return max(0.0, refused_at + wait - now)


def quiet_left_s(start_minute: int | None, end_minute: int | None, zone: str, now: float) -> float:
    """Seconds until a person's quiet hours end; 0 outside of them.

    Args:
        start_minute: Minutes after local midnight, or None for no quiet hours.
        end_minute: The same for the end.
        zone: IANA time zone of the person.
        now: Epoch seconds.
    """
    if start_minute is None or end_minute is None:
        return 0.0
    local = datetime.fromtimestamp(now, _zone(zone))
    left = quiet_for_minutes(QuietHours(start_minute, end_minute), local.hour * 60 + local.minute)
    return max(1.0, left * 60.0 - local.second) if left else 0.0


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
