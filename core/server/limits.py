"""How often may be asked: per device in memory before anything is looked up, per approver in the rows.

The defaults are far above what a household does and far below what tires a person out (prompt bombing): one
open question per device and person, three per person, and a device that is refused three times in a row
waits, longer each time. The windows of devices are this process's own; what is open is counted in the
database.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.domain.limits import AddressWindows, QuietHours, Rate, quiet_for_minutes
from core.domain.times import CLOCKS_DIFFER_S

if TYPE_CHECKING:
    from core.server.services import Services


_NEIGHBOURS = 10
"""Addresses that may visit one site as often as one address may."""


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


class DeviceWindows:
    """The latest requests of each device, in this process.

    Args:
        rate: The limit, or None for none.
    """

    def __init__(self, rate: Rate | None) -> None:
        self._rate = rate
        self._times: dict[str, deque[float]] = {}

    def wait_s(self, client_id: str, now: float) -> float:
        """Counts one request and returns 0, or returns the seconds to wait and counts nothing."""
        rate = self._rate
        if rate is None:
            return 0.0
        times = self._times.get(client_id)
        if times is None:
            times = self._times[client_id] = deque(maxlen=rate.count)
        if len(times) == rate.count and now - rate.period_s < times[0] <= now:
            return times[0] + rate.period_s - now
        times.append(now)
        return 0.0


def windows_of(services: "Services") -> DeviceWindows:
    """The windows of this server."""
    found = services.shared.get(DeviceWindows)
    if not isinstance(found, DeviceWindows):
        found = services.shared[DeviceWindows] = DeviceWindows(services.settings.limits.per_device)
    return found


class BrowserWindows:
    """The latest visits of browsers, which nobody has authenticated: of each address at a site, and of all.

    One address has what a device has, and a site ten times that, so that a stranger with one address cannot
    use up what the site's visitors need, nor one with many look for nicknames without end.

    Args:
        rate: What one address may do at a site; None for no limit.
    """

    def __init__(self, rate: Rate | None) -> None:
        self._addresses = None if rate is None else AddressWindows(rate)
        self._sites = DeviceWindows(None if rate is None else Rate(rate.count * _NEIGHBOURS, rate.period_s))

    def wait_s(self, client_id: str, address: str, now: float) -> float:
        """Counts one visit and returns 0, or returns the seconds to wait."""
        if self._addresses is None:
            return 0.0
        return self._addresses.wait_s(address, now, of=client_id) or self._sites.wait_s(client_id, now)


def browsers_of(services: "Services") -> BrowserWindows:
    """The windows of this server's browsers."""
    found = services.shared.get(BrowserWindows)
    if not isinstance(found, BrowserWindows):
        found = services.shared[BrowserWindows] = BrowserWindows(services.settings.limits.per_device)
    return found
