"""The payment server as devices and terminals see it: its catalogue, its quotes, and its own keys.

A terminal verifies quotes and receipts with the keys that it fetched from the payment server itself,
so the user-management server cannot show it another price.
"""

from typing import TypeVar

import msgspec

from core.client.answer import Answer, Refusal
from core.client.errors import BadAnswer
from core.client.transport import Call, Transport
from core.domain.errors import PurchaseRefused
from core.wire import jose, receipt
from core.wire import quote as quotes
from core.wire.errors import ArtifactRefused, BadClaim, UnknownKey
from core.wire.keys import PublicKeys
from core.wire.messages import Catalogue, OrderLine, QuoteAnswer, QuoteRequest, encode
from core.wire.quote import Quote
from core.wire.receipt import Receipt

T = TypeVar("T")


class Quoted(msgspec.Struct, frozen=True):
    """A quote that was verified."""

    compact: str
    """`nod-quote+jws`."""
    quote: Quote
    """Its content."""


class _WellKnown(msgspec.Struct, frozen=True):
    issuer: str


class PaymentServer:
    """Reads one payment server."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self._issuer = ""
        self._keys: PublicKeys | None = None

    async def catalogue(self) -> Catalogue | Refusal:
        """What the shop sells.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        return (await self._get("/catalogue")).read(Catalogue)

    async def quote(self, lines: tuple[OrderLine, ...], locale: str = "en") -> Quoted | Refusal:
        """Asks for a binding price; a repeat makes a second quote, which does no harm.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer, or the quote is not the server's own.
        """
        body = encode(QuoteRequest(lines, locale))
        answer = await self.transport.send(Call("POST", "/quotes", body), safe=True)
        given = answer.read(QuoteAnswer)
        if isinstance(given, Refusal):
            return given
        try:
            return Quoted(given.quote, await self.read_quote(given.quote))
        except (ArtifactRefused, PurchaseRefused) as error:
            raise BadAnswer("The quote is not signed by the shop.") from error

    async def read_quote(self, compact: str, at: float | None = None) -> Quote:
        """Verifies a quote with this server's keys.

        Args:
            compact: the quote.
            at: epoch seconds at which it must be alive; None leaves that to the servers, whose clocks
                decide.

        Raises:
            ArtifactRefused: if it is not this server's, or not alive then.
            PurchaseRefused: if total and items do not agree.
            ServerAway, BadAnswer: if the server's keys cannot be had.
        """
        quote = await self._verified(compact, quotes.TYP, Quote)
        if quote.iss != self._issuer:
            raise BadClaim("The quote is by another payment server.")
        if at is not None:
            jose.check_times(at, quote.iat, quote.exp)
        quote.purchase()
        return quote

    async def read_receipt(self, compact: str, txn: str) -> Receipt:
        """Verifies the receipt of one payment with this server's keys.

        Raises:
            ArtifactRefused: if it is not this server's, or another payment's.
            ServerAway, BadAnswer: if the server's keys cannot be had.
        """
        found = await self._verified(compact, receipt.TYP, Receipt)
        if found.iss != self._issuer or found.txn != txn:
            raise BadClaim("The receipt is for something else.")
        return found

    async def _verified(self, compact: str, typ: str, shape: type[T]) -> T:
        keys = self._keys or await self._fetch_keys()
        try:
            return jose.verify(compact, keys, typ, shape)
        except UnknownKey:
            return jose.verify(compact, await self._fetch_keys(), typ, shape)

    async def _fetch_keys(self) -> PublicKeys:
        known = (await self._get("/.well-known/nod-payment")).read(_WellKnown)
        key_set = (await self._get("/jwks")).json()
        if isinstance(known, Refusal) or isinstance(key_set, Refusal):
            raise BadAnswer("The payment server does not give its keys.")
        try:
            keys = PublicKeys.from_jwk_set(key_set)
        except ArtifactRefused as error:
            raise BadAnswer("The payment server's keys cannot be read.") from error
        self._issuer, self._keys = known.issuer, keys
        return keys

    async def _get(self, path: str) -> Answer:
        return await self.transport.send(Call("GET", path), safe=True)
