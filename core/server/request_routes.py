"""The doors of the request half: asking, hearing how it ended, the inbox, deciding, events.

`app` mounts these beside the doors of the identity half and runs each of BACKGROUND as a task until
`services.stopping` is set; `token` dispatches to GRANTS by `grant_type`.
"""

from collections.abc import Awaitable, Callable

from core.server.json_endpoint import JsonRoute
from core.server.oauth_endpoint import OAuthHandler, OAuthRoute
from core.server.services import Services

OAUTH: dict[str, OAuthRoute] = {}
"""OAuth endpoints by path; they take a form."""
GRANTS: dict[str, OAuthHandler] = {}
"""Handlers of `/token` by `grant_type`; the client's assertion is not yet spent when they run."""
JSON: tuple[JsonRoute, ...] = ()
"""All other endpoints."""
BACKGROUND: tuple[Callable[[Services], Awaitable[None]], ...] = ()
"""Workers; one that ends by an exception is logged and started again a second later."""
