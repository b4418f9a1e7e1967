"""Which person a subject of ours means: a subject is an HMAC, so it is kept when it is first given away."""

from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from core.database.writer import Unit
from core.server.store.oauth_tables import subjects


def keep(unit: Unit, sub: str, user_id: str) -> None:
    """Keeps whom a subject means."""
    dialect: Any = postgresql if unit.connection.dialect.name == "postgresql" else sqlite
    row = dialect.insert(subjects).values(sub=sub, user_id=user_id)
    unit.connection.execute(row.on_conflict_do_nothing())


def user_of(connection: Connection, sub: str) -> str | None:
    """The user ID behind a subject, or None for one that was never given away."""
    found: str | None = connection.execute(select(subjects.c.user_id).where(subjects.c.sub == sub)).scalar()
    return found
