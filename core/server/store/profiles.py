"""Statements on users and their terminals."""

from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.database.writer import Unit
from core.domain.limits import QuietHours
from core.server.hub import CLIENT_CHANGED, TERMINAL_REMOVED
from core.server.store.person_tables import pictures
from core.server.store.tables import access_tokens, terminals, users
from core.wire.messages import Profile


def add_user(unit: Unit, row: dict[str, Any]) -> bool:
    """Keeps a new user; False: the user ID is taken, and nothing has changed."""
    dialect: Any = postgresql if unit.connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(users).values(**row, created_at=unit.now).on_conflict_do_nothing()
    return unit.connection.execute(statement.returning(users.c.user_id)).first() is not None


def take_back(unit: Unit, user_id: str) -> None:
    """Takes back a user who was added in this transaction."""
    unit.connection.execute(users.delete().where(users.c.user_id == user_id))


def hold(unit: Unit, user_id: str) -> bool:
    """Keeps other processes from deleting a user before this commit; False: there is no such user."""
    there = select(users.c.user_id).where(users.c.user_id == user_id)
    return unit.connection.execute(there.with_for_update(read=True, key_share=True)).first() is not None


def find_profile(connection: Connection, user_id: str) -> Profile | None:
    """A user's profile, or None."""
    found = select(users, pictures.c.sha256).outerjoin(pictures, pictures.c.user_id == users.c.user_id)
    row = connection.execute(found.where(users.c.user_id == user_id)).first()
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
    """Sets columns of a user."""
    if values:
        unit.connection.execute(update(users).where(users.c.user_id == user_id).values(**values))


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
    return connection.execute(select(users.c.pin_above).where(users.c.user_id == user_id)).scalar()


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
