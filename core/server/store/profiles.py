"""Statements on users and their terminals."""

from typing import Any

from sqlalchemy import Connection, Row, false, func, select, true, update

from core.database import upsert
from core.database.writer import Unit
from core.domain.limits import QuietHours
from core.domain.times import WINDOW_DEFAULT_S
from core.server.hub import CLIENT_CHANGED, TERMINAL_REMOVED
from core.server.store.person_tables import pictures
from core.server.store.tables import access_tokens, asking_rules, terminals, users
from core.wire.messages import Profile

_PROFILE = (
    select(
        users,
        func.coalesce(asking_rules.c.window_s, WINDOW_DEFAULT_S).label("window_s"),
        func.coalesce(asking_rules.c.match_code, true()).label("match_code"),
        func.coalesce(asking_rules.c.presence_shared, false()).label("presence_shared"),
        asking_rules.c.pin_above,
        asking_rules.c.user_code_sha256,
        asking_rules.c.quiet_start,
        asking_rules.c.quiet_end,
        pictures.c.sha256,
    )
    .outerjoin(asking_rules, asking_rules.c.user_id == users.c.user_id)
    .outerjoin(pictures, pictures.c.user_id == users.c.user_id)
)


def add_user(unit: Unit, row: dict[str, Any]) -> bool:
    """Keeps a new user; False: the user ID is taken, and nothing has changed."""
    return upsert.add_if_new(unit.connection, users, {**row, "created_at": unit.now})


def take_back(unit: Unit, user_id: str) -> None:
    """Takes back a user who was added in this transaction."""
    unit.connection.execute(users.delete().where(users.c.user_id == user_id))


def hold(unit: Unit, user_id: str) -> bool:
    """Keeps other processes from deleting a user before this commit; False: there is no such user."""
    there = select(users.c.user_id).where(users.c.user_id == user_id)
    return unit.connection.execute(there.with_for_update(read=True, key_share=True)).first() is not None


def find_profile(connection: Connection, user_id: str) -> Profile | None:
    """A user's profile, or None."""
    row = connection.execute(_PROFILE.where(users.c.user_id == user_id)).first()
    if row is None:
        return None
    quiet = QuietHours(row.quiet_start, row.quiet_end) if row.quiet_start is not None else None
    return Profile(
        user_id=row.user_id,
        nickname=row.nickname,
        spoken_as=row.spoken_as,
        display_name=row.display_name,
        locale=row.locale,
        zone=row.zone,
        window_s=row.window_s,
        pin_above=row.pin_above,
        match_code=row.match_code,
        quiet_hours=quiet,
        presence_shared=row.presence_shared,
        has_user_code=row.user_code_sha256 is not None,
        picture_sha256=row.sha256,
    )


def change_user(unit: Unit, user_id: str, values: dict[str, Any]) -> None:
    """Sets columns of a user who is held, and of the rules by which the user is asked."""
    rules = {name: value for name, value in values.items() if name in asking_rules.c}
    if rules:
        upsert.add_or_change(unit.connection, asking_rules, {"user_id": user_id, **rules}, rules)
    own = {name: value for name, value in values.items() if name not in rules}
    if own:
        unit.connection.execute(update(users).where(users.c.user_id == user_id).values(**own))


def add_terminal(unit: Unit, row: dict[str, Any]) -> None:
    """Keeps a new terminal."""
    unit.connection.execute(terminals.insert(), {**row, "enrolled_at": unit.now})
    # The log outlives the person, so it names the terminal and never the user.
    unit.record("profile", "", {"terminal_id": row["terminal_id"]})


def terminal_with_key(connection: Connection, user_id: str, thumbprint: str) -> str | None:
    """The id of the user's live terminal with this login key, or None."""
    statement = select(terminals.c.terminal_id).where(
        terminals.c.user_id == user_id,
        terminals.c.thumbprint == thumbprint,
        terminals.c.removed_at.is_(None),
    )
    found: str | None = connection.execute(statement).scalar()
    return found


def thumbprint_of(connection: Connection, terminal_id: str) -> str:
    """The thumbprint of a terminal's login key; empty when there is no such terminal."""
    statement = select(terminals.c.thumbprint).where(terminals.c.terminal_id == terminal_id)
    return connection.execute(statement).scalar() or ""


def terminals_of(connection: Connection, user_id: str) -> list[Row[Any]]:
    """A user's live terminals, oldest first."""
    statement = select(terminals).where(terminals.c.user_id == user_id, terminals.c.removed_at.is_(None))
    return list(connection.execute(statement.order_by(terminals.c.enrolled_at, terminals.c.terminal_id)))


def has_pin(connection: Connection, user_id: str) -> bool:
    """Whether any terminal of this user has a key that a PIN opens."""
    statement = select(terminals.c.terminal_id).where(
        terminals.c.user_id == user_id, terminals.c.removed_at.is_(None), terminals.c.pin_jwk.is_not(None)
    )
    return connection.execute(statement.limit(1)).first() is not None


def ever_had_pin(connection: Connection, user_id: str) -> bool:
    """Whether this user set a PIN and did not remove it: one on a terminal that was removed counts too."""
    statement = select(terminals.c.terminal_id).where(
        terminals.c.user_id == user_id, terminals.c.pin_jwk.is_not(None)
    )
    return connection.execute(statement.limit(1)).first() is not None


def pin_key_of(connection: Connection, terminal_id: str) -> str | None:
    """The key that only this terminal's PIN opens, or None."""
    found = connection.execute(select(terminals.c.pin_jwk).where(terminals.c.terminal_id == terminal_id))
    return found.scalar()


def pin_above_of(connection: Connection, user_id: str) -> int | None:
    """The amount above which the PIN is asked for, or None."""
    limit = select(asking_rules.c.pin_above).where(asking_rules.c.user_id == user_id)
    return connection.execute(limit).scalar()


def set_pin_key(unit: Unit, terminal_id: str, pin_jwk: str | None) -> None:
    """Sets or removes the key that only this terminal's PIN opens."""
    statement = update(terminals).where(terminals.c.terminal_id == terminal_id)
    unit.connection.execute(statement.values(pin_jwk=pin_jwk))


def forget_lost_pins(unit: Unit, user_id: str) -> None:
    """Lets the PINs of removed terminals count no more."""
    lost = (terminals.c.user_id == user_id) & terminals.c.removed_at.is_not(None)
    unit.connection.execute(update(terminals).where(lost).values(pin_jwk=None))


def remove_terminal(unit: Unit, user_id: str, terminal_id: str) -> bool:
    """Removes a terminal of this user; once removed it stays removed; False: it never was."""
    mine = (terminals.c.terminal_id == terminal_id) & (terminals.c.user_id == user_id)
    live = mine & terminals.c.removed_at.is_(None)
    if unit.connection.execute(update(terminals).where(live).values(removed_at=unit.now)).rowcount == 0:
        return unit.connection.execute(select(terminals.c.terminal_id).where(mine)).first() is not None
    unit.connection.execute(access_tokens.delete().where(access_tokens.c.client_id == terminal_id))
    unit.notify(CLIENT_CHANGED, terminal_id)
    unit.notify(TERMINAL_REMOVED, terminal_id)
    return True
