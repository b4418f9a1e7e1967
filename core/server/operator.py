"""What the operator of a user-management server does at its own machine, beside the running server.

It works on the database, so it takes the right to read the data folder and nothing else; each call is one
short transaction that the running server's writer waits for.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.server.access_tokens import hashed
from core.server.store import clients, contacts, profiles
from core.server.store.access import Store
from core.server.terminals import instant, new_code, plain
from core.server.wiring import open_store

CODE_S = 3600
"""Seconds that a code made by the operator is good."""
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
    """A one-time code that makes a further or replacing terminal for a user, in place of earlier ones.

    Args:
        store: the server's rows.
        user_id: the user's ID, as it was registered.

    Returns:
        The code as a person types it; None when there is no such user.
    """
    code = new_code()
    known = store.writer.submit_blocking(
        lambda unit: profiles.add_code(unit, user_id, hashed(plain(code)), CODE_S)
    )
    return code if known else None


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
