"""Statements that delete a person: every row that names them, in the order that foreign keys allow.

What devices may still ask about for some minutes keeps its row without anything of the person in it: the
request's id, the device, how it ended. `sweep` deletes these rows an hour later.
"""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, or_, select, update

from core.database import upsert
from core.database.writer import Unit
from core.server.hub import CLIENT_CHANGED, TERMINAL_REMOVED, TOKEN_REVOKED
from core.server.store.oauth_tables import browser_requests, refresh_tokens, subjects
from core.server.store.person_tables import gone_users, pictures
from core.server.store.request_tables import HAS_ENDED, IS_PENDING, notices, outbox, pairs, requests
from core.server.store.tables import (
    access_tokens,
    asking_rules,
    code_locks,
    contacts,
    device_grants,
    enrolment_codes,
    terminals,
    users,
)

NOBODY = "-"
"""In place of the user ID in what is left of a request; no user ID is so short."""
_EMPTY = {
    "user_id": NOBODY,
    "details": "{}",
    "scope": "",
    "challenge": "",
    "quote": None,
    "match_code": None,
    "acr_values": None,
    "notification_token": None,
    "approval": None,
    "terminal_id": None,
    "receipt": None,
}


def is_gone(connection: Connection, pseudonym: str) -> bool:
    """Whether a user of this pseudonym was deleted."""
    place = gone_users.c.pseudonym == pseudonym
    return connection.execute(select(gone_users.c.gone_at).where(place)).first() is not None


def remember(unit: Unit, pseudonym: str) -> None:
    """Keeps that this user ID is never given out again."""
    upsert.add_if_new(unit.connection, gone_users, {"pseudonym": pseudonym, "gone_at": unit.now})


def is_paying(connection: Connection, user_id: str) -> bool:
    """Whether an approved purchase of this user is not settled yet; by its state, which is set at once."""
    under_way = requests.c.has_purchase & requests.c.state.in_(("approved", "unknown"))
    return connection.execute(_ids(user_id).where(under_way).limit(1)).first() is not None


def pending(connection: Connection, user_id: str) -> list[str]:
    """Ids of everything that waits for this user's decision."""
    waiting = select(requests.c.request_id).where(requests.c.user_id == user_id, IS_PENDING)
    return list(connection.execute(waiting).scalars())


def drop_news(unit: Unit, user_id: str) -> None:
    """Ends what clients and browsers would still be handed of this user's earlier requests."""
    unit.connection.execute(delete(notices).where(notices.c.request_id.in_(_ids(user_id))))
    unit.connection.execute(delete(browser_requests).where(browser_requests.c.request_id.in_(_ids(user_id))))


def drop_requests(unit: Unit, user_id: str, ended_before: float) -> None:
    """Deletes what ended before an instant, and empties what ended later, which nobody can redeem then."""
    old = _ids(user_id).where(requests.c.ended_at <= ended_before)
    ids = list(unit.connection.execute(old).scalars())
    forget_requests(unit, ids)
    redeemed = {"redeemed_at": unit.now, "revision": 0, "paired_at": 0.0, "first_request": False}
    unit.connection.execute(update(requests).where(*_past_of(user_id)).values(**_EMPTY, **redeemed))


def forget_requests(unit: Unit, ids: list[str]) -> None:
    """Deletes requests with their closed payments and what was never told of them."""
    for at in range(0, len(ids), 500):
        some = ids[at : at + 500]
        unit.connection.execute(delete(outbox).where(outbox.c.txn.in_(some)))
        unit.connection.execute(delete(notices).where(notices.c.request_id.in_(some)))
        unit.connection.execute(delete(requests).where(requests.c.request_id.in_(some)))


def drop_tokens(unit: Unit, user_id: str) -> None:
    """Ends every token that is the user's or about them, and what their subjects mean."""
    dead = delete(access_tokens).where(access_tokens.c.user_id == user_id)
    for row in unit.connection.execute(dead.returning(access_tokens.c.token_sha256)).all():
        unit.notify(TOKEN_REVOKED, row[0])
    for table in (refresh_tokens, subjects, device_grants, enrolment_codes):
        unit.connection.execute(delete(table).where(table.c.user_id == user_id))
    unit.connection.execute(delete(code_locks).where(_is_lock_of(user_id)))


def drop_person(unit: Unit, user_id: str) -> tuple[str, ...]:
    """Deletes pairings, picture, rules, terminals and the profile itself; returns the terminals' ids."""
    for table in (contacts, pairs, pictures, asking_rules):
        unit.connection.execute(delete(table).where(table.c.user_id == user_id))
    gone = delete(terminals).where(terminals.c.user_id == user_id).returning(terminals.c.terminal_id)
    ids = tuple(row[0] for row in unit.connection.execute(gone).all())
    for terminal_id in ids:
        unit.notify(CLIENT_CHANGED, terminal_id)
        unit.notify(TERMINAL_REMOVED, terminal_id)
    unit.connection.execute(delete(users).where(users.c.user_id == user_id))
    return ids


def _ids(user_id: str) -> Select[Any]:
    """Of everything that has ended."""
    return select(requests.c.request_id).where(*_past_of(user_id))


def _past_of(user_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return requests.c.user_id == user_id, HAS_ENDED


def _is_lock_of(user_id: str) -> ColumnElement[bool]:
    """The keys that `pairing` and `user_codes` count wrong codes under."""
    of_clients = code_locks.c.key.startswith("user_code ") & code_locks.c.key.endswith(
        f" {user_id}", autoescape=True
    )
    return or_(code_locks.c.key == f"pair:{user_id}", of_clients)
