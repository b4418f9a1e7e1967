"""Payments under way: one row per approved purchase, from the approval's own transaction until its receipt.

A row is worked by whoever leased it. A lease ends by itself, so a process that dies holds nothing for long,
and several processes on one PostgreSQL pass over each other's rows (`SKIP LOCKED`).
"""

from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, select, update

from core.database.prepared import Prepared
from core.database.writer import Unit
from core.server.store import leases
from core.server.store.request_tables import IS_OPEN, outbox, requests

OUTBOX = "outbox"
"""A payment is due; the key is always ANY: whichever worker is awake looks at all of them."""
ANY = "any"
LEASE_S = 20.0
"""Seconds that a worker keeps a row for itself: longer than all its calls may take."""
LONGEST_WAIT_S = 15.0
"""Seconds between two attempts at most."""


class Due(NamedTuple):
    """A payment to work on."""

    txn: str
    token: str
    token_exp: int
    approved_at: float
    attempts: int


_IS_DUE = and_(
    IS_OPEN,
    leases.is_over(outbox.c.next_at, LONGEST_WAIT_S),
    leases.is_over(outbox.c.leased_until, LEASE_S),
)
_ANY_DUE = Prepared(select(outbox.c.txn).where(_IS_DUE).limit(1))
_ANY_OPEN = Prepared(select(outbox.c.txn).where(IS_OPEN).limit(1))
_STUCK = Prepared(
    select(outbox.c.txn)
    .join(requests, requests.c.request_id == outbox.c.txn)
    .where(
        IS_OPEN,
        outbox.c.approved_at <= bindparam("before"),
        requests.c.state == "approved",
    )
    .limit(200)
)
_CLAIM = (
    update(outbox)
    .where(
        outbox.c.txn.in_(
            select(outbox.c.txn)
            .where(_IS_DUE)
            .order_by(outbox.c.next_at)
            .limit(bindparam("count"))
            .with_for_update(skip_locked=True)
        )
    )
    .values(leased_by=bindparam("owner"), leased_until=bindparam("until"))
    .returning(*[outbox.c[name] for name in Due._fields])
)


def add(unit: Unit, txn: str, token: str, token_exp: int) -> None:
    """Adds the payment of a request that is approved in this transaction."""
    row = {
        "txn": txn,
        "state": "open",
        "token": token,
        "token_exp": token_exp,
        "approved_at": unit.now,
        "attempts": 0,
        "next_at": unit.now,
        "leased_by": "",
        "leased_until": 0.0,
    }
    unit.append(outbox, row)
    unit.notify(OUTBOX, ANY)


def is_any_due(connection: Connection, now: float) -> bool:
    """Whether a payment waits to be worked on."""
    return _ANY_DUE.one(connection, now=now) is not None


def is_any_open(connection: Connection) -> bool:
    """Whether a payment is under way, due or not."""
    return _ANY_OPEN.one(connection) is not None


def stuck(connection: Connection, before: float) -> list[str]:
    """Payments that were approved before an instant and whose requests still say `approved`."""
    return [row[0] for row in _STUCK.all(connection, before=before)]


def claim(unit: Unit, owner: str, count: int) -> list[Due]:
    """Leases up to `count` due payments to a worker."""
    parameters = {"now": unit.now, "owner": owner, "until": unit.now + LEASE_S, "count": count}
    return [Due._make(row) for row in unit.connection.execute(_CLAIM, parameters)]


def keep_token(unit: Unit, txn: str, token: str, token_exp: int) -> None:
    """Replaces a payment's dead token."""
    statement = update(outbox).where(outbox.c.txn == txn).values(token=token, token_exp=token_exp)
    unit.connection.execute(statement)


def postpone(unit: Unit, txn: str, next_at: float) -> None:
    """Gives a payment back, to be tried again at an instant."""
    statement = (
        update(outbox)
        .where(outbox.c.txn == txn, IS_OPEN)
        .values(attempts=outbox.c.attempts + 1, next_at=next_at, leased_by="", leased_until=0.0)
    )
    unit.connection.execute(statement)


def finish(unit: Unit, txn: str) -> None:
    """Closes a payment whose receipt is there; its token is forgotten."""
    statement = update(outbox).where(outbox.c.txn == txn).values(state="done", token="", leased_until=0.0)
    unit.connection.execute(statement)


def release_all(unit: Unit) -> None:
    """Ends every lease: only for a store that no other process works on."""
    unit.connection.execute(update(outbox).where(IS_OPEN).values(leased_until=0.0))
