"""The ID Token: who approved, for which client, when (OpenID Connect Core 1.0 section 2)."""

import hashlib

import msgspec

from core.domain.decision import Presence
from core.server.clients import Client
from core.server.services import Services
from core.server.store.requests import Stored
from core.wire import jose
from core.wire.approval import Approval
from core.wire.canonical import b64u

ACR = {Presence.CLICK.value: "urn:nod:presence:click", Presence.PIN.value: "urn:nod:presence:pin"}
"""How the person showed to be there, as `acr`."""
_CLAIM = "urn:openid:params:jwt:claim:"


class Binding(msgspec.Struct, frozen=True):
    """What ties an ID Token to the answer that brings it."""

    nonce: str | None = None
    """The browser's (OpenID Connect Core 3.1.2.1)."""
    is_backchannel: bool = True
    """Whether it ends a CIBA request, whose id it then names."""
    refresh_token: str | None = None
    """For `rt_hash` (CIBA Core 1.0 section 10.3.1)."""


def make(services: Services, client: Client, stored: Stored, access_token: str, binding: Binding) -> str:
    """Signs the ID Token of an approved request.

    Args:
        services: The server's.
        client: The device that asked; it gets its own pairwise `sub`.
        stored: The request.
        access_token: What it came with, for `at_hash` (section 3.1.3.6).
        binding: What else it is tied to.
    """
    now = int(services.now())
    claims: dict[str, object] = {
        "iss": services.issuer,
        "sub": services.subjects.for_client(client, stored.user_id),
        "aud": client.client_id,
        "iat": now,
        "exp": now + services.tokens.life_s,
        "auth_time": int(stored.ended_at or now),
        "at_hash": _half_hash(access_token),
    }
    if binding.nonce is not None:
        claims["nonce"] = binding.nonce
    if binding.is_backchannel:
        claims[f"{_CLAIM}auth_req_id"] = stored.request_id
    if binding.refresh_token is not None:
        claims[f"{_CLAIM}rt_hash"] = _half_hash(binding.refresh_token)
    if stored.acr_values:
        claims["acr"] = ACR[_shown(stored)]
    return jose.sign(claims, services.keys.current, "JWT")


def prefers_pin(acr_values: str | None) -> bool:
    """Whether the first of the wanted values that this server knows is the PIN (section 3.1.2.1)."""
    known = [value for value in (acr_values or "").split() if value in ACR.values()]
    return bool(known) and known[0] == ACR[Presence.PIN.value]


def _shown(stored: Stored) -> str:
    """How the person was there, by the signed approval; what was demanded is only the least."""
    if stored.approval is None:
        return stored.presence
    # The approval is our own row and was verified when it was admitted; only its presence is read.
    return jose.unsafe_read_payload(stored.approval, Approval).presence.value


def _half_hash(token: str) -> str:
    return b64u(hashlib.sha256(token.encode()).digest()[:16])
