"""Looks at a receipt before it is believed: by the payment server, about this order and this approval."""

import msgspec

from core.domain.request import State
from core.server.payment_server import Known
from core.server.store.requests import Stored
from core.wire import receipt as receipts
from core.wire.errors import BadClaim
from core.wire.keys import PublicKeys
from core.wire.receipt import Receipt


class Believed(msgspec.Struct, frozen=True):
    """A receipt that holds."""

    compact: str
    state: State
    """`paid` or `declined`."""
    code: str | None
    """Why nothing was paid."""


def believe(compact: str, known: Known, keys: PublicKeys, issuer: str, stored: Stored) -> Believed:
    """Checks a receipt.

    Args:
        compact: Its compact text.
        known: The payment server.
        keys: Its keys.
        issuer: This server.
        stored: The request that it should be about.

    Raises:
        ArtifactRefused: It is not signed by the payment server, or says something about something else.
    """
    content = receipts.verify(compact, keys, issuer=known.issuer, txn=stored.request_id)
    purchase = stored.shown().purchase
    if content.aud != issuer or content.approval_sha256 != stored.approval_sha256:
        raise BadClaim("The receipt is for another approval.")
    if purchase is None or content.payee != purchase.payee or content.amount != purchase.amount:
        raise BadClaim("The receipt is about another amount or payee.")
    if content.status in receipts.PAID:
        return Believed(compact, State.PAID, None)
    return Believed(compact, State.DECLINED, _reason(content))


def _reason(content: Receipt) -> str:
    if content.status == "voided":
        return "too_late"
    return content.error.code if content.error is not None else "declined"
