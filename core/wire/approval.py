"""The approval: the terminal's signed answer, bound to one request and to what was shown."""

import msgspec

from core.domain.decision import Decision, Presence, Reason
from core.wire import jose
from core.wire.errors import BadClaim
from core.wire.keys import PublicKeys, SigningKey

TYP = "nod-approval+jws"


class Display(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How it was shown; recorded, not hashed."""

    scheme: str
    """`qt`, `text` or `json`."""
    locale: str
    """BCP 47 tag of the sentences."""


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The payload of an approval."""

    iss: str
    """The terminal's client id."""
    sub: str
    """The user ID."""
    aud: str
    """The user-management server's issuer."""
    jti: str
    """Unique per decision."""
    iat: int
    """Epoch seconds by the terminal's clock; never decides expiry."""
    txn: str
    """The request id."""
    decision: Decision
    """approve, deny or report."""
    details_sha256: str
    """Hash of the details as received."""
    challenge: str
    """The server's random value for this request."""
    match_code: str | None
    """The digits typed, or null."""
    presence: Presence
    """How the person showed to be there; fits the key that signed."""
    shown_ms: int
    """Milliseconds on screen before the answer."""
    display: Display
    """How it was shown."""
    reason: Reason | None = None
    """Why it was refused, if the person said so."""


def sign(approval: Approval, key: SigningKey) -> str:
    """Signs a decision."""
    return jose.sign(approval, key, TYP)


def verify(compact: str, keys: PublicKeys, *, expected: "Expected") -> Approval:
    """Checks a decision's form, signature and everything that binds it to its request.

    Raises:
        ArtifactRefused: if any of them is wrong.
    """
    approval = jose.verify(compact, keys, TYP, Approval)
    found = Expected(
        approval.iss,
        approval.sub,
        approval.aud,
        approval.txn,
        approval.details_sha256,
        approval.challenge,
    )
    if found != expected:
        raise BadClaim("The decision was made for something else.")
    return approval


class Expected(msgspec.Struct, frozen=True):
    """What binds a decision to its request."""

    terminal_id: str
    """Client id of the terminal that is asked."""
    user_id: str
    """Whose decision it is."""
    issuer: str
    """This server."""
    request_id: str
    """The request."""
    details_sha256: str
    """Hash of its details."""
    challenge: str
    """Its challenge."""
