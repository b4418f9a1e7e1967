"""Client records: devices, agents and services that registered, and terminals, clients of their user.

Looked up on every request, so they are kept in memory with their keys parsed and dropped when a notification
says that they changed; a removed client is found no more.
"""

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import Connection, select

from core.server.client_keys import ClientKeys, StoredKey
from core.server.hub import CLIENT_CHANGED, Hub
from core.server.store.access import Store
from core.server.store.tables import clients, terminals
from core.wire.canonical import unb64u

TERMINAL = "terminal"
"""The kind of a client that is a terminal."""
CIBA = "urn:openid:params:grant-type:ciba"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
CLIENT_CREDENTIALS = "client_credentials"
CODE = "authorization_code"
REFRESH = "refresh_token"
FAPI_CIBA = "fapi-ciba"
"""The one value of `nod_profile`."""
_KEPT = 50_000
_FRESH_S = 5.0  # an operator's own process cannot notify this one where the store is a file


_ASKS = {"urn:nod:purchase:1": "purchase", "urn:nod:procedure:1": "procedure"}


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A client as the server knows it."""

    client_id: str
    name: str
    """In its own words; shown only at pairing."""
    kind: str
    """`ai_device`, `ai_agent`, `person`, `service`, or `terminal`."""
    auth_method: str
    """`private_key_jwt`, `client_secret_basic`, `client_secret_post`."""
    sector: str
    """Whose pairwise subjects it gets."""
    secret_sha256: bytes = b""
    """SHA-256 of its secret; empty where it has none."""
    keys: ClientKeys | None = None
    auth_algs: tuple[str, ...] = ("ES256", "PS256", "EdDSA")
    """Algorithms that its assertions may use."""
    grants: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()
    """`match_code`, `decision_expires_in`."""
    details_types: frozenset[str] = frozenset()
    """Types of `authorization_details` that it may send (RFC 9396 10)."""
    delivery_mode: str = "poll"
    """`poll`, `ping`, `push` (CIBA Core 1.0 section 4)."""
    notification_endpoint: str | None = None
    request_alg: str | None = None
    """When set, its requests are signed, with this algorithm."""
    has_user_code: bool = False
    """`backchannel_user_code_parameter`."""
    jwks_uri: str | None = None
    """Where its keys are, unless they are in `keys`."""
    redirect_uris: frozenset[str] = frozenset()
    """Where a browser may be sent back to, to the letter (RFC 6749 section 3.1.2)."""
    is_dpop_bound: bool = False
    """Whether it gets only tokens that are bound to a key of its own (RFC 9449 section 5.2)."""
    is_fapi: bool = False
    """Whether it registered for FAPI-CIBA: `registration_policy` says what that demands."""
    user_id: str | None = None
    """The user of a terminal."""


class StoredMetadata(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a registration keeps of a client, as JSON in its row (RFC 7591 2, CIBA Core 1.0 4)."""

    token_endpoint_auth_method: str = "client_secret_basic"  # noqa: S105
    token_endpoint_auth_signing_alg: str | None = None
    grant_types: tuple[str, ...] = ()
    scope: str = "openid"
    jwks: dict[str, list[dict[str, Any]]] | None = None
    authorization_details_types: tuple[str, ...] = ()
    backchannel_token_delivery_mode: str | None = None
    backchannel_client_notification_endpoint: str | None = None
    backchannel_authentication_request_signing_alg: str | None = None
    backchannel_user_code_parameter: bool = False
    nod_extensions: tuple[str, ...] = ()
    jwks_uri: str | None = None
    sector_identifier_uri: str | None = None
    redirect_uris: tuple[str, ...] = ()
    dpop_bound_access_tokens: bool = False
    nod_profile: str | None = None


class Clients:
    """The cache in front of the rows."""

    def __init__(self, store: Store, now: Callable[[], float]) -> None:
        self._store, self._now = store, now
        self._kept: dict[str, tuple[Client, float]] = {}
        self._generation = 0

    def listen(self, hub: Hub) -> None:
        """Drops what a notification says has changed."""
        hub.on_topic(CLIENT_CHANGED, self.forget)

    def forget(self, client_id: str) -> None:
        """Drops one client, or all of them for ""."""
        self._generation += 1
        if client_id:
            self._kept.pop(client_id, None)
        else:
            self._kept.clear()

    async def find(self, client_id: str) -> Client | None:
        """The client called so, or None if there is none or it was removed.

        Raises:
            StoreUnavailable: The store does not answer.
        """
        kept = self._kept.get(client_id)
        now = self._now()
        if kept is not None and abs(now - kept[1]) < _FRESH_S:
            return kept[0]
        self._kept.pop(client_id, None)
        generation = self._generation
        client = await self._store.read(finder(client_id))
        if client is not None and generation == self._generation:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[client_id] = (client, now)
        return client


def may_ask(details_types: Collection[str], grants: Collection[str]) -> tuple[str, ...]:
    """What a client could ask a person for: `purchase`, `procedure`, `sign_in`."""
    kinds = tuple(word for name, word in _ASKS.items() if name in details_types)
    return (*kinds, "sign_in") if CIBA in grants else kinds


def finder(client_id: str) -> Callable[[Connection], Client | None]:
    """A read of one client by id."""

    def find(connection: Connection) -> Client | None:
        row = connection.execute(
            select(clients).where(clients.c.client_id == client_id, clients.c.removed_at.is_(None))
        ).first()
        if row is not None:
            return of_row(row.client_id, row.name, row.kind, row.secret_sha256, row.metadata)
        terminal = connection.execute(
            select(terminals).where(terminals.c.terminal_id == client_id, terminals.c.removed_at.is_(None))
        ).first()
        return None if terminal is None else of_terminal(terminal.terminal_id, terminal.user_id, terminal.jwk)

    return find


def of_terminal(terminal_id: str, user_id: str, jwk: str) -> Client:
    """A terminal as an OAuth client: `private_key_jwt` with its login key, scope `terminal`."""
    return Client(
        client_id=terminal_id,
        name="",
        kind=TERMINAL,
        auth_method="private_key_jwt",
        sector=terminal_id,
        keys=StoredKey(jwk),
        auth_algs=("ES256",),
        grants=frozenset({CLIENT_CREDENTIALS}),
        scopes=frozenset({"terminal"}),
        user_id=user_id,
    )


def of_row(client_id: str, name: str, kind: str, secret_sha256: str | None, metadata: str) -> Client:
    """A registered client from its row."""
    stored = msgspec.json.decode(metadata, type=StoredMetadata)
    algorithm = stored.token_endpoint_auth_signing_alg
    return Client(
        client_id=client_id,
        name=name,
        kind=kind,
        auth_method=stored.token_endpoint_auth_method,
        sector=_sector(client_id, stored),
        secret_sha256=unb64u(secret_sha256) if secret_sha256 else b"",
        keys=ClientKeys(stored.jwks["keys"]) if stored.jwks else None,
        auth_algs=(algorithm,) if algorithm else ("ES256", "PS256", "EdDSA"),
        grants=frozenset(stored.grant_types),
        scopes=frozenset(stored.scope.split()),
        extensions=frozenset(stored.nod_extensions),
        details_types=frozenset(stored.authorization_details_types),
        delivery_mode=stored.backchannel_token_delivery_mode or "poll",
        notification_endpoint=stored.backchannel_client_notification_endpoint,
        request_alg=stored.backchannel_authentication_request_signing_alg,
        has_user_code=stored.backchannel_user_code_parameter,
        jwks_uri=stored.jwks_uri,
        redirect_uris=frozenset(stored.redirect_uris),
        is_dpop_bound=stored.dpop_bound_access_tokens,
        is_fapi=stored.nod_profile == FAPI_CIBA,
    )


def _sector(client_id: str, stored: StoredMetadata) -> str:
    """Whose pairwise subjects a client gets (CIBA Core 1.0 section 4): a host's, or by default its own alone.

    A host counts only where nobody else can use the registration: keys behind its `jwks_uri` authenticate the
    client, its notification endpoint gets the tokens, or its own list names both.
    """
    host = stored.sector_identifier_uri
    if host is None and stored.token_endpoint_auth_method == "private_key_jwt":  # noqa: S105
        host = stored.jwks_uri
    if host is None and stored.backchannel_token_delivery_mode == "push":  # noqa: S105
        host = stored.backchannel_client_notification_endpoint
    # The host component alone, without a port (OpenID Connect Core 8.1).
    return f"host:{urlsplit(host).hostname}" if host else client_id
