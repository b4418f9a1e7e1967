"""Double entry: money only moves between accounts, and every transfer's entries sum to zero."""

from dataclasses import dataclass

from core.domain.money import Money
from core.payment.errors import PaymentError
from core.wire.canonical import sha256

OPENING = Money(50_000, "JPY")
"""Play money in a new wallet."""
EQUITY = "equity:opening"
_ISSUER_HASH_LENGTH = 16


class Unbalanced(PaymentError):
    """A transfer's entries do not sum to zero: a bug, refused before it is written."""

    code, status = "unbalanced", 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a transfer."""

    account: str
    """Account id."""
    value: int
    """Minor units; positive adds to the account."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One movement of money."""

    id: str
    """Names what caused it: `opening:…`, `payment:7`, `refund:9`."""
    entries: tuple[Entry, ...]
    """At least two, summing to zero."""
    currency: str
    """ISO 4217."""

    def __post_init__(self) -> None:
        accounts = {entry.account for entry in self.entries}
        if len(accounts) < 2 or len(accounts) != len(self.entries):
            raise Unbalanced("A transfer needs two different accounts.")
        if sum(entry.value for entry in self.entries) != 0:
            raise Unbalanced("The entries of a transfer do not sum to zero.")


def wallet(issuer: str, subject: str) -> str:
    """The account of a payer `(iss, sub)`."""
    return f"wallet:{sha256(issuer)[:_ISSUER_HASH_LENGTH]}:{subject}"


def merchant(payee_id: str) -> str:
    """The account of a payee."""
    return f"merchant:{payee_id}"


def move(transfer_id: str, amount: Money, *, source: str, target: str) -> Transfer:
    """Takes `amount` from one account and gives it to another."""
    entries = (Entry(source, -amount.value), Entry(target, amount.value))
    return Transfer(transfer_id, entries, amount.currency)


def opening(account: str) -> Transfer:
    """Gives a new wallet its play money."""
    return move(f"opening:{account}", OPENING, source=EQUITY, target=account)
