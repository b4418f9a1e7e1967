"""What must hold of both servers' rows at any instant, whatever was killed, raced or refused on the way."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from core.database import audit
from core.database.engine import open_engine
from core.database.reader import Reader
from core.payment.store.tables import PAYMENTS
from core.payment.wiring import audit as audit_payment
from core.server.store.request_tables import outbox, requests
from core.server.store.tables import audit_tables

APPROVED = {"approved", "paid", "declined", "unknown"}
ENDS = {"decision", "withdrawal", "expiry"}
Rows = Mapping[Any, Any]
T = TypeVar("T")


def faults(server_url: str, payment_url: str, issuer: str) -> list[str]:
    """Everything that does not hold, one sentence each.

    Args:
        server_url: the user-management server's database.
        payment_url: the payment server's database.
        issuer: the payment server's issuer.
    """
    # The books are read second: a claim of a payment may not come before the payment.
    asked, found = _read(server_url, _look_at_requests)
    paid = _read(
        payment_url, lambda books: {row.txn: row._mapping for row in books.execute(select(PAYMENTS))}
    )
    return [*found, *_of_money(asked, paid), *audit_payment(payment_url, issuer).findings]


def _read(url: str, look: Callable[[Connection], T]) -> T:
    """What one moment of a database looks like."""
    engine = open_engine(url)
    reader = Reader(engine, threads=1)
    try:
        return reader.read(look)
    finally:
        reader.close()
        engine.dispose()


def _look_at_requests(rows: Connection) -> tuple[dict[str, Rows], list[str]]:
    asked: dict[str, Rows] = {row.request_id: row._mapping for row in rows.execute(select(requests))}
    found = list(_of_requests(rows, asked))
    if broken := audit.verify(rows):
        found.append(f"server audit: {broken.reason}")
    return asked, found


def _of_requests(rows: Connection, asked: Mapping[str, Rows]) -> Iterator[str]:
    sent = {row.txn: row for row in rows.execute(select(outbox))}
    for request_id, row in asked.items():
        is_bound = row["has_purchase"] and row["state"] in APPROVED
        if is_bound != (request_id in sent):
            yield f"{request_id} is {row['state']}, and its payment is {'missing' if is_bound else 'there'}"
        elif is_bound and not (sent[request_id].token or row["receipt"]):
            yield f"{request_id} is approved without a payment token or a receipt"
        if (row["state"] in APPROVED) > (row["approval"] is not None):
            yield f"{request_id} is {row['state']} without an approval"
    ends = select(audit_tables.events.c.subject).where(audit_tables.events.c.kind.in_(ENDS))
    for request_id, count in Counter(rows.execute(ends).scalars()).items():
        if count > 1:
            yield f"{request_id} ended {count} times"
    taken = Counter((row["user_id"], row["revision"]) for row in asked.values())
    for (user_id, revision), count in taken.items():
        if count > 1:
            yield f"revision {revision} of {user_id} was given {count} times"


def _of_money(asked: Mapping[str, Rows], paid: Mapping[str, Rows]) -> Iterator[str]:
    for txn, row in paid.items():
        if row["status"] == "paid" and asked[txn]["state"] not in APPROVED:
            yield f"{txn} was paid and is {asked[txn]['state']}"
    for request_id, row in asked.items():
        if row["state"] == "paid" and (request_id not in paid or paid[request_id]["status"] != "paid"):
            yield f"{request_id} is said to be paid and is not"
