"""Opaque access tokens: 256 random bits, kept as a hash, alive for 600 s and no longer than their client.

Every use asks for the client's record too, so a removed terminal's token dies with it at once.
"""

import hashlib
import secrets
from collections.abc import Callable

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from core.database.writer import Unit
from core.server.clients import Client, Clients
from core.server.hub import TOKEN_REVOKED, Hub
from core.server.store.access import Store
from core.server.store.tables import access_tokens
from core.wire.canonical import b64u

_KEPT = 50_000


class Bearer(msgspec.Struct, frozen=True):
    """Who comes with a valid access token."""

    client_id: str
    user_id: str | None
    """The user of a terminal; None for a device."""
    scopes: frozenset[str]
    issued_at: float
    """Epoch seconds."""
    expires_at: float
    """Epoch seconds."""
    jkt: str | None = None
    """Thumbprint of the key that the token is bound to (RFC 9449)."""
    grant_id: str | None = None
    """The request whose approval it comes from, if it comes from one."""


class AccessTokens:
    """Issues, checks and forgets tokens."""

    def __init__(self, store: Store, clients: Clients, now: Callable[[], float], life_s: int) -> None:
        self._store, self._clients, self._now = store, clients, now
        self.life_s = life_s
        """Seconds that a token lives."""
        self._kept: dict[str, Bearer] = {}
        self._generation = 0

    def issue(
        self,
        unit: Unit,
        client: Client,
        scopes: frozenset[str],
        user_id: str | None = None,
        *,
        jkt: str | None = None,
        grant_id: str | None = None,
    ) -> str:
        """Makes a token inside a guard and returns it; only its hash is kept.

        Args:
            unit: The writer's transaction.
            client: Whose it is.
            scopes: What it opens.
            user_id: The person behind it.
            jkt: The key that it is bound to.
            grant_id: The request whose approval it comes from; it can be revoked with the others of that.
        """
        if grant_id is not None:
            unit.catch_up(grant_id)
            unit.catch_up(f"{client.client_id} {user_id}")
        token = secrets.token_urlsafe(32)
        row = {
            "token_sha256": hashed(token),
            "client_id": client.client_id,
            "user_id": user_id,
            "scope": " ".join(sorted(scopes)),
            "issued_at": unit.now,
            "expires_at": unit.now + self.life_s,
            "jkt": jkt,
            "grant_id": grant_id,
        }
        unit.append(access_tokens, row)
        return token

    async def find(self, token: str) -> Bearer | None:
        """Who a token belongs to, or None when it is unknown, over, revoked, or its client is gone."""
        key = hashed(token)
        bearer = self._kept.get(key)
        if bearer is None:
            generation = self._generation
            bearer = await self._store.read(_finder(key))
            if bearer is None:
                return None
            if generation == self._generation:  # else it may have been revoked while it was read
                self._keep(key, bearer)
        if bearer.expires_at <= self._now() or await self._clients.find(bearer.client_id) is None:
            self._kept.pop(key, None)
            return None
        return bearer

    def _keep(self, key: str, bearer: Bearer) -> None:
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[key] = bearer

    def listen(self, hub: Hub) -> None:
        """Drops from memory what a notification says was revoked, in whichever process."""
        hub.on_topic(TOKEN_REVOKED, self._forget)

    def revoke(self, unit: Unit, token: str, client_id: str) -> bool:
        """Revokes a client's own token inside a guard; False: it has none such (no error in RFC 7009)."""
        key = hashed(token)
        place = (access_tokens.c.token_sha256 == key) & (access_tokens.c.client_id == client_id)
        unit.notify(TOKEN_REVOKED, key)
        return unit.connection.execute(access_tokens.delete().where(place)).rowcount == 1

    def revoke_grant(self, unit: Unit, grant_id: str) -> None:
        """Revokes every access token of one grant inside a guard, also those of the same commit."""
        unit.catch_up(grant_id)
        _revoke(unit, access_tokens.c.grant_id == grant_id)

    def revoke_pair(self, unit: Unit, client_id: str, user_id: str) -> None:
        """Revokes every access token of what a person approved for a client, as `revoke_grant`."""
        unit.catch_up(f"{client_id} {user_id}")
        place = (access_tokens.c.client_id == client_id) & (access_tokens.c.user_id == user_id)
        _revoke(unit, place & access_tokens.c.grant_id.is_not(None))

    def _forget(self, key: str) -> None:
        self._generation += 1
        if key:
            self._kept.pop(key, None)
        else:
            self._kept.clear()


def hashed(secret: str) -> str:
    """How a secret of ours is kept: 256 random bits need no slow hash."""
    return b64u(hashlib.sha256(secret.encode()).digest())


def _revoke(unit: Unit, place: ColumnElement[bool]) -> None:
    dead = unit.connection.execute(
        access_tokens.delete().where(place).returning(access_tokens.c.token_sha256)
    )
    for row in dead.all():
        unit.notify(TOKEN_REVOKED, row[0])


def _finder(key: str) -> Callable[[Connection], Bearer | None]:
    def find(connection: Connection) -> Bearer | None:
        row = connection.execute(select(access_tokens).where(access_tokens.c.token_sha256 == key)).first()
        if row is None:
            return None
        scopes = frozenset(row.scope.split())
        return Bearer(
            row.client_id, row.user_id, scopes, row.issued_at, row.expires_at, row.jkt, row.grant_id
        )

    return find
