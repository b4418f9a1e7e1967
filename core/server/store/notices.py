"""Pings and pushes under way: one row per request whose client is to be told, from the end of it until the
client confirms.

The row is added by the statement that ends the request, in its transaction. It is leased like a payment, so
a process that dies holds nothing for long, and several processes share the work. A push keeps its body, which
has tokens in it, so that every attempt sends the very same; the row goes when it is confirmed or given up.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, select, update

from core.database import upsert
from core.database.prepared import Prepared
from core.database.writer import Unit
from core.server.store import leases
from core.server.store.request_tables import notices

NOTICES = "notices"
"""A notice is due; the key is always ANY."""
ANY = "any"
LEASE_S = 20.0
"""Seconds that a worker keeps a row for itself: longer than its call may take."""
LONGEST_WAIT_S = 60.0
"""Seconds between two attempts at most."""


class Notice(NamedTuple):
    """Something to tell a client."""

    request_id: str
    client_id: str
    token: str
    """The bearer token that the client chose."""
    body: str | None
    """What is sent, once it was made."""
    made_at: float
    attempts: int


_IS_DUE = and_(
    leases.is_over(notices.c.next_at, LONGEST_WAIT_S), leases.is_over(notices.c.leased_until, LEASE_S)
)
_ANY_DUE = Prepared(select(notices.c.request_id).where(_IS_DUE).limit(1))
_ANY_OPEN = Prepared(select(notices.c.request_id).limit(1))
_CLAIM = (
    update(notices)
    .where(
        notices.c.request_id.in_(
            select(notices.c.request_id)
            .where(_IS_DUE, notices.c.client_id.not_in(bindparam("busy", expanding=True)))
            .order_by(notices.c.next_at)
            .limit(bindparam("count"))
            .with_for_update(skip_locked=True)
        )
    )
    .values(leased_by=bindparam("owner"), leased_until=bindparam("until"))
    .returning(*[notices.c[name] for name in Notice._fields])
)


def add(unit: Unit, request_id: str, client_id: str, token: str) -> None:
    """Adds the notice of a request that ends in this transaction; a request has one, whatever follows."""
    row = {
        "request_id": request_id,
        "client_id": client_id,
        "token": token,
        "made_at": unit.now,
        "attempts": 0,
        "next_at": unit.now,
        "leased_by": "",
        "leased_until": 0.0,
    }
    upsert.add_if_new(unit.connection, notices, row)
    unit.notify(NOTICES, ANY)


def is_any_due(connection: Connection, now: float) -> bool:
    """Whether a notice waits to be sent."""
    return _ANY_DUE.one(connection, now=now) is not None


def is_any_open(connection: Connection) -> bool:
    """Whether a notice is under way, due or not."""
    return _ANY_OPEN.one(connection) is not None


def claim(unit: Unit, owner: str, count: int, busy: Collection[str]) -> list[Notice]:
    """Leases up to `count` due notices to a worker, none of them for a client in `busy`."""
    parameters = {
        "now": unit.now,
        "owner": owner,
        "until": unit.now + LEASE_S,
        "count": count,
        "busy": list(busy),
    }
    return [Notice._make(row) for row in unit.connection.execute(_CLAIM, parameters)]


def keep_body(unit: Unit, request_id: str, body: str) -> None:
    """Keeps what is to be sent, now and at every further attempt."""
    unit.connection.execute(update(notices).where(notices.c.request_id == request_id).values(body=body))


def postpone(unit: Unit, request_id: str, next_at: float) -> None:
    """Gives a notice back, to be tried again at an instant."""
    statement = (
        update(notices)
        .where(notices.c.request_id == request_id)
        .values(attempts=notices.c.attempts + 1, next_at=next_at, leased_by="", leased_until=0.0)
    )
    unit.connection.execute(statement)


def give_back(unit: Unit, request_id: str) -> None:
    """Gives a notice back that was not tried."""
    unit.connection.execute(
        update(notices).where(notices.c.request_id == request_id).values(leased_by="", leased_until=0.0)
    )


def finish(unit: Unit, request_id: str) -> None:
    """Forgets a notice that was confirmed or given up, with everything secret in it."""
    unit.connection.execute(delete(notices).where(notices.c.request_id == request_id))


def release_all(unit: Unit) -> None:
    """Ends every lease: only for a store that no other process works on."""
    unit.connection.execute(update(notices).values(leased_until=0.0))
