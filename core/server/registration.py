"""`POST /register`: a client registers itself (RFC 7591), by the secret or a single-use operator's token."""

import secrets
from typing import Any

import msgspec
from starlette.requests import Request

from core.database.writer import Unit
from core.server import door, sectors
from core.server.access_tokens import hashed
from core.server.answers import Answer, json_answer
from core.server.bearers import bearer_of
from core.server.client_metadata import ClientMetadata, checked, read_metadata
from core.server.clients import StoredMetadata
from core.server.errors import BadBearer, Refused
from core.server.services import Services
from core.server.store import clients

MAX_MEMBERS = 100


async def register(services: Services, request: Request) -> Answer:
    """Registers a client; 201 with its id and, where its method needs one, its secret.

    Raises:
        BadBearer: 401: neither the secret nor a fresh operator's token.
        Refused: 400 `invalid_client_metadata`; 429.
    """
    by_secret = door.has_secret(services, request)
    token_sha256 = None if by_secret else hashed(bearer_of(request))
    await _open_door(services, token_sha256)
    allows_http = services.settings.allows_private_addresses
    given = read_metadata(_object(await request.body()))
    name, stored = checked(given, may_observe=by_secret, allows_http=allows_http)
    await sectors.check(services, given)
    client_id, secret = new_client_id(), new_secret(stored)

    def keep(unit: Unit) -> bool:
        if token_sha256 is not None and not clients.spend_initial_token(unit, token_sha256):
            return False
        clients.add(unit, client_id, name, given.nod_kind, hashed(secret) if secret else None, stored)
        return True

    if not await services.store.write(keep):
        raise BadBearer
    return json_answer(described(client_id, secret, services.now(), name, given, stored), 201)


async def _open_door(services: Services, token_sha256: str | None) -> None:
    """Lets in who may register, before anything is looked at or fetched for them.

    Args:
        services: the server's.
        token_sha256: of the operator's token, spent later; None for the secret.

    Raises:
        BadBearer: 401: the token is unknown, used or over.
        Refused: 429: too many lately.
    """
    if token_sha256 is None:
        services.shared[door.Door].pass_one()
        return
    now = services.now()
    if not await services.store.read(lambda db: clients.is_token_fresh(db, token_sha256, now)):
        raise BadBearer


def new_client_id() -> str:
    """An id that nobody can guess."""
    return "dev_" + secrets.token_urlsafe(18)


def new_secret(stored: StoredMetadata) -> str | None:
    """256 random bits for a client that authenticates by secret, else None."""
    is_needed = stored.token_endpoint_auth_method != "private_key_jwt"  # noqa: S105
    return secrets.token_urlsafe(32) if is_needed else None


def described(
    client_id: str,
    secret: str | None,
    issued_at: float,
    name: str,
    given: ClientMetadata,
    stored: StoredMetadata,
) -> dict[str, Any]:
    """The client information response (RFC 7591 section 3.2.1): all metadata as registered."""
    metadata: dict[str, Any] = msgspec.to_builtins(stored)
    answer = {
        "client_id": client_id,
        "client_id_issued_at": int(issued_at),
        **metadata,
        "client_name": name,
        "nod_kind": given.nod_kind,
        "token_endpoint_auth_method": stored.token_endpoint_auth_method,
        "scope": stored.scope,
        "response_types": ["code"] if stored.redirect_uris else [],
        "subject_type": "pairwise",
        "id_token_signed_response_alg": "ES256",
        "backchannel_user_code_parameter": stored.backchannel_user_code_parameter,
    }
    if secret is not None:
        answer |= {"client_secret": secret, "client_secret_expires_at": 0}
    return answer


def _object(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Refused(400, "invalid_client_metadata", "The body is no JSON object.") from error
