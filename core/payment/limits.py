"""How often one client address may ask for a quote."""

from collections.abc import Callable

from core.domain.limits import AddressWindows, Rate
from core.payment.errors import TooManyQuotes


class AddressLimit:
    """Counts by address.

    Args:
        rate: what one address may do.
        now: epoch seconds.
    """

    def __init__(self, rate: Rate, now: Callable[[], float]) -> None:
        self._windows, self._now = AddressWindows(rate), now

    def admit(self, address: str) -> None:
        """Counts one more.

        Raises:
            TooManyQuotes: the address has used up its rate; nothing is counted.
        """
        wait_s = self._windows.wait_s(address, self._now())
        if wait_s > 0:
            raise TooManyQuotes(wait_s)
