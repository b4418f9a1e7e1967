"""Statements on people's pictures."""

from sqlalchemy import Connection, delete, select

from core.database import upsert
from core.database.writer import Unit
from core.server.store.person_tables import pictures


def find(connection: Connection, user_id: str) -> bytes | None:
    """A user's picture, or None."""
    place = pictures.c.user_id == user_id
    found: bytes | None = connection.execute(select(pictures.c.picture).where(place)).scalar()
    return None if found is None else bytes(found)


def keep(unit: Unit, user_id: str, picture: bytes, sha256: str) -> None:
    """Keeps a picture in place of the one before."""
    values = {"picture": picture, "sha256": sha256}
    upsert.add_or_change(unit.connection, pictures, {"user_id": user_id, **values}, values)


def remove(unit: Unit, user_id: str) -> None:
    """Removes it, if there is one."""
    unit.connection.execute(delete(pictures).where(pictures.c.user_id == user_id))
