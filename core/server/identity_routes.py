"""The doors of the identity half: discovery, registration, people, terminals, pairing, devices, contacts."""

from collections.abc import Awaitable, Callable

from core.server import discovery
from core.server.device_grant import device_authorization
from core.server.json_endpoint import JsonRoute
from core.server.oauth_endpoint import OAuthRoute
from core.server.services import Services
from core.server.token import token

OAUTH: dict[str, OAuthRoute] = {
    "/token": OAuthRoute(token, spends=True),
    "/device_authorization": OAuthRoute(device_authorization),
}
"""OAuth endpoints by path."""

JSON: tuple[JsonRoute, ...] = (
    JsonRoute("GET", "/.well-known/openid-configuration", discovery.well_known),
    JsonRoute("GET", "/.well-known/oauth-authorization-server", discovery.well_known),
    JsonRoute("GET", "/jwks", discovery.jwks),
    JsonRoute("GET", "/health", discovery.health),
)
"""All other endpoints."""

BACKGROUND: tuple[Callable[[Services], Awaitable[None]], ...] = ()
"""Workers that run as long as the server."""
