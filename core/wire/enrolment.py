"""The proof that a new terminal holds its key, sent with the profile or the one-time code."""

import msgspec

from core.wire import jose
from core.wire.errors import BadClaim
from core.wire.keys import PublicKeys, SigningKey

TYP = "nod-enrolment+jws"


class EnrolmentProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The payload of a proof of possession."""

    aud: str
    """The user-management server's issuer."""
    iat: int
    """Epoch seconds; within 300 of the server's clock."""
    jti: str
    """Unique per proof."""
    body_sha256: str
    """Canonical hash of the request's members other than `proof`."""


def sign(proof: EnrolmentProof, key: SigningKey) -> str:
    """Signs a proof."""
    return jose.sign(proof, key, TYP)


def verify(compact: str, keys: PublicKeys, *, issuer: str, body_sha256: str, now: float) -> EnrolmentProof:
    """Checks a proof against the key that it came with.

    Raises:
        ArtifactRefused: if form, signature, audience, content or time is wrong.
    """
    proof = jose.verify(compact, keys, TYP, EnrolmentProof)
    if proof.aud != issuer or proof.body_sha256 != body_sha256:
        raise BadClaim("The proof was made for something else.")
    if not now - 300 <= proof.iat <= now + 300:
        raise BadClaim("The proof is old, or this computer's clock is wrong.")
    return proof
