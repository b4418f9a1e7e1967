"""Signs and checks every artifact the same way: compact JWS, ES256, one `typ` each.

The key always comes from our own records by `kid`; a header that brings a key or points to one
(`jwk`, `jku`, `x5c`, `x5u`) is refused, and so is an extension marked critical (RFC 7515 4.1.11).
"""

from typing import Any, TypeVar

import msgspec
from joserfc import jws
from joserfc.errors import JoseError

from core.domain.errors import DomainError
from core.wire.canonical import canonical
from core.wire.errors import BadClaim, BadForm, BadHeader, BadSignature
from core.wire.keys import PublicKeys, SigningKey

T = TypeVar("T")

LEEWAY_S = 30.0
"""Seconds that an artifact may seem to be from the future, since clocks differ."""
MAX_LENGTH = 32_768
"""Longest artifact that is looked at, in characters."""
_CARRIES_A_KEY = ("jwk", "jku", "x5c", "x5u", "x5t", "crit")
_REGISTRY = jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)


def sign(payload: Any, key: SigningKey, typ: str) -> str:
    """Signs the canonical form of `payload` as a compact JWS.

    Args:
        payload: a JSON value or a msgspec struct.
        key: the signer's key; its thumbprint becomes `kid`.
        typ: the artifact's own type, for example `nod-quote+jws`.
    """
    header = {"alg": "ES256", "typ": typ, "kid": key.kid}
    return jws.serialize_compact(header, canonical(payload), key.joserfc, registry=_REGISTRY)


def verify(compact: str, keys: PublicKeys, typ: str, shape: type[T]) -> T:
    """Checks an artifact's form, header and signature, and returns its payload.

    Args:
        compact: the compact JWS.
        keys: the keys of the only party that may have signed it.
        typ: the only type that is taken here.
        shape: a msgspec struct that refuses unknown members.

    Raises:
        BadForm, BadHeader, UnknownKey, BadSignature: each as its name says.
    """
    extracted = _extract(compact)
    header = extracted.headers()
    _check_header(header, typ)
    key = keys.find(header.get("kid"))
    try:
        valid = jws.validate_compact(extracted, key, registry=_REGISTRY)
    except (JoseError, ValueError, TypeError) as error:
        raise BadSignature("The signature cannot be checked.") from error
    if not valid:
        raise BadSignature("The signature does not fit.")
    return decode_payload(extracted.payload, shape)


def decode_payload(payload: bytes, shape: type[T]) -> T:
    """Reads signed JSON into its shape.

    Raises:
        BadForm: if members are missing, unknown or of the wrong type or value.
    """
    try:
        return msgspec.json.decode(payload, type=shape)
    except (msgspec.MsgspecError, DomainError, ValueError, RecursionError) as error:
        raise BadForm("The signed content does not have its shape.") from error


def read_header(compact: str) -> dict[str, Any]:
    """The header of an artifact, unchecked: to find whose key to use, never to decide.

    Raises:
        BadForm: if this is no compact JWS.
    """
    return dict(_extract(compact).headers())


def unsafe_read_payload(compact: str, shape: type[T]) -> T:
    """The payload WITHOUT checking any signature: to show or to name, never to decide.

    Raises:
        BadForm: if this is no compact JWS of that shape.
    """
    return decode_payload(_extract(compact).payload, shape)


def check_times(now: float, iat: float, exp: float, *, leeway_s: float = LEEWAY_S) -> None:
    """Refuses what is over, or was issued in the future.

    Raises:
        BadClaim: if `now` is past `exp`, or before `iat` by more than the leeway.
    """
    if now > exp:
        raise BadClaim("It has run out.")
    if iat > now + leeway_s:
        raise BadClaim("It was issued in the future.")


def _extract(compact: str) -> jws.CompactSignature:
    if not isinstance(compact, str) or len(compact) > MAX_LENGTH or compact.count(".") != 2:
        raise BadForm("This is no compact JWS.")
    try:
        extracted = jws.extract_compact(compact.encode("ascii"), registry=_REGISTRY)
        extracted.headers()
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadForm("This is no compact JWS.") from error
    return extracted


def _check_header(header: Any, typ: str) -> None:
    if not isinstance(header, dict):
        raise BadForm("The header is no object.")
    if header.get("alg") != "ES256":
        raise BadHeader("The algorithm is not ES256.")
    if header.get("typ") != typ:
        raise BadHeader("This is an artifact of another kind.")
    if any(name in header for name in _CARRIES_A_KEY):
        raise BadHeader("The header brings a key of its own.")
