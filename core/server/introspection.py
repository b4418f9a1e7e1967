"""`POST /introspect` (RFC 7662): a client asks about its own tokens; about any other it hears `inactive`."""

from typing import Any

from core.server.access_tokens import hashed
from core.server.answers import Answer, json_answer
from core.server.client_auth import ClientProof
from core.server.forms import Form, required
from core.server.services import Services
from core.server.store import refresh


async def introspect(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Says whether a token is alive (RFC 7662 section 2.2)."""
    token = required(form, "token")
    bearer = await services.tokens.find(token)
    if bearer is not None:
        found = _described(
            services, bearer.client_id, bearer.scopes, bearer.issued_at, bearer.expires_at, bearer.jkt
        )
        found["token_type"] = "Bearer" if bearer.jkt is None else "DPoP"
    else:
        kept = await services.store.read(lambda connection: refresh.find(connection, hashed(token)))
        if kept is None or kept.used_at is not None or kept.expires_at <= services.now():
            return json_answer({"active": False})
        scopes = frozenset(kept.scope.split())
        found = _described(services, kept.client_id, scopes, kept.issued_at, kept.expires_at, kept.jkt)
    if found["client_id"] != proof.client.client_id:
        return json_answer({"active": False})
    return json_answer(found)


def _described(
    services: Services, client_id: str, scopes: frozenset[str], iat: float, exp: float, jkt: str | None
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "active": True,
        "scope": " ".join(sorted(scopes)),
        "client_id": client_id,
        "iat": int(iat),
        "exp": int(exp),
        "iss": services.issuer,
    }
    if jkt is not None:
        found["cnf"] = {"jkt": jkt}
    return found
