"""The doors of the identity half: discovery, registration, people, terminals, pairing, devices, contacts."""

from collections.abc import Awaitable, Callable

from core.server import (
    authorize,
    authorize_wait,
    contacts,
    deletion,
    devices,
    discovery,
    long_poll,
    pair_page,
    pairing,
    pictures,
    profiles,
    registration,
    terminals,
)
from core.server.device_grant import device_authorization
from core.server.housekeeping import keep_house
from core.server.introspection import introspect
from core.server.json_endpoint import JsonRoute
from core.server.key_following import follow_keys
from core.server.oauth_endpoint import OAuthRoute
from core.server.services import Services
from core.server.token import token

OAUTH: dict[str, OAuthRoute] = {
    "/token": OAuthRoute(token, spends=True, takes_proof=True, hold=long_poll.hold),
    "/device_authorization": OAuthRoute(device_authorization),
    "/introspect": OAuthRoute(introspect),
}
"""OAuth endpoints by path."""

JSON: tuple[JsonRoute, ...] = (
    JsonRoute("GET", "/.well-known/openid-configuration", discovery.well_known),
    JsonRoute("GET", "/.well-known/oauth-authorization-server", discovery.well_known),
    JsonRoute("GET", "/jwks", discovery.jwks),
    JsonRoute("GET", "/health", discovery.health),
    JsonRoute("GET", "/ready", discovery.ready),
    JsonRoute("POST", "/register", registration.register, is_oauth=True),
    JsonRoute("POST", "/profiles", profiles.create),
    JsonRoute("GET", "/profile", profiles.read),
    JsonRoute("PATCH", "/profile", profiles.change),
    JsonRoute("GET", "/profile/picture", pictures.read),
    JsonRoute("PUT", "/profile/picture", pictures.put),
    JsonRoute("DELETE", "/profile/picture", pictures.remove),
    JsonRoute("POST", "/profile/deletion", deletion.delete),
    JsonRoute("POST", "/terminals", terminals.add),
    JsonRoute("GET", "/terminals", terminals.every),
    JsonRoute("DELETE", "/terminals/{terminal_id}", terminals.remove),
    JsonRoute("POST", "/enrolment-codes", terminals.make_code),
    JsonRoute("GET", "/authorize", authorize.authorize),
    JsonRoute("GET", "/authorize/{handle}", authorize_wait.page),
    JsonRoute("GET", "/authorize/{handle}/state", authorize_wait.state),
    JsonRoute("GET", "/pair", pair_page.page),
    JsonRoute("GET", "/pairings/{user_code}", pairing.look),
    JsonRoute("POST", "/pairings/{user_code}", pairing.consent),
    JsonRoute("DELETE", "/pairings/{user_code}", pairing.refuse),
    JsonRoute("GET", "/contacts", contacts.own),
    JsonRoute("GET", "/devices", devices.every),
    JsonRoute("PATCH", "/devices/{client_id}", devices.change),
    JsonRoute("DELETE", "/devices/{client_id}", devices.unpair),
)
"""All other endpoints."""

BACKGROUND: tuple[Callable[[Services], Awaitable[None]], ...] = (keep_house, follow_keys)
"""Workers that run as long as the server."""
