"""The payment token: the server's signed order to one payment server, spent once."""

import msgspec

from core.domain.times import PAYMENT_TOKEN_S
from core.wire import jose
from core.wire.details import PurchaseDetails
from core.wire.errors import BadClaim
from core.wire.keys import PublicKeys, SigningKey

TYP = "nod-payment-token+jwt"


class PaymentToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The claims of a payment token (RFC 7519)."""

    iss: str
    """The user-management server."""
    aud: str
    """The one payment server that may redeem it: its issuer."""
    sub: str
    """The payer, pairwise for this payment server."""
    client_id: str
    """The device that asked."""
    jti: str
    """Unique per token; several tokens may be minted for one txn."""
    iat: int
    """Epoch seconds."""
    nbf: int
    """Epoch seconds."""
    exp: int
    """Epoch seconds, at most 120 after `iat`."""
    txn: str
    """The request id; the payment's id."""
    quote_id: str
    """The quote's `jti`: one payment at most."""
    purchase: PurchaseDetails
    """What is bought, by value."""
    details_sha256: str
    """Hash of what the approver was shown."""
    approval_sha256: str
    """Hash of the approval's compact text."""


def sign(token: PaymentToken, key: SigningKey) -> str:
    """Signs a payment token."""
    return jose.sign(token, key, TYP)


def verify(compact: str, keys: PublicKeys, *, issuer: str, audience: str, now: float) -> PaymentToken:
    """Checks a token's form, signature, issuer, audience and life.

    Raises:
        ArtifactRefused: if any of them is wrong.
    """
    token = jose.verify(compact, keys, TYP, PaymentToken)
    if token.iss != issuer:
        raise BadClaim("The token is by an issuer that is not trusted here.")
    if token.aud != audience:
        raise BadClaim("The token is for another payment server.")
    if not token.iat <= token.nbf <= token.exp <= token.iat + PAYMENT_TOKEN_S:
        raise BadClaim("The token lives longer than it may.")
    jose.check_times(now, token.nbf, token.exp)
    return token
