"""Giving signed quotes: today's prices, exact total, good for 15 minutes."""

import secrets
from collections.abc import Callable

from core.database.batch import Unit
from core.database.writer import Writer
from core.payment.catalogue import Shop, wanted
from core.payment.errors import OutOfStock
from core.payment.limits import AddressLimit
from core.payment.receipts import Signer
from core.payment.store import shop as rows
from core.wire import quote as wire
from core.wire.canonical import sha256, short
from core.wire.messages import QuoteRequest

FORGET_AFTER_S = 86_400
"""Seconds after its end for which a quote's row is kept."""


class Quotes:
    """The shop's counter.

    Args:
        shop: what is for sale.
        writer: the store's.
        signer: who signs, asked at each use.
        limit: how often one address may ask.
        now: epoch seconds.
    """

    def __init__(
        self,
        shop: Shop,
        writer: Writer,
        signer: Callable[[], Signer],
        limit: AddressLimit,
        now: Callable[[], float],
    ) -> None:
        self._shop, self._writer, self._signer = shop, writer, signer
        self._limit, self._now = limit, now

    async def give(self, request: QuoteRequest, address: str) -> str:
        """Signs a quote and keeps it.

        Args:
            request: what is wanted.
            address: who asks, for the limit.

        Returns:
            The compact `nod-quote+jws`.

        Raises:
            TooManyQuotes, UnknownItem, BadQuantity, OutOfStock: each as its name says.
        """
        self._limit.admit(address)
        purchase = self._shop.purchase(request.items, request.locale)
        signer = self._signer()
        quote_id = f"quo_{secrets.token_urlsafe(24)}"
        quote = wire.make(purchase, issuer=signer.issuer, quote_id=quote_id, now=self._now())
        compact = wire.sign(quote, signer.key)
        is_kept = await self._writer.submit(lambda unit: _keep(unit, quote, compact))
        if not is_kept:
            raise OutOfStock("The shop does not have that many. Ask for fewer, or for something else.")
        return compact


def _keep(unit: Unit, quote: wire.Quote, compact: str) -> bool:
    needed = wanted(quote.items)
    stock = rows.stock_of(unit.connection, needed.keys())
    if any(stock.get(item, 0) < quantity for item, quantity in needed.items()):
        return False
    rows.forget_quotes(unit.connection, unit.now - FORGET_AFTER_S)
    rows.add_quote(unit.connection, quote.jti, compact, quote.exp)
    unit.record("quote_request", quote.jti, {"lines": len(quote.items)})
    told = {"value": quote.amount.value, "currency": quote.amount.currency, "sha256": short(sha256(compact))}
    unit.record("quote", quote.jti, told)
    unit.notify("events", "")
    return True
