"""Statements on refresh tokens: a family of them descends from one grant, and each is used once."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select, update

from core.database.writer import Unit
from core.server.store.oauth_tables import refresh_tokens


class Refresh(NamedTuple):
    """A refresh token as it is kept; instants are epoch seconds."""

    grant_id: str
    client_id: str
    user_id: str
    scope: str
    jkt: str | None
    issued_at: float
    expires_at: float
    used_at: float | None


_COLUMNS = [refresh_tokens.c[name] for name in Refresh._fields]


def add(unit: Unit, token_sha256: str, kept: Refresh) -> None:
    """Keeps a new one."""
    unit.connection.execute(refresh_tokens.insert(), {"token_sha256": token_sha256, **kept._asdict()})


def find(connection: Connection, token_sha256: str) -> Refresh | None:
    """The refresh token with this hash, used or not, or None."""
    statement = select(*_COLUMNS).where(refresh_tokens.c.token_sha256 == token_sha256)
    row = connection.execute(statement).first()
    return None if row is None else Refresh._make(row)


def use(unit: Unit, token_sha256: str) -> bool:
    """Marks one as used; False: it was used before."""
    place = (refresh_tokens.c.token_sha256 == token_sha256) & refresh_tokens.c.used_at.is_(None)
    return unit.connection.execute(update(refresh_tokens).where(place).values(used_at=unit.now)).rowcount == 1


def of_grant(grant_id: str) -> ColumnElement[bool]:
    """A whole family."""
    return refresh_tokens.c.grant_id == grant_id


def of_pair(client_id: str, user_id: str) -> ColumnElement[bool]:
    """Whatever a person approved for a client."""
    return (refresh_tokens.c.client_id == client_id) & (refresh_tokens.c.user_id == user_id)


def hold(unit: Unit, which: ColumnElement[bool]) -> None:
    """Waits for another process that is renewing one of them, so that what it brings is seen."""
    unit.connection.execute(select(refresh_tokens.c.token_sha256).where(which).with_for_update())


def revoke(unit: Unit, which: ColumnElement[bool]) -> None:
    """Deletes them."""
    unit.connection.execute(refresh_tokens.delete().where(which))
