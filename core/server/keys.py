"""The server's own signing keys: ES256, kept in the database, published while something lives by them.

Rotation makes a new key and keeps publishing the old ones, so that every signature out there can still be
checked; a retired key leaves `/jwks` a day later. Processes on one database share the keys and hear of a
rotation.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from core.database.writer import Unit
from core.server.hub import KEYS_CHANGED
from core.server.store.tables import signing_keys
from core.wire.keys import PublicKeys, SigningKey

RETIRED_FOR_S = 86_400
"""Seconds that a retired key stays published."""


class ServerKeys:
    """The keys of this server, newest last.

    Args:
        now: Epoch seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._keys: list[tuple[SigningKey, float | None]] = []
        self._jwks = b""

    @property
    def current(self) -> SigningKey:
        """The key that signs."""
        return self._keys[-1][0]

    def load(self, connection: Connection) -> None:
        """Reads the keys again; there must be one (`ensure_key`)."""
        columns = signing_keys.c
        statement = select(columns.jwk, columns.retired_at).order_by(columns.created_at, columns.kid)
        rows = connection.execute(statement).all()
        keys = [(SigningKey.from_jwk(msgspec.json.decode(row.jwk)), row.retired_at) for row in rows]
        retired = [pair for pair in keys if pair[1] is not None]
        self._keys = retired + [pair for pair in keys if pair[1] is None]

    def published(self) -> list[dict[str, Any]]:
        """The public keys to show: the current one and those retired less than a day ago."""
        oldest = self._now() - RETIRED_FOR_S
        return [key.public_jwk() for key, retired in self._keys if retired is None or retired > oldest]

    def own(self) -> PublicKeys:
        """Every key that this server ever had, to check what it signed itself and is shown again."""
        return PublicKeys([key.public_jwk() for key, _retired in self._keys])


def ensure_key(unit: Unit) -> None:
    """Makes the first key if there is none that signs."""
    statement = select(signing_keys.c.kid).where(signing_keys.c.retired_at.is_(None)).limit(1)
    if unit.connection.execute(statement).first() is None:
        _insert(unit)


def rotate(unit: Unit) -> str:
    """Retires the key that signs and makes a new one, as a guard; returns the new `kid`."""
    statement = signing_keys.update().where(signing_keys.c.retired_at.is_(None)).values(retired_at=unit.now)
    unit.connection.execute(statement)
    unit.notify(KEYS_CHANGED, "")
    return _insert(unit)


def _insert(unit: Unit) -> str:
    key = SigningKey.generate()
    row = {
        "kid": key.kid,
        "jwk": msgspec.json.encode(key.private_jwk()).decode(),
        "created_at": unit.now,
    }
    unit.connection.execute(signing_keys.insert(), row)
    return key.kid
