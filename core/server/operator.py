"""What the operator of a user-management server does at its own machine, beside the running server.

It works on the database, so it takes the right to read the data folder and nothing else; each call is one
short transaction that the running server's writer waits for.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from core.server import codes, keys, registration
from core.server.access_tokens import hashed
from core.server.client_metadata import checked, read_metadata
from core.server.store import clients, contacts
from core.server.store import codes as kept_codes
from core.server.store.access import Store
from core.server.terminals import instant
from core.server.wiring import open_store

CODE_S = 3600
"""Seconds that a code made by the operator is good."""
TOKEN_S = 3600
"""Seconds that a single-use initial access token is good."""
DRAIN_S = 5.0


@contextmanager
def opened(database_url: str, *, now: Callable[[], float]) -> Iterator[Store]:
    """The rows of a server, running or not, for as long as the block lasts.

    Args:
        database_url: the server's store.
        now: epoch seconds UTC.

    Raises:
        DatabaseError: the store cannot be opened, or was written by a newer Nod.
    """
    store = open_store(database_url, now=now)
    try:
        yield store
    finally:
        store.writer.stop(DRAIN_S)
        store.reader.close()
        store.engine.dispose()


def enrolment_code(store: Store, user_id: str) -> str | None:
    """A one-time code for a further or replacing terminal, or a forgotten PIN; in place of earlier ones.

    Args:
        store: the server's rows.
        user_id: the user's ID, as it was registered.

    Returns:
        The code as a person types it; None when there is no such user.
    """
    code = codes.new_code()
    known = store.writer.submit_blocking(
        lambda unit: kept_codes.add(unit, user_id, codes.typed(code), CODE_S, opens_pin=True)
    )
    return code if known else None


def invite(store: Store) -> str:
    """A single-use initial access token for one registration elsewhere (RFC 7591 section 3)."""
    token = secrets.token_urlsafe(32)
    store.writer.submit_blocking(lambda unit: clients.add_initial_token(unit, hashed(token), TOKEN_S))
    return token


def add_client(store: Store, metadata: dict[str, Any], now: float) -> dict[str, Any]:
    """Registers a client and returns the client information response of RFC 7591 section 3.2.1.

    Args:
        store: the server's rows.
        metadata: as in the body of `POST /register`.
        now: epoch seconds.

    Raises:
        Refused: `invalid_client_metadata`; the description says what is wrong.
    """
    given = read_metadata(metadata)
    name, stored = checked(given, may_observe=True, allows_http=False)
    client_id, secret = registration.new_client_id(), registration.new_secret(stored)
    secret_sha256 = hashed(secret) if secret else None
    store.writer.submit_blocking(
        lambda unit: clients.add(unit, client_id, name, given.nod_kind, secret_sha256, stored)
    )
    return registration.described(client_id, secret, now, name, given, stored)


def remove_client(store: Store, client_id: str) -> bool:
    """Removes a client, its pairings and its tokens; False: there is none such.

    A running server on the same file notices within five seconds.
    """
    return store.writer.submit_blocking(lambda unit: clients.remove(unit, client_id))


def rotate_keys(store: Store) -> str:
    """Makes a new signing key and returns its `kid`; the old one stays published for a day.

    A running server signs with it within five seconds.
    """
    return store.writer.submit_blocking(keys.rotate)


def registered_clients(store: Store) -> list[dict[str, str]]:
    """Every registered client, oldest first: its id, its own name, its kind, and since when."""
    return [
        {
            "client_id": row.client_id,
            "name": row.name,
            "kind": row.kind,
            "registered_at": instant(row.registered_at),
        }
        for row in store.reader.read(clients.every)
    ]


def pairings(store: Store) -> list[dict[str, str]]:
    """Every pairing: which client calls which user by which nickname, and whether it is blocked."""
    return [
        {
            "client_id": row.client_id,
            "nickname": row.nickname,
            "user_id": row.user_id,
            "device_name": row.device_name,
            "state": "blocked" if row.blocked else "paired",
            "paired_at": instant(row.paired_at),
        }
        for row in store.reader.read(contacts.every)
    ]
