"""Which person a subject of ours means: a subject is an HMAC, so it is kept when it is first given away."""

from sqlalchemy import Connection, select

from core.database import upsert
from core.database.writer import Unit
from core.server.store.oauth_tables import subjects


def keep(unit: Unit, sub: str, user_id: str) -> None:
    """Keeps whom a subject means."""
    upsert.add_if_new(unit.connection, subjects, {"sub": sub, "user_id": user_id})


def user_of(connection: Connection, sub: str) -> str | None:
    """The user ID behind a subject, or None for one that was never given away."""
    found: str | None = connection.execute(select(subjects.c.user_id).where(subjects.c.sub == sub)).scalar()
    return found
