"""The quote: the payment server's signed word on payee, items and exact total."""

import msgspec

from core.domain.money import Money
from core.domain.purchase import Item, Payee, Purchase
from core.domain.times import QUOTE_S
from core.wire import jose
from core.wire.errors import BadClaim
from core.wire.keys import PublicKeys, SigningKey

TYP = "nod-quote+jws"


class Quote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The payload of a quote."""

    iss: str
    """The payment server."""
    jti: str
    """The quote's id; one payment at most."""
    iat: int
    """Epoch seconds."""
    exp: int
    """Epoch seconds; 15 minutes after `iat`."""
    payee: Payee
    """Who is paid."""
    items: tuple[Item, ...]
    """What is bought."""
    amount: Money
    """The exact total."""

    def purchase(self) -> Purchase:
        """The order by value; its sum is checked.

        Raises:
            PurchaseRefused: if total and items do not agree.
        """
        return Purchase(self.payee, self.items, self.amount)


def make(purchase: Purchase, *, issuer: str, quote_id: str, now: float) -> Quote:
    """A quote for `purchase` that lives 15 minutes."""
    issued = int(now)
    return Quote(issuer, quote_id, issued, issued + QUOTE_S, purchase.payee, purchase.items, purchase.amount)


def sign(quote: Quote, key: SigningKey) -> str:
    """Signs a quote."""
    return jose.sign(quote, key, TYP)


def verify(compact: str, keys: PublicKeys, *, issuer: str, now: float) -> Quote:
    """Checks a quote: form, signature, issuer, time, sum.

    Raises:
        ArtifactRefused: if any of them is wrong.
        PurchaseRefused: if total and items do not agree.
    """
    quote = jose.verify(compact, keys, TYP, Quote)
    if quote.iss != issuer:
        raise BadClaim("The quote is by another payment server.")
    jose.check_times(now, quote.iat, quote.exp)
    quote.purchase()
    return quote
