"""Makes payment tokens: the server's signed order to the one payment server that made the quote.

A token lives two minutes. One that died unanswered is minted anew for the same `txn`, and the payment server
pays a `txn` once, whichever of its tokens arrives.
"""

import secrets

import msgspec

from core.domain.times import PAYMENT_TOKEN_S
from core.server.services import Services
from core.server.store.requests import Stored
from core.wire import payment_token
from core.wire.details import PurchaseDetails
from core.wire.jose import unsafe_read_payload
from core.wire.payment_token import PaymentToken
from core.wire.quote import Quote


class Minted(msgspec.Struct, frozen=True):
    """A token and when it dies."""

    compact: str
    exp: int
    """Epoch seconds."""


def mint(services: Services, stored: Stored, purchase: PurchaseDetails, approval_sha256: str) -> Minted:
    """The first token of an approved purchase.

    Args:
        services: The server's.
        stored: The request; its quote was verified when it was admitted.
        purchase: What was shown.
        approval_sha256: Hash of the approval's compact text.
    """
    # The quote is our own row and was verified at admission; only its issuer and id are read from it.
    quote = unsafe_read_payload(stored.quote or "", Quote)
    now = int(services.now())
    token = PaymentToken(
        iss=services.issuer,
        aud=quote.iss,
        sub=services.subjects.for_payment_server(quote.iss, stored.user_id),
        client_id=stored.client_id,
        jti=_new_id(),
        iat=now,
        nbf=now,
        exp=now + PAYMENT_TOKEN_S,
        txn=stored.request_id,
        quote_id=quote.jti,
        purchase=purchase,
        details_sha256=stored.shown().sha256,
        approval_sha256=approval_sha256,
    )
    return Minted(payment_token.sign(token, services.keys.current), token.exp)


def mint_anew(services: Services, compact: str, now: float) -> Minted:
    """Another token that says the same as one of ours that died, with a new id and a new life."""
    # Our own row, and what is signed again is what this server signed before.
    old = unsafe_read_payload(compact, PaymentToken)
    at = int(now)
    token = msgspec.structs.replace(old, jti=_new_id(), iat=at, nbf=at, exp=at + PAYMENT_TOKEN_S)
    return Minted(payment_token.sign(token, services.keys.current), token.exp)


def _new_id() -> str:
    return "tok_" + secrets.token_urlsafe(18)
