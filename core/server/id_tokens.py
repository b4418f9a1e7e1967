"""The ID Token: who approved, for which client, when (OpenID Connect Core 1.0 section 2)."""

import hashlib

from core.domain.decision import Presence
from core.server.clients import Client
from core.server.services import Services
from core.server.store.requests import Stored
from core.wire import jose
from core.wire.canonical import b64u

ACR = {Presence.CLICK.value: "urn:nod:presence:click", Presence.PIN.value: "urn:nod:presence:pin"}
"""How the person showed to be there, as `acr`."""


def make(services: Services, client: Client, stored: Stored, access_token: str) -> str:
    """Signs the ID Token of an approved request.

    Args:
        services: The server's.
        client: The device that asked; it gets its own pairwise `sub`.
        stored: The request.
        access_token: What it came with, for `at_hash` (section 3.1.3.6).
    """
    now = int(services.now())
    claims: dict[str, object] = {
        "iss": services.issuer,
        "sub": services.subjects.for_client(client, stored.user_id),
        "aud": client.client_id,
        "iat": now,
        "exp": now + services.tokens.life_s,
        "auth_time": int(stored.ended_at or now),
        "at_hash": b64u(hashlib.sha256(access_token.encode()).digest()[:16]),
        "urn:openid:params:jwt:claim:auth_req_id": stored.request_id,
    }
    if stored.acr_values:
        claims["acr"] = ACR[stored.presence]
    return jose.sign(claims, services.keys.current, "JWT")
