"""The audit log: what happened, in commit order, chained by hashes so that a later change shows.

Every commit batch that records events closes with one link: the numbers of its first and last event, the
digest of the link before, and its own digest over both. The writer takes numbers under a lock (SQLite's
write lock, an advisory lock on PostgreSQL), so numbers have no gaps and become visible in order, whichever
process writes: a reader that continues from the last number it saw misses nothing. Cutting off the newest
end is the one change that the chain alone cannot show; keep a copy of the newest digest elsewhere against
that.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Double,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    select,
    text,
)

from core.database.prepared import Prepared

GENESIS = "0" * 64
_LOCK = 0x4E6F6401  # "Nod" and 1: this program's advisory lock for audit numbers
_encode = msgspec.json.Encoder().encode
_BIG = BigInteger().with_variant(Integer, "sqlite")


class AuditTables(NamedTuple):
    """The two tables of the log."""

    events: Table
    links: Table


class Event(NamedTuple):
    """One recorded event, as read back."""

    sequence: int
    at: float
    kind: str
    subject: str
    data: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold."""

    sequence: int
    """Number of the first event concerned."""
    reason: str
    """A sentence for the operator."""


def tables(metadata: MetaData) -> AuditTables:
    """Adds the log's tables to a server's own metadata, for its first migration."""
    events = Table(
        "audit_events",
        metadata,
        Column("sequence", _BIG, primary_key=True, autoincrement=False),
        Column("at", Double, nullable=False),
        Column("kind", String, nullable=False),
        Column("subject", String, nullable=False),
        Column("data", Text, nullable=False),
        Column("writer", String, nullable=False),
        Column("batch", _BIG, nullable=False),
    )
    links = Table(
        "audit_links",
        metadata,
        Column("last", _BIG, primary_key=True, autoincrement=False),
        Column("first", _BIG, nullable=False),
        Column("writer", String, nullable=False),
        Column("batch", _BIG, nullable=False),
        Column("previous", String(64), nullable=False),
        Column("digest", String(64), nullable=False),
    )
    return AuditTables(events, links)


_EVENTS, _LINKS = tables(MetaData())
_NEWEST_LINK = Prepared(select(_LINKS.c.last, _LINKS.c.digest).order_by(_LINKS.c.last.desc()).limit(1))
_EVENT_COLUMNS = tuple(_EVENTS.columns.keys())
_INSERT_EVENT, _INSERT_LINK = Prepared(_EVENTS.insert()), Prepared(_LINKS.insert())


class Recorded(NamedTuple):
    """One event that a function has recorded and the batch has yet to write."""

    at: float
    kind: str
    subject: str
    data: str


def append(connection: Connection, recorded: Sequence[Recorded], writer: str, batch: int) -> None:
    """Writes a batch's events and their link; last before COMMIT, since it holds the number lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last, previous = _NEWEST_LINK.one(connection) or (0, GENESIS)
    events = [Event(last + offset, *event) for offset, event in enumerate(recorded, 1)]
    _INSERT_EVENT.many(connection, _EVENT_COLUMNS, [(*event, writer, batch) for event in events])
    link = {"first": last + 1, "last": events[-1].sequence, "previous": previous}
    sealed = {"writer": writer, "batch": batch, "digest": digest(previous, writer, batch, events)}
    _INSERT_LINK.count(connection, **link, **sealed)


def digest(previous: str, writer: str, batch: int, events: Sequence[Event]) -> str:
    """Returns the link's digest: SHA-256, in hex, over one JSON line for the head and one for each event."""
    lines = [_encode((previous, writer, batch)), *map(_encode, events)]
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def events_after(connection: Connection, sequence: int, limit: int) -> list[Event]:
    """Returns up to `limit` events with numbers above `sequence`, oldest first."""
    columns = [_EVENTS.c[name] for name in Event._fields]
    statement = (
        select(*columns).where(_EVENTS.c.sequence > sequence).order_by(_EVENTS.c.sequence).limit(limit)
    )
    return [Event(*row) for row in connection.execute(statement)]


def verify(connection: Connection) -> Break | None:
    """Walks the whole chain; returns its first broken place, or None when it holds."""
    expected, previous = 1, GENESIS
    for link in list(connection.execute(select(_LINKS).order_by(_LINKS.c.last))):
        if link.first != expected:
            return Break(expected, f"The link that starts with event {expected} is missing.")
        if link.previous != previous:
            return Break(
                expected, f"The link of events {link.first} to {link.last} does not follow the one before."
            )
        if broken := _check_events(connection, link):
            return broken
        expected, previous = link.last + 1, link.digest
    return _check_nothing_follows(connection, expected)


def _check_events(connection: Connection, link: Row[tuple[object, ...]]) -> Break | None:
    statement = (
        select(_EVENTS).where(_EVENTS.c.sequence.between(link.first, link.last)).order_by(_EVENTS.c.sequence)
    )
    rows = connection.execute(statement).all()
    for number, row in zip(_numbers(link.first, link.last), [*rows, None], strict=False):
        if row is None or row.sequence != number:
            return Break(number, f"Event {number} is missing.")
        if (row.writer, row.batch) != (link.writer, link.batch):
            return Break(number, f"Event {number} belongs to another batch.")
    events = [Event(row.sequence, row.at, row.kind, row.subject, row.data) for row in rows]
    if digest(link.previous, link.writer, link.batch, events) != link.digest:
        return Break(link.first, f"Events {link.first} to {link.last}, or their link, have been changed.")
    return None


def _numbers(first: int, last: int) -> Iterator[int]:
    yield from range(first, last + 1)


def _check_nothing_follows(connection: Connection, expected: int) -> Break | None:
    statement = select(_EVENTS.c.sequence).where((_EVENTS.c.sequence >= expected) | (_EVENTS.c.sequence < 1))
    stray = connection.execute(statement.order_by(_EVENTS.c.sequence).limit(1)).scalar()
    return None if stray is None else Break(stray, f"Event {stray} stands outside the chain.")
