"""How often a device and a browser have asked of late: counted in this process, before anything is looked up.

What is open for a person is counted in the database, so that several servers count as one.
"""

from collections import deque

from core.domain.limits import AddressWindows, Rate
from core.server.services import Services

_NEIGHBOURS = 10
"""Addresses that may visit one site as often as one address may."""


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


def windows_of(services: Services) -> DeviceWindows:
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


def browsers_of(services: Services) -> BrowserWindows:
    """The windows of this server's browsers."""
    found = services.shared.get(BrowserWindows)
    if not isinstance(found, BrowserWindows):
        found = services.shared[BrowserWindows] = BrowserWindows(services.settings.limits.per_device)
    return found
