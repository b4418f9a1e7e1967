"""What the server says of itself: OpenID discovery, RFC 8414 metadata, its public keys, its health."""

from typing import Any

from starlette.requests import Request

from core.database.probe import probe
from core.server.answers import Answer, json_answer
from core.server.capabilities import DELIVERY_MODES, DETAILS_TYPES, REQUEST_ALGORITHMS, SCOPES
from core.server.client_auth import METHODS
from core.server.client_keys import ALGORITHMS
from core.server.client_metadata import GRANTS
from core.server.id_tokens import ACR
from core.server.request_routes import OAUTH
from core.server.services import Services
from core.texts.catalog import LANGUAGES


def metadata(services: Services) -> dict[str, Any]:
    """The document of both well-known paths (OpenID Discovery 1.0, RFC 8414, CIBA Core 1.0 section 4)."""
    issuer = services.issuer
    payment = services.settings.payment_url()
    document: dict[str, Any] = {
        "issuer": issuer,
        "jwks_uri": f"{issuer}/jwks",
        "token_endpoint": f"{issuer}/token",
        "registration_endpoint": f"{issuer}/register",
        "device_authorization_endpoint": f"{issuer}/device_authorization",
        "introspection_endpoint": f"{issuer}/introspect",
        "authorization_endpoint": f"{issuer}/authorize",
        "authorization_response_iss_parameter_supported": True,
        "grant_types_supported": list(GRANTS),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "code_challenge_methods_supported": ["S256"],
        "dpop_signing_alg_values_supported": list(ALGORITHMS),
        "acr_values_supported": list(ACR.values()),
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "ui_locales_supported": list(LANGUAGES),
        "scopes_supported": list(SCOPES),
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": list(METHODS),
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "introspection_endpoint_auth_methods_supported": list(METHODS),
        "introspection_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "authorization_details_types_supported": list(DETAILS_TYPES),
        "backchannel_authentication_endpoint": f"{issuer}/bc-authorize",
        "backchannel_token_delivery_modes_supported": list(DELIVERY_MODES),
        "backchannel_user_code_parameter_supported": True,
        "backchannel_authentication_request_signing_alg_values_supported": list(REQUEST_ALGORITHMS),
    }
    if "/revoke" in OAUTH:
        document["revocation_endpoint"] = f"{issuer}/revoke"
        document["revocation_endpoint_auth_methods_supported"] = list(METHODS)
        document["revocation_endpoint_auth_signing_alg_values_supported"] = list(ALGORITHMS)
    if payment is not None:
        document["nod_payment_server"] = payment
    return document


async def well_known(services: Services, _request: Request) -> Answer:
    """`GET /.well-known/openid-configuration` and `/.well-known/oauth-authorization-server`."""
    return json_answer(metadata(services))


async def jwks(services: Services, _request: Request) -> Answer:
    """`GET /jwks`: public keys only (RFC 7517 section 5)."""
    return json_answer({"keys": services.keys.published()})


async def ready(services: Services, _request: Request) -> Answer:
    """`GET /ready`: 503 while the server leaves, or while its store takes no change; asks for one commit.

    Raises:
        DatabaseError: the store does not answer; told as 503.
    """
    if services.stopping.is_set():
        return json_answer({"status": "leaving"}, 503)
    await services.store.write(probe)
    return json_answer({"status": "ready"})


async def health(services: Services, _request: Request) -> Answer:
    """`GET /health`: 503 when the writer is dead."""
    if services.store.writer.healthy:
        return json_answer({"status": "ok"})
    return json_answer({"status": "failed"}, 503)
