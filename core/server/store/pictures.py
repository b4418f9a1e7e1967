"""Statements on people's pictures."""

from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from core.database.writer import Unit
from core.server.store.person_tables import pictures


def find(connection: Connection, user_id: str) -> bytes | None:
    """A user's picture, or None."""
    place = pictures.c.user_id == user_id
    found: bytes | None = connection.execute(select(pictures.c.picture).where(place)).scalar()
    return None if found is None else bytes(found)


def keep(unit: Unit, user_id: str, picture: bytes, sha256: str) -> None:
    """Keeps a picture in place of the one before."""
    dialect: Any = postgresql if unit.connection.dialect.name == "postgresql" else sqlite
    values = {"picture": picture, "sha256": sha256}
    row = dialect.insert(pictures).values(user_id=user_id, **values)
    unit.connection.execute(row.on_conflict_do_update(index_elements=[pictures.c.user_id], set_=values))


def remove(unit: Unit, user_id: str) -> None:
    """Removes it, if there is one."""
    unit.connection.execute(delete(pictures).where(pictures.c.user_id == user_id))
