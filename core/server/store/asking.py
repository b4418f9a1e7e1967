"""Statements of the moment in which a device asks: whom it means, and what that person has open already."""

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, and_, bindparam, exists, false, func, select, true

from core.database.prepared import Prepared
from core.domain.place import Place
from core.domain.times import WINDOW_DEFAULT_S
from core.server.store.request_tables import HAS_ENDED, IS_PENDING, pairs, requests
from core.server.store.requests import newest
from core.server.store.tables import asking_rules, contacts, users

MOST_OPEN = 100
"""Requests that may wait for one person where no limit is set: there are as many match codes."""


class Callee(NamedTuple):
    """The person behind a nickname, what the device is to them, and how the two got on."""

    user_id: str
    nickname: str
    device_name: str
    place_json: str | None
    paired_at: float
    window_s: int
    pin_above: int | None
    match_code: bool
    presence_shared: bool
    quiet_start: int | None
    quiet_end: int | None
    user_code_sha256: str | None
    ended: int | None
    refused_in_a_row: int | None
    refused_at: float | None
    newest_past: int
    """The newest revision of this person's requests that have ended; 0 for none."""
    is_asked: bool
    """Whether any request waits for this person."""

    def registered_place(self) -> Place | None:
        """The place that the approver set at pairing."""
        return msgspec.json.decode(self.place_json, type=Place) if self.place_json else None


class Open(NamedTuple):
    """A pending request of the person who is asked."""

    request_id: str
    client_id: str
    quote_id: str | None
    match_code: str | None
    slot: int
    revision: int
    decide_by: float
    window_s: int


_PAIRED = and_(pairs.c.client_id == contacts.c.client_id, pairs.c.user_id == contacts.c.user_id)
_RULED = asking_rules.c.user_id == contacts.c.user_id
_PERSON = contacts.join(users, users.c.user_id == contacts.c.user_id)
_IS_MEANT = (
    contacts.c.client_id == bindparam("client_id"),
    contacts.c.nickname_key == bindparam("key"),
    contacts.c.blocked.is_(false()),
)
_CALLEE = Prepared(
    select(
        contacts.c.user_id,
        contacts.c.nickname,
        contacts.c.device_name,
        contacts.c.place,
        contacts.c.paired_at,
        func.coalesce(asking_rules.c.window_s, WINDOW_DEFAULT_S),
        asking_rules.c.pin_above,
        func.coalesce(asking_rules.c.match_code, true()),
        func.coalesce(asking_rules.c.presence_shared, false()),
        asking_rules.c.quiet_start,
        asking_rules.c.quiet_end,
        asking_rules.c.user_code_sha256,
        pairs.c.ended,
        pairs.c.refused_in_a_row,
        pairs.c.refused_at,
        newest(contacts.c.user_id, HAS_ENDED),
        exists().where(requests.c.user_id == contacts.c.user_id, IS_PENDING),
    )
    .select_from(contacts.outerjoin(asking_rules, _RULED).outerjoin(pairs, _PAIRED))
    .where(*_IS_MEANT)
)
_LOCK = Prepared(select(users.c.user_id).select_from(_PERSON).where(*_IS_MEANT).with_for_update(of=users))
_OPEN = Prepared(
    select(*[requests.c[name] for name in Open._fields])
    .where(requests.c.user_id == bindparam("user_id"), IS_PENDING)
    .limit(MOST_OPEN)
)
_ZONE = Prepared(select(users.c.zone).where(users.c.user_id == bindparam("user_id")))
_QUOTED = Prepared(select(requests.c.request_id).where(requests.c.quote_id == bindparam("quote_id")))


def callee(connection: Connection, client_id: str, nickname_key: str) -> Callee | None:
    """Whom this device means, locked; a blocked contact is found as little as one who was never paired.

    The lock comes first, in a statement of its own, so that what another process has just committed is seen;
    SQLite has one writer and needs none.
    """
    if connection.dialect.name == "postgresql":
        _LOCK.one(connection, client_id=client_id, key=nickname_key)
    row = _CALLEE.one(connection, client_id=client_id, key=nickname_key)
    return None if row is None else Callee._make(row)


def zone_of(connection: Connection, user_id: str) -> str:
    """The IANA time zone of a person; empty for nobody."""
    row = _ZONE.one(connection, user_id=user_id)
    return row[0] if row else ""


def open_of(connection: Connection, user_id: str) -> list[Open]:
    """What waits for this person, at most `MOST_OPEN` rows."""
    return [Open._make(row) for row in _OPEN.all(connection, user_id=user_id)]


def is_quote_taken(connection: Connection, quote_id: str) -> bool:
    """Whether this quote was asked for before."""
    return _QUOTED.one(connection, quote_id=quote_id) is not None
