"""The terminal's signed word that its user wants everything about them deleted; made for one server, once."""

import msgspec

from core.wire import jose
from core.wire.errors import BadClaim
from core.wire.keys import PublicKeys, SigningKey

TYP = "nod-deletion+jws"
FRESH_S = 300
"""Seconds that the signer's clock may differ from the server's."""


class Deletion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The payload."""

    iss: str
    """The terminal's client id."""
    sub: str
    """The user ID, as the person typed it to confirm."""
    aud: str
    """The user-management server's issuer."""
    iat: int
    """Epoch seconds; within 300 of the server's clock."""


def sign(deletion: Deletion, key: SigningKey) -> str:
    """Signs it: by the PIN key where the terminal has one, by its login key else."""
    return jose.sign(deletion, key, TYP)


def verify(compact: str, keys: PublicKeys, *, expected: Deletion) -> Deletion:
    """Checks that it is what `expected` says; its `iat` is the server's time.

    Raises:
        ArtifactRefused: if form, signature, terminal, user, audience or time is wrong.
    """
    deletion = jose.verify(compact, keys, TYP, Deletion)
    if (deletion.iss, deletion.sub, deletion.aud) != (expected.iss, expected.sub, expected.aud):
        raise BadClaim("The deletion was signed for another person, terminal or server.")
    if abs(deletion.iat - expected.iat) > FRESH_S:
        raise BadClaim("The deletion is old, or this computer's clock is wrong.")
    return deletion
