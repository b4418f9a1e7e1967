"""How often one may ask: sliding windows, ceilings and quiet hours, as plain arithmetic."""

import ipaddress
from collections import OrderedDict, deque

import msgspec

_MAX_ADDRESSES = 10_000


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


def neighbourhood(address: str) -> str:
    """What counts as one address: an IPv4 one, or the 64 bits that a subscriber's IPv6 addresses share."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped
        return str(inner) if inner is not None else str(ipaddress.IPv6Network((found, 64), strict=False))
    return str(found)


class AddressWindows:
    """The latest events of each address: sliding windows in memory, bounded in size.

    Args:
        rate: what one address may do.
    """

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_s(self, address: str, now: float, *, of: str = "") -> float:
        """Counts one event and returns 0, or returns the seconds to wait and counts nothing.

        Args:
            address: who it comes from.
            now: epoch seconds.
            of: what each address has a window of its own for.
        """
        key = f"{of} {neighbourhood(address)}"
        times = self._times.setdefault(key, deque(maxlen=self._rate.count))
        self._times.move_to_end(key)
        wait = retry_after_s(tuple(times), self._rate, now)
        if wait > 0:
            return wait
        times.append(now)
        if len(self._times) > _MAX_ADDRESSES:
            self._times.popitem(last=False)
        return 0.0


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
