"""The public keys of OAuth clients, parsed once, and the check of what they sign (RFC 7523, RFC 9101).

Clients may use ES256, PS256 or Ed25519 (`EdDSA`); `none`, HMAC and RS256 are never taken. Which of them a
client uses follows from its key, so a header cannot choose.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from cryptography.exceptions import InvalidSignature
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from core.wire.canonical import unb64u
from core.wire.errors import BadForm, BadHeader, BadSignature, UnknownKey, WireError
from core.wire.jose import MAX_LENGTH

ALGORITHMS = ("ES256", "PS256", "EdDSA")
_REGISTRY = jws.JWSRegistry(algorithms=["ES256", "PS256", "Ed25519", "EdDSA"], strict_check_header=False)
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_CARRIES_A_KEY = ("jwk", "jku", "x5c", "x5u", "x5t", "crit")
_MIN_RSA_BITS, _MAX_RSA_BITS = 2048, 4096
_LONGEST_EXPONENT = 8
"""Bytes; a longer one makes each check of a signature cost a hundred times as much."""
MAX_KEYS = 8


class ClientKeys:
    """A client's keys by `kid` and thumbprint.

    Raises:
        BadForm: A key is private, of another kind, or too many.
    """

    def __init__(self, jwks: Sequence[Mapping[str, Any]]) -> None:
        if len(jwks) > MAX_KEYS:
            raise BadForm(f"A client has at most {MAX_KEYS} keys.")
        self._keys: dict[str, tuple[Key, str]] = {}
        self._only: tuple[Key, str] | None = None
        for jwk in jwks:
            pair = _parse(jwk)
            self._keys[pair[0].thumbprint()] = pair
            if isinstance(jwk.get("kid"), str):
                self._keys[jwk["kid"]] = pair
        if len(jwks) == 1:
            self._only = next(iter(self._keys.values()))

    def verify(self, compact: str, *, algorithms: Sequence[str] = ALGORITHMS) -> dict[str, Any]:
        """Checks a client's JWT and returns its claims; what they mean is the caller's to judge.

        Raises:
            ArtifactRefused: Form, header, key or signature is wrong.
        """
        extracted = _extract(compact)
        header = extracted.headers()
        key, algorithm = self._find(header)
        if not _is_algorithm_of(header, algorithm):
            raise BadHeader("The algorithm does not fit the key.")
        if algorithm not in algorithms:
            raise BadHeader("The client is registered for another algorithm.")
        if not _fits(compact, extracted, key):
            raise BadSignature("The signature does not fit.")
        return _claims(extracted.payload)

    def _find(self, header: Mapping[str, Any]) -> tuple[Key, str]:
        if any(name in header for name in _CARRIES_A_KEY):
            raise BadHeader("The header brings a key of its own.")
        kid = header.get("kid")
        found = self._only if kid is None else self._keys.get(str(kid))
        if found is None:
            raise UnknownKey("The signature names a key that the client has not registered.")
        return found


class StoredKey(ClientKeys):
    """One key that was checked when it was stored: parsed when it is first needed.

    A terminal that only listens needs it never, and ten thousand parsed keys are 20 MB.

    Args:
        text: The JWK as JSON.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._parsed: ClientKeys | None = None

    def verify(self, compact: str, *, algorithms: Sequence[str] = ALGORITHMS) -> dict[str, Any]:
        """Does what `ClientKeys.verify` does."""
        if self._parsed is None:
            self._parsed = ClientKeys([msgspec.json.decode(self._text)])
        return self._parsed.verify(compact, algorithms=algorithms)


class SelfSigned(NamedTuple):
    """What was signed by a key that its own header brings: it proves that key and nothing else."""

    jkt: str
    """RFC 7638 thumbprint of the key."""
    claims: dict[str, Any]


def verify_self_signed(compact: str, typ: str) -> SelfSigned:
    """Checks a JWT by the public key in its header (RFC 9449 section 4.3, checks 1 to 7).

    Raises:
        ArtifactRefused: Form, type, algorithm, key or signature is wrong.
    """
    extracted = _extract(compact)
    header = extracted.headers()
    if header.get("typ") != typ:
        raise BadHeader("The type is another.")
    if not isinstance(header.get("jwk"), dict) or any(name in header for name in _CARRIES_A_KEY[1:]):
        raise BadHeader("The header does not bring its key as jwk alone.")
    key, algorithm = _parse(header["jwk"])
    if not _is_algorithm_of(header, algorithm):
        raise BadHeader("The algorithm does not fit the key.")
    if not _fits(compact, extracted, key):
        raise BadSignature("The signature does not fit.")
    return SelfSigned(key.thumbprint(), _claims(extracted.payload))


def _is_algorithm_of(header: Mapping[str, Any], algorithm: str) -> bool:
    """RFC 9864 renamed EdDSA; both names are taken."""
    return header.get("alg") in (algorithm, "Ed25519" if algorithm == "EdDSA" else algorithm)


def _fits(compact: str, extracted: jws.CompactSignature, key: Key) -> bool:
    try:
        if isinstance(key, OKPKey):
            # RFC 9864 renamed EdDSA; the library warns at each use of the old name, so it is not asked.
            signed, _, signature = compact.rpartition(".")
            key.public_key.verify(unb64u(signature), signed.encode("ascii"))  # type: ignore[union-attr]
            return True
        return jws.validate_compact(extracted, key, registry=_REGISTRY)
    except (JoseError, InvalidSignature, WireError, ValueError, TypeError):
        return False


def _parse(jwk: Mapping[str, Any]) -> tuple[Key, str]:
    if not isinstance(jwk, dict) or _PRIVATE & jwk.keys():
        raise BadForm("A key has a private part; send the public one.")
    if not all(isinstance(value, str) for name, value in jwk.items() if name in ("x", "y", "n", "e", "crv")):
        raise BadForm("A key has members that are not text.")
    bare = {name: value for name, value in jwk.items() if name in ("kty", "crv", "x", "y", "n", "e")}
    try:
        return _import(bare)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise BadForm("A key cannot be read.") from error


def _import(bare: dict[str, Any]) -> tuple[Key, str]:
    match bare.get("kty"), bare.get("crv"):
        case "EC", "P-256":
            return ECKey.import_key(bare), "ES256"
        case "OKP", "Ed25519":
            return OKPKey.import_key(bare), "EdDSA"
        case "RSA", _:
            if not _MIN_RSA_BITS <= len(unb64u(bare["n"])) * 8 <= _MAX_RSA_BITS:
                raise BadForm(f"An RSA key has {_MIN_RSA_BITS} to {_MAX_RSA_BITS} bits.")
            if len(unb64u(bare["e"])) > _LONGEST_EXPONENT:
                raise BadForm("An RSA key has a short public exponent, as 65537.")
            return RSAKey.import_key(bare), "PS256"
    raise BadForm("Keys are EC on P-256, Ed25519, or RSA for PS256.")


def _extract(compact: str) -> jws.CompactSignature:
    if len(compact) > MAX_LENGTH or compact.count(".") != 2:
        raise BadForm("This is no compact JWS.")
    try:
        extracted = jws.extract_compact(compact.encode("ascii"), registry=_REGISTRY)
        header = extracted.headers()
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadForm("This is no compact JWS.") from error
    if not isinstance(header, dict):
        raise BadForm("The header is no object.")
    return extracted


def _claims(payload: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(payload, type=dict[str, Any])
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadForm("The signed content is no JSON object.") from error
