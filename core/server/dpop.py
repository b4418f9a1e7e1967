"""Proofs of possession (RFC 9449): a token that is bound to a key is worth nothing without the key.

A proof is a small JWT, signed anew for each request by a key that its own header brings. It names method and
address, is fresh, and counts once; where a token comes along, it names that too.
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

import msgspec

from core.server.client_auth import ClientProof, spend_id
from core.server.client_keys import verify_self_signed
from core.server.errors import Refused
from core.server.services import Services
from core.wire.canonical import b64u
from core.wire.errors import ArtifactRefused

FRESH_S = 60
"""Seconds that the `iat` of a proof may be away from now, on either side."""
_PORTS = {"http": 80, "https": 443}
Headers = Iterable[tuple[bytes, bytes]]


class _Claims(msgspec.Struct, frozen=True):
    jti: str
    htm: str
    htu: str
    iat: float
    ath: str | None = None


async def bound(services: Services, proof: ClientProof, headers: Headers, path: str) -> ClientProof:
    """The client's proof, with the key whose DPoP proof came along at the token endpoint (section 5).

    Raises:
        Refused: 400 `invalid_dpop_proof`: the proof is bad, was used, or is missing where the client
            registered `dpop_bound_access_tokens`.
    """
    jkt = await key_of(services, headers, "POST", path)
    if jkt is None:
        if proof.client.is_dpop_bound:
            raise bad_proof("This client gets only tokens that are bound to its key. Send a DPoP proof.")
        return proof
    return msgspec.structs.replace(proof, jkt=jkt)


async def key_of(
    services: Services, headers: Headers, method: str, path: str, access_token: str | None = None
) -> str | None:
    """The thumbprint of the key that a request proves to have, or None where it brings no proof.

    Args:
        services: the server's.
        headers: raw headers of the request.
        method: the request's.
        path: the request's, under the issuer.
        access_token: the token that the proof must name in `ath`.

    Raises:
        Refused: 400 `invalid_dpop_proof` (section 4.3).
    """
    given = [value for name, value in headers if name == b"dpop"]
    if not given:
        return None
    if len(given) > 1:
        raise bad_proof("Send one DPoP proof.")
    try:
        signed = verify_self_signed(given[0].decode("ascii"), "dpop+jwt")
        claims = msgspec.convert(signed.claims, _Claims)
    except (ArtifactRefused, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise bad_proof("The DPoP proof cannot be taken.") from error
    _check(services, claims, method, path, access_token)
    owner = f"dpop {signed.jkt}"
    exp = claims.iat + FRESH_S
    if not await services.store.write(lambda unit: spend_id(unit, owner, claims.jti, exp)):
        raise bad_proof("The DPoP proof was used before.")
    return signed.jkt


def _check(services: Services, claims: _Claims, method: str, path: str, access_token: str | None) -> None:
    if claims.htm != method or _address(claims.htu) != _address(services.issuer + path):
        raise bad_proof("The DPoP proof is for another request.")
    if abs(services.now() - claims.iat) > FRESH_S:
        raise bad_proof("The DPoP proof is not fresh.")
    if not (0 < len(claims.jti) <= 256 and claims.jti.isprintable()):
        raise bad_proof("The DPoP proof has no usable jti.")
    if access_token is not None and claims.ath != b64u(hashlib.sha256(access_token.encode()).digest()):
        raise bad_proof("The DPoP proof is for another token.")


def _address(url: str) -> tuple[str, str | None, str, int | None, str]:
    """An address for comparison, without query and fragment (section 4.3, RFC 3986 section 6.2.3)."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError as error:
        raise bad_proof("The DPoP proof is for another request.") from error
    return parts.scheme, parts.username, parts.hostname or "", port, parts.path or "/"


def bad_proof(detail: str) -> Refused:
    """400 `invalid_dpop_proof` (RFC 9449 section 5)."""
    return Refused(400, "invalid_dpop_proof", detail)
