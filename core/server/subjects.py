"""Pairwise subjects (OpenID Connect Core 8.1): no two devices, and no payment server, can compare notes.

A subject is an HMAC of sector and user under a secret that never leaves the database, so it is the same for
ever and says nothing.
"""

import hashlib
import hmac
import secrets

from sqlalchemy import Connection, select

from core.database import upsert
from core.database.writer import Unit
from core.server.clients import Client
from core.server.store.tables import server_settings
from core.wire.canonical import b64u, unb64u

_NAME = "pairwise_secret"


class Subjects:
    """Computes subjects under this server's secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def for_client(self, client: Client, user_id: str) -> str:
        """The user's `sub` for a client: the same for all clients of its sector, by default it alone."""
        return self._of("client", client.sector, user_id)

    def for_payment_server(self, issuer: str, user_id: str) -> str:
        """The payer's `sub` for one payment server."""
        return self._of("payment", issuer, user_id)

    def of_gone(self, user_id: str) -> str:
        """What is remembered of a user who was deleted: it keeps the user ID from being given out again."""
        return self._of("gone", "", user_id)

    def _of(self, kind: str, sector: str, user_id: str) -> str:
        message = "\x00".join((kind, sector, user_id)).encode()
        return b64u(hmac.digest(self._secret, message, hashlib.sha256))


def ensure_secret(unit: Unit) -> None:
    """Makes the pairwise secret if there is none; another process that makes it is waited for."""
    row = {"name": _NAME, "value": b64u(secrets.token_bytes(32))}
    upsert.add_if_new(unit.connection, server_settings, row)


def load(connection: Connection) -> Subjects:
    """Reads the secret; it must be there (`ensure_secret`)."""
    statement = select(server_settings.c.value).where(server_settings.c.name == _NAME)
    return Subjects(unb64u(connection.execute(statement).scalar_one()))
