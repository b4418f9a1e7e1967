"""The terminal's word, signed by the key that only the PIN opens, that its person wants what the PIN guards.

It vouches for one message, whose other members it covers; `docs/wire.md` says what needs it.
"""

import msgspec

from core.wire import jose
from core.wire.errors import BadClaim
from core.wire.keys import PublicKeys, SigningKey

TYP = "nod-pin+jws"
FRESH_S = 300
"""Seconds that the signer's clock may differ from the server's."""


class PinWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The payload."""

    iss: str
    """The terminal's client id."""
    sub: str
    """The user ID."""
    aud: str
    """The user-management server's issuer."""
    iat: int
    """Epoch seconds; within 300 of the server's clock."""
    jti: str
    """Unique; counts once."""
    body_sha256: str
    """Canonical hash of the message's members other than `pin_proof`."""


def sign(word: PinWord, key: SigningKey) -> str:
    """Signs it."""
    return jose.sign(word, key, TYP)


def verify(compact: str, keys: PublicKeys, *, expected: PinWord) -> PinWord:
    """Checks that it is what `expected` says; its `iat` is the server's time, its `jti` is not compared.

    Raises:
        ArtifactRefused: if form, signature, terminal, user, audience, content or time is wrong.
    """
    word = jose.verify(compact, keys, TYP, PinWord)
    if msgspec.structs.replace(word, iat=0, jti="") != msgspec.structs.replace(expected, iat=0, jti=""):
        raise BadClaim("The word was signed for something else.")
    is_named = 0 < len(word.jti) <= 256 and word.jti.isprintable()
    if not is_named or abs(word.iat - expected.iat) > FRESH_S:
        raise BadClaim("The word is old, or this computer's clock is wrong.")
    return word
