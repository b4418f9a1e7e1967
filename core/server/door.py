"""The door that the initial access token opens (RFC 7591 section 3): `/register` and `/profiles`."""

import hmac
from collections import deque
from collections.abc import Callable

from starlette.requests import Request

from core.domain.limits import Rate, retry_after_s
from core.server.access_tokens import hashed
from core.server.bearers import bearer_of
from core.server.errors import BadBearer, too_many
from core.server.services import Services


class Door:
    """Counts who comes through, in this process.

    Args:
        rate: How often, in all.
        now: Epoch seconds.
    """

    def __init__(self, rate: Rate, now: Callable[[], float]) -> None:
        self._rate, self._now = rate, now
        self._times: deque[float] = deque(maxlen=rate.count)

    def pass_one(self) -> None:
        """Lets one more in.

        Raises:
            Refused: 429: too many lately.
        """
        now = self._now()
        wait = retry_after_s(tuple(self._times), self._rate, now)
        if wait > 0:
            raise too_many("Too many registrations. Wait a little.", wait)
        self._times.append(now)


def has_secret(services: Services, request: Request) -> bool:
    """Whether the request brings the secret of the runtime file."""
    secret = services.settings.initial_access_token
    return bool(secret) and hmac.compare_digest(hashed(bearer_of(request)), hashed(secret))


def require_secret(services: Services, request: Request) -> None:
    """Lets in who has the secret.

    Raises:
        BadBearer: 401: the secret is missing or wrong.
        Refused: 429: too many lately.
    """
    if not has_secret(services, request):
        raise BadBearer
    services.shared[Door].pass_one()
