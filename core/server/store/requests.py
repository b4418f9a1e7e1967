"""Statements on requests: found by id, by user and revision, and moved from state to state.

Every change of a request takes the next revision of its user in the same transaction: milliseconds of the
clock, or one more than the newest where the clock is behind. The user's row is locked for that (SQLite has
one writer anyway), so a user's revisions become visible in order, whichever process writes.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, func, null, select

from core.database.prepared import Prepared
from core.database.writer import Unit
from core.domain.request import State, is_settled, sources_of
from core.server.store import notices
from core.server.store.request_tables import HAS_ENDED, IS_PENDING, requests
from core.server.store.tables import users
from core.wire.details import Details

ID_BEGINS, ID_LENGTH = "req_", 36
"""Of request ids; of the rest, 160 bits are random."""
INBOX = "inbox"
"""A request of a user changed; the key is the user ID."""
REQUEST = "request"
"""A request changed; the key is its id."""


class Stored(NamedTuple):
    """A request as it is kept; instants are epoch seconds."""

    request_id: str
    client_id: str
    user_id: str
    state: str
    revision: int
    requested_at: float
    decide_by: float
    window_s: int
    ended_at: float | None
    scope: str
    details: str
    has_purchase: bool
    challenge: str
    quote: str | None
    quote_id: str | None
    match_code: str | None
    presence: str
    paired_at: float
    first_request: bool
    acr_values: str | None
    notification_token: str | None
    approval: str | None
    approval_sha256: str | None
    terminal_id: str | None
    reason: str | None
    settled_at: float | None
    outcome_code: str | None
    receipt: str | None
    redeemed_at: float | None

    def shown(self) -> Details:
        """What the approver is shown."""
        return msgspec.json.decode(self.details, type=Details)


_COLUMNS = [requests.c[name] for name in Stored._fields]
_BY_ID = Prepared(select(*_COLUMNS).where(requests.c.request_id == bindparam("request_id")))
STANDING = Prepared(
    select(requests.c.client_id, requests.c.state, requests.c.decide_by).where(
        requests.c.request_id == bindparam("request_id")
    )
)
"""Whose request it is, its state, and when its window ends: all that a poll needs as long as it waits."""
_PENDING = Prepared(
    select(*_COLUMNS)
    .where(requests.c.user_id == bindparam("user_id"), IS_PENDING)
    .order_by(requests.c.revision)
    .limit(200)
)
_CHANGED = Prepared(
    select(*_COLUMNS)
    .where(requests.c.user_id == bindparam("user_id"), HAS_ENDED, requests.c.revision > bindparam("after"))
    .order_by(requests.c.revision)
    .limit(bindparam("count"))
)
_LATEST = Prepared(
    select(*_COLUMNS)
    .where(requests.c.user_id == bindparam("user_id"), HAS_ENDED, requests.c.revision < bindparam("before"))
    .order_by(requests.c.revision.desc())
    .limit(bindparam("count"))
)


def newest(user_id: ColumnElement[str], which: ColumnElement[bool]) -> ColumnElement[int]:
    """The newest revision among a user's requests, 0 for none.

    Args:
        user_id: A column of the row that is selected.
        which: `HAS_ENDED` or `IS_PENDING`: each has an index of its own.
    """
    found = select(func.max(requests.c.revision)).where(requests.c.user_id == user_id, which)
    return func.coalesce(found.scalar_subquery(), 0)


_REVISION = Prepared(
    select(newest(users.c.user_id, HAS_ENDED), newest(users.c.user_id, IS_PENDING)).where(
        users.c.user_id == bindparam("user_id")
    )
)
_LOCK_USER = Prepared(
    select(users.c.user_id).where(users.c.user_id == bindparam("user_id")).with_for_update()
)
_SET_REVISION = Prepared(
    requests.update().where(requests.c.request_id == bindparam("r")).values(revision=bindparam("number"))
)
_FORGET_TOKEN = Prepared(
    requests.update().where(requests.c.request_id == bindparam("r")).values(notification_token=null())
)
_DUE = Prepared(
    select(requests.c.request_id)
    .where(IS_PENDING, requests.c.decide_by <= bindparam("now"))
    .order_by(requests.c.decide_by)
    .limit(500)
)
_NEXT_DUE = Prepared(select(requests.c.decide_by).where(IS_PENDING).order_by(requests.c.decide_by).limit(1))
_REDEEM = Prepared(
    requests.update()
    .where(
        requests.c.request_id == bindparam("r"),
        requests.c.redeemed_at.is_(None),
        requests.c.ended_at > bindparam("since"),
    )
    .values(redeemed_at=bindparam("now"))
    .returning(requests.c.request_id)
)


def can_be_id(text: str) -> bool:
    """Whether a text has the form of a request's id; a token may begin like one, and is longer."""
    return text.startswith(ID_BEGINS) and len(text) == ID_LENGTH


def find(connection: Connection, request_id: str) -> Stored | None:
    """The request of this id, or None."""
    row = _BY_ID.one(connection, request_id=request_id)
    return None if row is None else Stored._make(row)


def pending_of(connection: Connection, user_id: str) -> list[Stored]:
    """Everything that waits for this user's decision, oldest first."""
    return [Stored._make(row) for row in _PENDING.all(connection, user_id=user_id)]


def pending_between(connection: Connection, client_id: str, user_id: str) -> list[str]:
    """Ids of what this device asks this person and is not decided yet."""
    statement = select(requests.c.request_id).where(
        requests.c.user_id == user_id, requests.c.client_id == client_id, requests.c.state == "pending"
    )
    return list(connection.execute(statement).scalars())


def pending_of_client(connection: Connection, client_id: str) -> list[str]:
    """Ids of everything that this device asks anybody and that is not decided yet."""
    statement = select(requests.c.request_id).where(
        requests.c.client_id == client_id, requests.c.state == "pending"
    )
    return list(connection.execute(statement).scalars())


def changed_after(connection: Connection, user_id: str, revision: int, count: int = 200) -> list[Stored]:
    """The user's requests that changed after `revision`, oldest change first."""
    past = all_of(_CHANGED.all(connection, user_id=user_id, after=revision, count=count))
    waiting = [one for one in pending_of(connection, user_id) if one.revision > revision]
    return sorted([*past, *waiting], key=_by_revision)[:count]


def latest(connection: Connection, user_id: str, before: int, count: int) -> list[Stored]:
    """The user's requests with revisions below `before`, newest first."""
    past = all_of(_LATEST.all(connection, user_id=user_id, before=before, count=count))
    waiting = [one for one in pending_of(connection, user_id) if one.revision < before]
    return sorted([*past, *waiting], key=_by_revision, reverse=True)[:count]


def revision_of(connection: Connection, user_id: str) -> int:
    """The user's revision now; 0 for a user who is not there."""
    row = _REVISION.one(connection, user_id=user_id)
    return max(row) if row else 0


def lock_user(connection: Connection, user_id: str) -> bool:
    """Keeps other processes from taking in or moving a request of this user; False: there is no such user."""
    return _LOCK_USER.one(connection, user_id=user_id) is not None


def next_revision(newest: int, now: float) -> int:
    """The revision that follows a locked user's newest one.

    Args:
        newest: The user's newest, 0 for none.
        now: Epoch seconds.
    """
    return max(newest + 1, int(now * 1000))


def due(connection: Connection, now: float) -> list[str]:
    """Ids of pending requests whose window is over, longest over first."""
    return [row[0] for row in _DUE.all(connection, now=now)]


def next_due(connection: Connection) -> float | None:
    """When the next pending request's window ends, or None."""
    row = _NEXT_DUE.one(connection)
    return row[0] if row else None


def move(unit: Unit, request_id: str, target: State, *guards: Any, **values: Any) -> tuple[str, int] | None:
    """Moves a request to `target` if the table of moves and `guards` allow it from where it stands.

    Args:
        unit: The writer's transaction.
        request_id: Which request.
        target: Where to.
        guards: More conditions of the update.
        values: Columns to set along.

    Returns:
        The user ID and the new revision, or None: somebody was first.
    """
    statement = (
        requests.update()
        .where(requests.c.request_id == request_id, requests.c.state.in_(sorted(sources_of(target))), *guards)
        .values(state=target.value, **values)
        .returning(
            requests.c.user_id, requests.c.client_id, requests.c.notification_token, requests.c.has_purchase
        )
    )
    row = unit.connection.execute(statement).first()
    if row is None:
        return None
    if row.notification_token is not None and is_to_be_told(target, has_purchase=bool(row.has_purchase)):
        notices.add(unit, request_id, row.client_id, row.notification_token)
        _FORGET_TOKEN.count(unit.connection, r=request_id)
    return row.user_id, touch(unit, request_id, row.user_id)


def is_to_be_told(state: State, *, has_purchase: bool) -> bool:
    """Whether a ping or push goes out at this state: the end is known, and not by the client's own doing."""
    return state is not State.WITHDRAWN and is_settled(state, has_purchase=has_purchase)


def touch(unit: Unit, request_id: str, user_id: str) -> int:
    """Gives a request its user's next revision and tells whoever waits."""
    lock_user(unit.connection, user_id)
    unit.catch_up(user_id)
    revision = next_revision(revision_of(unit.connection, user_id), unit.now)
    _SET_REVISION.count(unit.connection, r=request_id, number=revision)
    announce(unit, request_id, user_id)
    return revision


def announce(unit: Unit, request_id: str, user_id: str) -> None:
    """Wakes the user's inboxes and whoever waits for this request, after the commit."""
    unit.notify(INBOX, user_id)
    unit.notify(REQUEST, request_id)


def redeem(unit: Unit, request_id: str, since: float) -> bool:
    """Marks a request as redeemed, or its refusal as told; False when it was, or ended before `since`."""
    return _REDEEM.one(unit.connection, r=request_id, since=since, now=unit.now) is not None


def _by_revision(one: Stored) -> int:
    return one.revision


def all_of(rows: Sequence[Any]) -> list[Stored]:
    """Rows of a select over the columns of `Stored`."""
    return [Stored._make(row) for row in rows]
