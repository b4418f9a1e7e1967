"""Client authentication: `private_key_jwt`, `client_secret_basic` and `_post` (OpenID Connect Core 9).

A client uses the one method that it registered. An assertion's `jti` counts once (RFC 7523 section 3): it is
spent in the commit of what the request does, so `authenticate` only judges and `spend` runs in a guard.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable

import msgspec
from sqlalchemy import text

from core.database.prepared import Prepared
from core.database.writer import Unit
from core.server import key_sets
from core.server.clients import Client
from core.server.errors import BadClient, invalid_request
from core.server.forms import Form, decoded
from core.server.services import Services
from core.wire.canonical import unb64u
from core.wire.errors import ArtifactRefused

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
METHODS = ("private_key_jwt", "client_secret_basic", "client_secret_post")
MAX_LIFE_S = 3600
"""Longest life of an assertion, seconds."""
SKEW_S = 60
_SPEND = Prepared(
    text(
        "INSERT INTO spent_jtis (client_id, jti, expires_at) VALUES (:client_id, :jti, :expires_at)"
        " ON CONFLICT DO NOTHING"
    )
)


class ClientProof(msgspec.Struct, frozen=True):
    """An authenticated client, and the assertion that is still to be spent."""

    client: Client
    jti: str | None = None
    """The assertion's `jti`, where there was one."""
    exp: float = 0
    """When the assertion ends, epoch seconds."""
    jkt: str | None = None
    """Thumbprint of the key whose DPoP proof came along (RFC 9449 section 6.1)."""


class _Claims(msgspec.Struct, frozen=True):
    iss: str
    sub: str
    aud: str | list[str]
    exp: float
    jti: str
    iat: float | None = None
    nbf: float | None = None


class _Issuer(msgspec.Struct, frozen=True):
    iss: str


async def authenticate(
    services: Services, headers: Iterable[tuple[bytes, bytes]], form: Form, path: str
) -> ClientProof:
    """Says which client sent a request (RFC 6749 section 2.3, CIBA Core 1.0 section 7.1).

    Args:
        services: the server's.
        headers: raw headers of the request.
        form: its parameters.
        path: the endpoint, an audience that an assertion may name.

    Raises:
        Refused: 400 `invalid_request`: two methods at once.
        BadClient: 401 `invalid_client`.
    """
    given = [value for name, value in headers if name == b"authorization"]
    ways = len(given) + ("client_secret" in form) + ("client_assertion" in form)
    if ways > 1:
        raise invalid_request("Authenticate in one way only.")
    if given:
        return await _by_basic(services, given[0], form)
    if "client_assertion" in form:
        return await _by_assertion(services, form, path)
    if "client_secret" in form:
        client_id, secret = form.get("client_id", ""), form["client_secret"]
        return await _by_secret(services, client_id, secret, "client_secret_post")
    raise BadClient


def spend(unit: Unit, proof: ClientProof) -> bool:
    """Spends the assertion's `jti` inside a guard; False: it was used before, so do nothing and refuse."""
    return proof.jti is None or spend_id(unit, proof.client.client_id, proof.jti, proof.exp)


def spend_id(unit: Unit, owner: str, jti: str, exp: float) -> bool:
    """Spends the `jti` of anything that counts once until `exp`, among those of `owner`; False: used."""
    row = {"client_id": owner, "jti": jti, "expires_at": exp + SKEW_S}
    return _SPEND.count(unit.connection, **row) == 1


async def spend_now(services: Services, proof: ClientProof) -> None:
    """Spends the assertion in a commit of its own, for requests that write nothing else.

    Raises:
        BadClient: 401: it was used before.
    """
    if proof.jti is not None and not await services.store.write(lambda unit: spend(unit, proof)):
        raise BadClient


async def _by_basic(services: Services, header: bytes, form: Form) -> ClientProof:
    client_id, secret = _read_basic(header)
    if form.get("client_id", client_id) != client_id:
        raise BadClient(by_basic=True)
    return await _by_secret(services, client_id, secret, "client_secret_basic")


def _read_basic(header: bytes) -> tuple[str, str]:
    """The two halves, each percent-encoded by the client first (RFC 6749 section 2.3.1)."""
    scheme, _, encoded = header.partition(b" ")
    if scheme.lower() != b"basic":
        raise BadClient(by_basic=True)
    try:
        client_id, colon, secret = base64.b64decode(encoded, validate=True).decode("ascii").partition(":")
        if not colon:
            raise BadClient(by_basic=True)
        return decoded(client_id), decoded(secret)
    except (binascii.Error, ValueError) as error:
        raise BadClient(by_basic=True) from error


async def _by_secret(services: Services, client_id: str, secret: str, method: str) -> ClientProof:
    by_basic = method == "client_secret_basic"
    client = await services.clients.find(client_id) if _is_plausible(client_id) else None
    expected = client.secret_sha256 if client is not None and client.auth_method == method else b""
    digest = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
    if client is None or not expected or not hmac.compare_digest(digest, expected):
        raise BadClient(by_basic=by_basic)
    return ClientProof(client)


async def _by_assertion(services: Services, form: Form, path: str) -> ClientProof:
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise BadClient
    compact = form["client_assertion"]
    client = await _find_issuer(services, compact)
    if client.auth_method != "private_key_jwt":
        raise BadClient
    if form.get("client_id", client.client_id) != client.client_id:
        raise BadClient
    try:
        content = await key_sets.verify(services, client, compact, algorithms=client.auth_algs)
        claims = msgspec.convert(content, _Claims)
    except (ArtifactRefused, msgspec.ValidationError) as error:
        raise BadClient from error
    _check_claims(services, client, claims, path)
    return ClientProof(client, claims.jti, claims.exp)


async def _find_issuer(services: Services, compact: str) -> Client:
    """Reads whose assertion it claims to be; nothing is decided by that but whose key checks it."""
    try:
        payload = compact.split(".")[1]
        client_id = msgspec.json.decode(unb64u(payload), type=_Issuer).iss
    except (ArtifactRefused, msgspec.MsgspecError, IndexError, ValueError) as error:
        raise BadClient from error
    client = await services.clients.find(client_id) if _is_plausible(client_id) else None
    if client is None:
        raise BadClient
    return client


def _check_claims(services: Services, client: Client, claims: _Claims, path: str) -> None:
    now = services.now()
    issuer = services.issuer
    audiences = {claims.aud} if isinstance(claims.aud, str) else set(claims.aud)
    is_ours = not audiences.isdisjoint((issuer, issuer + path, issuer + "/token"))
    is_theirs = claims.iss == claims.sub == client.client_id
    is_alive = now < claims.exp <= now + MAX_LIFE_S + SKEW_S
    has_begun = max(claims.iat or 0, claims.nbf or 0) <= now + SKEW_S
    is_named = 0 < len(claims.jti) <= 256 and claims.jti.isprintable()
    if not (is_ours and is_theirs and is_alive and has_begun and is_named):
        raise BadClient


def _is_plausible(client_id: str) -> bool:
    return 0 < len(client_id) <= 128 and client_id.isascii() and client_id.isprintable()
