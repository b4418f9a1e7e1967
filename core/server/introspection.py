"""`POST /introspect` (RFC 7662): a client asks about its own tokens; about any other it hears `inactive`."""

from typing import Any, NamedTuple

from core.server import issuing
from core.server.access_tokens import hashed
from core.server.answers import Answer, json_answer
from core.server.client_auth import ClientProof
from core.server.forms import Form, required
from core.server.services import Services
from core.server.store import refresh
from core.server.store import requests as store


class _Token(NamedTuple):
    """What is told of a token that lives, of either kind."""

    client_id: str
    user_id: str | None
    scopes: frozenset[str]
    issued_at: float
    expires_at: float
    jkt: str | None
    grant_id: str | None
    is_access: bool


async def introspect(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Says whether a token is alive (RFC 7662 section 2.2), and what was approved (RFC 9396 section 9.2)."""
    token = await _find(services, required(form, "token"))
    if token is None or token.client_id != proof.client.client_id:
        return json_answer({"active": False})
    found = _described(services, token)
    if (grant_id := token.grant_id) is not None:
        stored = await services.store.read(lambda connection: store.find(connection, grant_id))
        if stored is not None and stored.user_id != token.user_id:
            # Its person was deleted a moment ago, and every token with them.
            return json_answer({"active": False})
        if stored is not None:
            found |= issuing.granted(stored, services.now())
    return json_answer(found)


async def _find(services: Services, token: str) -> _Token | None:
    bearer = await services.tokens.find(token)
    if bearer is not None:
        return _Token(
            bearer.client_id,
            bearer.user_id,
            bearer.scopes,
            bearer.issued_at,
            bearer.expires_at,
            bearer.jkt,
            bearer.grant_id,
            is_access=True,
        )
    kept = await services.store.read(lambda connection: refresh.find(connection, hashed(token)))
    if kept is None or kept.used_at is not None or kept.expires_at <= services.now():
        return None
    scopes = frozenset(kept.scope.split())
    return _Token(
        kept.client_id,
        kept.user_id,
        scopes,
        kept.issued_at,
        kept.expires_at,
        kept.jkt,
        kept.grant_id,
        is_access=False,
    )


def _described(services: Services, token: _Token) -> dict[str, Any]:
    found: dict[str, Any] = {
        "active": True,
        "scope": " ".join(sorted(token.scopes)),
        "client_id": token.client_id,
        "iat": int(token.issued_at),
        "exp": int(token.expires_at),
        "iss": services.issuer,
    }
    if token.is_access:
        found["token_type"] = "Bearer" if token.jkt is None else "DPoP"
    if token.jkt is not None:
        found["cnf"] = {"jkt": token.jkt}
    return found
