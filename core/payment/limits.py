"""How often one client address may ask for a quote: a sliding window in memory, bounded in size."""

from collections import OrderedDict, deque
from collections.abc import Callable

from core.domain.limits import Rate, retry_after_s
from core.payment.errors import TooManyQuotes

_MAX_ADDRESSES = 10_000


class AddressLimit:
    """Counts by address.

    Args:
        rate: what one address may do.
        now: epoch seconds.
    """

    def __init__(self, rate: Rate, now: Callable[[], float]) -> None:
        self._rate, self._now = rate, now
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def admit(self, address: str) -> None:
        """Counts one more.

        Raises:
            TooManyQuotes: the address has used up its rate; nothing is counted.
        """
        now = self._now()
        times = self._times.setdefault(address, deque(maxlen=self._rate.count))
        self._times.move_to_end(address)
        wait_s = retry_after_s(tuple(times), self._rate, now)
        if wait_s > 0:
            raise TooManyQuotes(wait_s)
        times.append(now)
        if len(self._times) > _MAX_ADDRESSES:
            self._times.popitem(last=False)
