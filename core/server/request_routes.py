"""The doors of the request half: asking, hearing how it ended, the inbox, deciding, events.

`app` mounts these beside the doors of the identity half and runs each of BACKGROUND as a task until
`services.stopping` is set; `token` dispatches to GRANTS by `grant_type`.
"""

from collections.abc import Awaitable, Callable

from core.server import (
    backchannel,
    ciba_grant,
    client_notices,
    decisions,
    events,
    history,
    inbox,
    notifications,
    outcome,
    revocation,
    settlement,
    sweep,
)
from core.server.clients import CIBA
from core.server.json_endpoint import JsonRoute
from core.server.oauth_endpoint import OAuthHandler, OAuthRoute
from core.server.services import Services

OAUTH: dict[str, OAuthRoute] = {
    "/bc-authorize": OAuthRoute(backchannel.authenticate, spends=True),
    "/outcome": OAuthRoute(outcome.tell),
    "/revoke": OAuthRoute(revocation.revoke, spends=True),
}
"""OAuth endpoints by path; they take a form."""
GRANTS: dict[str, OAuthHandler] = {CIBA: ciba_grant.redeem}
"""Handlers of `/token` by `grant_type`; the client's assertion is not yet spent when they run."""
JSON: tuple[JsonRoute, ...] = (
    JsonRoute("GET", "/inbox", inbox.listen),
    JsonRoute("POST", "/requests/{request_id}/decision", decisions.decide),
    JsonRoute("GET", "/requests", history.listing),
    JsonRoute("GET", "/requests/{request_id}", history.one),
    JsonRoute("GET", "/events", events.listen),
    JsonRoute("POST", "/events", events.add),
)
"""All other endpoints."""
BACKGROUND: tuple[Callable[[Services], Awaitable[None]], ...] = (
    settlement.run,
    client_notices.run,
    sweep.run,
    notifications.keep_alive,
)
"""Workers; one that ends by an exception is logged and started again a second later."""
