"""The terminal's own look at a request before it shows anything: hash, quote, texts, receipt.

The server is not believed: the hash is computed here, the price is read from the shop's signed quote with
the shop's own keys, and text that could fool a person is not shown. What does not hold is a value.
"""

import datetime

import msgspec

from core.client.errors import ClientError
from core.client.payment_server import PaymentServer
from core.domain.doubt import Doubt
from core.domain.errors import DomainError
from core.domain.request import PROVEN, State
from core.domain.text_gate import MESSAGE_LENGTH, NAME_LENGTH, pass_gate
from core.wire.details import Details, check_quote
from core.wire.errors import WireError
from core.wire.messages import RequestView
from core.wire.receipt import PAID, Receipt

PAYMENT_AWAY = Doubt.AWAY.value
"""The shop's keys cannot be had: the price cannot be checked now, perhaps soon."""
PIN_NOT_SET = "pin_not_set"
"""It takes the PIN, and none is set at this terminal: it can be set now, or another terminal may answer."""
PASSING = frozenset({PAYMENT_AWAY, PIN_NOT_SET})
"""Troubles that may end while the request waits."""


class Looked(msgspec.Struct, frozen=True):
    """What the look found."""

    details_sha256: str
    """The hash that an approval names, computed here."""
    trouble: str | None = None
    """`details_differ`, `quote_missing`, `quote_differs`, `hostile_text`, `payment_away`, `pin_not_set`; or
    None: all holds."""


async def look(view: RequestView, payment: PaymentServer) -> Looked:
    """Checks a request as its terminal must (docs/wire.md "Deciding")."""
    details_sha256 = view.details.sha256
    if details_sha256 != view.details_sha256 or view.details.context.request_id != view.id:
        return Looked(details_sha256, "details_differ")
    if not _is_plain(view.details):
        return Looked(details_sha256, "hostile_text")
    if view.details.purchase is None:
        return Looked(details_sha256)
    return Looked(details_sha256, await _look_at_quote(view, payment))


async def _look_at_quote(view: RequestView, payment: PaymentServer) -> str | None:
    if view.quote is None or view.details.purchase is None:
        return "quote_missing"
    try:
        quote = await payment.read_quote(view.quote, _epoch(view.details.context.requested_at))
        check_quote(view.details.purchase, view.quote, quote.purchase())
    except ClientError:
        return PAYMENT_AWAY
    except (WireError, DomainError, ValueError):
        return "quote_differs"
    return None


def _epoch(rfc3339: str) -> float:
    return datetime.datetime.fromisoformat(rfc3339).timestamp()


def _is_plain(details: Details) -> bool:
    context, asked = details.context, details.authentication
    shown = [(context.requester.name, NAME_LENGTH), (context.nickname, NAME_LENGTH)]
    if context.place.label:
        shown.append((context.place.label, NAME_LENGTH))
    if asked is not None and asked.binding_message:
        shown.append((asked.binding_message, MESSAGE_LENGTH))
    try:
        return all(pass_gate(text, length) == text for text, length in shown)
    except DomainError:
        return False


async def look_at_receipt(view: RequestView, payment: PaymentServer) -> Receipt | Doubt | None:
    """The verified receipt; or why it is not believed; or None where there is none and none is due."""
    if view.receipt is None:
        return Doubt.MISSING if view.lacks_receipt else None
    try:
        receipt = await payment.read_receipt(view.receipt, view.id)
    except ClientError:
        return Doubt.AWAY
    except (WireError, DomainError):
        return Doubt.DIFFERS
    bought = view.details.purchase
    if bought is None or (receipt.amount, receipt.payee) != (bought.amount, bought.payee):
        return Doubt.DIFFERS
    if view.state in PROVEN and (receipt.status in PAID) is not (view.state is State.PAID):
        return Doubt.DIFFERS
    return receipt
