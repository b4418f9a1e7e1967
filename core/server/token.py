"""`POST /token`: each grant type has its handler; a client gets those that it registered (RFC 6749 4.4)."""

from core.server.answers import Answer
from core.server.client_auth import ClientProof, spend
from core.server.clients import CIBA, CLIENT_CREDENTIALS, CODE, DEVICE_CODE, REFRESH
from core.server.code_grant import code_grant
from core.server.device_grant import device_code_grant
from core.server.errors import BadClient, Refused
from core.server.forms import Form, required
from core.server.oauth_endpoint import OAuthHandler
from core.server.refresh_grant import refresh_grant
from core.server.request_routes import GRANTS
from core.server.scopes import own_scopes
from core.server.services import Services
from core.server.token_answer import token_answer


async def token(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Dispatches by `grant_type`.

    Raises:
        Refused: 400 `unsupported_grant_type`, `unauthorized_client`, or what the grant says.
    """
    grant_type = required(form, "grant_type")
    handler = _HANDLERS.get(grant_type) or GRANTS.get(grant_type)
    if handler is None:
        raise Refused(400, "unsupported_grant_type", "This grant type is not known here.")
    if grant_type not in proof.client.grants:
        raise Refused(400, "unauthorized_client", "The client is not registered for this grant type.")
    if grant_type == CIBA and proof.client.delivery_mode == "push":
        raise Refused(400, "unauthorized_client", "A push client gets its tokens pushed.")
    return await handler(services, proof, form)


async def _client_credentials(services: Services, proof: ClientProof, form: Form) -> Answer:
    """A token for the client itself (RFC 6749 section 4.4)."""
    scopes = own_scopes(proof.client, form.get("scope"))
    client = proof.client
    issued = await services.store.write(
        lambda unit: (
            services.tokens.issue(unit, client, scopes, client.user_id, jkt=proof.jkt)
            if spend(unit, proof)
            else None
        )
    )
    if issued is None:
        raise BadClient
    return token_answer(services.tokens, issued, scopes, proof.jkt)


_HANDLERS: dict[str, OAuthHandler] = {
    CLIENT_CREDENTIALS: _client_credentials,
    CODE: code_grant,
    REFRESH: refresh_grant,
    DEVICE_CODE: device_code_grant,
}
