"""The payment server's shop and payments."""

import msgspec

from core.domain.purchase import Payee
from core.wire.messages.codec import In, Out


class CatalogueItem(Out, frozen=True):
    """One thing that the shop sells."""

    id: str
    titles: dict[str, str]
    """By language: en, ja."""
    unit_value: int
    """Minor units for one."""
    plurals: dict[str, str] = msgspec.field(default_factory=dict)
    """Plural by language, where there is one."""
    units: dict[str, str] = msgspec.field(default_factory=dict)
    """What it is counted in, by language: "carton"."""
    readings: dict[str, str] = msgspec.field(default_factory=dict)
    """How it is said, by language, where spelling does not tell."""


class Catalogue(Out, frozen=True):
    """Answer to `GET /catalogue`."""

    issuer: str
    payee: Payee
    currency: str
    items: tuple[CatalogueItem, ...]


class OrderLine(In, frozen=True):
    """A number of one article: a line of `POST /quotes` and of an order that is made again."""

    id: str
    """The catalogue's id."""
    quantity: int = 1


class OrderAgain(In, frozen=True):
    """What a terminal hands to the device that it brought along, after `again` on its standard input."""

    nickname: str
    """Who is asked, as the device calls them now."""
    items: tuple[OrderLine, ...]
    """What was ordered, in order."""


class QuoteRequest(In, frozen=True):
    """`POST /quotes`."""

    items: tuple[OrderLine, ...]
    locale: str = "en"
    """Language of the titles."""


class QuoteAnswer(Out, frozen=True):
    """Answer to `POST /quotes`."""

    quote: str
    """`nod-quote+jws`."""


class PaymentBody(In, frozen=True):
    """`POST /payments` and `POST /payments/{txn}/void`."""

    payment_token: str
    """`nod-payment-token+jwt`."""


class RefundBody(In, frozen=True):
    """`POST /payments/{txn}/refunds`, by the operator."""

    refund_id: str
    """Idempotency key: the same again gives the same receipt."""
    value: int | None = None
    """Minor units; None refunds what is left."""


class ReceiptAnswer(Out, frozen=True):
    """The receipt of a payment, void or refund."""

    receipt: str
    """`nod-receipt+jws`."""
