"""`POST /introspect` (RFC 7662): a client asks about its own tokens; about any other it hears `inactive`."""

from core.server.answers import Answer, json_answer
from core.server.client_auth import ClientProof
from core.server.forms import Form, required
from core.server.services import Services


async def introspect(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Says whether a token is alive (RFC 7662 section 2.2)."""
    bearer = await services.tokens.find(required(form, "token"))
    if bearer is None or bearer.client_id != proof.client.client_id:
        return json_answer({"active": False})
    return json_answer(
        {
            "active": True,
            "scope": " ".join(sorted(bearer.scopes)),
            "client_id": bearer.client_id,
            "token_type": "Bearer",
            "iat": int(bearer.issued_at),
            "exp": int(bearer.expires_at),
            "iss": services.issuer,
        }
    )
