"""What the operator decides about a server, in one value with defaults fit for one person's machine."""

from collections.abc import Callable
from dataclasses import dataclass, field

from core.domain.limits import Rate
from core.server.limits import Limits


def _nobody() -> str | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A server's settings."""

    database_url: str = field(repr=False)
    """`sqlite:////file.db` or `postgresql+psycopg://…`."""
    issuer: str
    """Base URL and issuer, without a slash at the end."""
    initial_access_token: str = field(repr=False)
    """Opens `/register` and `/profiles` (the secret of run/server.json); empty: nobody has it."""
    payment_url: Callable[[], str | None] = _nobody
    """The payment server's base URL, asked again each time; None while it is not known."""
    takes_local_events: bool = False
    """Whether `POST /events` is open: demo and class mode."""
    allows_private_addresses: bool = False
    """Whether outbound calls may go to loopback and private addresses: tests and demos."""
    hosts: frozenset[str] = frozenset()
    """More host names that this server answers to, in lower case, without port."""
    registrations: Rate = field(default=Rate(120, 60))
    """How often `/register` and `/profiles` may be used."""
    token_life_s: int = 600
    """Seconds that an access token lives."""
    limits: Limits = field(default_factory=Limits)
    """How often may be asked, per device and per person."""
