"""Statements on registered clients and on the single-use tokens that let one register."""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, select, update

from core.database.writer import Unit
from core.domain.request import State
from core.server.clients import StoredMetadata
from core.server.hub import CLIENT_CHANGED
from core.server.store import contacts as contacts_of
from core.server.store import requests
from core.server.store.oauth_tables import refresh_tokens
from core.server.store.tables import access_tokens, clients, contacts, device_grants, initial_tokens


def add(
    unit: Unit, client_id: str, name: str, kind: str, secret_sha256: str | None, stored: StoredMetadata
) -> None:
    """Keeps a new client."""
    row = {
        "client_id": client_id,
        "name": name,
        "kind": kind,
        "secret_sha256": secret_sha256,
        "metadata": msgspec.json.encode(stored).decode(),
        "registered_at": unit.now,
    }
    unit.connection.execute(clients.insert(), row)
    unit.record("registration", "", {"client_id": client_id, "kind": kind})


def remove(unit: Unit, client_id: str) -> bool:
    """Removes a client with its pairings, codes, tokens and open requests; False: there is none such."""
    found = (clients.c.client_id == client_id) & clients.c.removed_at.is_(None)
    if unit.connection.execute(update(clients).where(found).values(removed_at=unit.now)).rowcount == 0:
        return False
    contacts_of.hold_people(unit, client_id)
    for table in (contacts, device_grants, access_tokens, refresh_tokens):
        unit.connection.execute(table.delete().where(table.c.client_id == client_id))
    for request_id in requests.pending_of_client(unit.connection, client_id):
        requests.move(unit, request_id, State.WITHDRAWN, ended_at=unit.now)
        unit.record("withdrawal", request_id, {"client_id": client_id})
    unit.notify(CLIENT_CHANGED, client_id)
    return True


def every(connection: Connection) -> list[Row[Any]]:
    """All clients that are registered, oldest first."""
    statement = select(clients).where(clients.c.removed_at.is_(None))
    return list(connection.execute(statement.order_by(clients.c.registered_at, clients.c.client_id)))


def add_initial_token(unit: Unit, token_sha256: str, life_s: float) -> None:
    """Keeps a single-use initial access token (RFC 7591 section 3)."""
    row = {"token_sha256": token_sha256, "expires_at": unit.now + life_s}
    unit.connection.execute(initial_tokens.insert(), row)


def is_token_fresh(connection: Connection, token_sha256: str, now: float) -> bool:
    """Whether a token can still be spent."""
    fresh = select(initial_tokens.c.token_sha256).where(_is_fresh(token_sha256, now))
    return connection.execute(fresh).first() is not None


def spend_initial_token(unit: Unit, token_sha256: str) -> bool:
    """Spends one; False: unknown, used or over."""
    statement = update(initial_tokens).where(_is_fresh(token_sha256, unit.now)).values(used_at=unit.now)
    return unit.connection.execute(statement).rowcount == 1


def _is_fresh(token_sha256: str, now: float) -> ColumnElement[bool]:
    return and_(
        initial_tokens.c.token_sha256 == token_sha256,
        initial_tokens.c.used_at.is_(None),
        initial_tokens.c.expires_at > now,
    )
