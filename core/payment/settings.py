"""What the payment server is told from outside when it is wired."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.domain.limits import Rate

CATALOGUE = Path(__file__).with_name("catalogue.json")
QUOTE_RATE = Rate(120, 60.0)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where rows live, who this server is, whom it believes."""

    database_url: str
    """`sqlite:////absolute/file.db` or `postgresql+psycopg://…`."""
    issuer: str
    """This server's base URL without a slash at the end; `iss` of quotes and receipts, `aud` of tokens."""
    token_issuer: str | Callable[[], str | None]
    """The one user-management server whose tokens are redeemed: its issuer, or what finds it."""
    operator_secret: str = field(repr=False)
    """Opens refunds, accounts and events; empty closes them."""
    hosts: frozenset[str] = frozenset()
    """Host names beside this machine's own and the issuer's, lower case."""
    catalogue: Path = CATALOGUE
    """What the shop sells."""
    quote_rate: Rate = QUOTE_RATE
    """Quotes for one client address."""

    def find_token_issuer(self) -> str | None:
        """The trusted issuer as it is known now, without a slash at the end."""
        found = self.token_issuer if isinstance(self.token_issuer, str) else self.token_issuer()
        return found.rstrip("/") if found else None
