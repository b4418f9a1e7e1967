"""Looking at a payment token before anything is done for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.domain.errors import DomainError
from core.domain.purchase import Purchase
from core.payment.errors import BadToken
from core.payment.issuer_keys import IssuerKeys
from core.wire.canonical import sha256
from core.wire.details import of_quote
from core.wire.errors import ArtifactRefused
from core.wire.jose import unsafe_read_payload
from core.wire.payment_token import PaymentToken
from core.wire.quote import Quote

NAME = re.compile(r"[\x21-\x7e]{1,255}")
"""The form of whatever a token names, its payment too."""


@dataclass(frozen=True, slots=True)
class Order:
    """A token that was found good."""

    token: PaymentToken
    """Its claims."""
    token_sha256: str
    """Hash of its compact text."""


class Inspector:
    """Checks tokens.

    Args:
        keys: the trusted issuer's.
        audience: this server's issuer.
        now: epoch seconds; a token's life is judged once, here.
    """

    def __init__(self, keys: IssuerKeys, *, audience: str, now: Callable[[], float]) -> None:
        self._keys, self._audience, self._now = keys, audience, now

    async def inspect(self, compact: str, txn: str | None = None) -> Order:
        """Checks a token's form, signature, issuer, audience, life and sum.

        Args:
            compact: the token.
            txn: the payment that it must be for, where the address names one.

        Raises:
            BadToken: it is not good, or for another payment.
            IssuerUnavailable: the issuer's keys cannot be had.
        """
        try:
            token = await self._keys.verify(compact, audience=self._audience, now=self._now())
            Purchase(token.purchase.payee, token.purchase.items, token.purchase.amount)
        except (ArtifactRefused, DomainError) as error:
            raise BadToken(f"The payment token is refused: {error.description}") from error
        names = (token.txn, token.jti, token.sub, token.quote_id, token.client_id)
        if not all(NAME.fullmatch(name) for name in names):
            raise BadToken("The payment token names something in a form that is not taken here.")
        if txn is not None and token.txn != txn:
            raise BadToken("The payment token is for another payment.")
        return Order(token, sha256(compact))


def quoted(order: Order, compact: str) -> Quote | None:
    """The quote behind an order, or None if the order differs from it in hash, payee, items or amount.

    The quote's text comes from our own rows, and the token names its hash, so no signature is checked.
    """
    quote = unsafe_read_payload(compact, Quote)
    is_same = (
        quote.jti == order.token.quote_id and of_quote(compact, quote.purchase()) == order.token.purchase
    )
    return quote if is_same else None
