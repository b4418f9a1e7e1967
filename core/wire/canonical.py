"""One form for every value that is hashed or signed: RFC 8785, then SHA-256 in base64url."""

import base64
import hashlib
from typing import Any

import msgspec
import rfc8785

from core.wire.errors import BadForm


def b64u(data: bytes) -> str:
    """Base64url without padding (RFC 7515 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64u(text: str) -> bytes:
    """The bytes behind base64url text.

    Raises:
        BadForm: if the text is not base64url without padding.
    """
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise BadForm("The text is not base64url.") from error


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of a JSON value or a msgspec struct.

    Raises:
        BadForm: if the value holds something that has no canonical form.
    """
    try:
        return rfc8785.dumps(msgspec.to_builtins(value))
    except (rfc8785.CanonicalizationError, TypeError, UnicodeEncodeError, RecursionError) as error:
        raise BadForm("The value has no canonical form.") from error


def sha256(data: bytes | str) -> str:
    """SHA-256 as base64url; a compact JWS is hashed as its ASCII text."""
    return b64u(hashlib.sha256(data.encode() if isinstance(data, str) else data).digest())


def digest(value: Any) -> str:
    """SHA-256 of the canonical form."""
    return sha256(canonical(value))


def short(hash_text: str) -> str:
    """The first 8 characters of a hash: all that a log may hold."""
    return hash_text[:8]
