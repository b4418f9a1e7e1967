"""Counts wrong codes: five within ten minutes lock their key for ten minutes."""

from typing import Any

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.database.writer import Unit
from core.server.store.tables import code_locks

WRONG_ALLOWED = 5
LOCKED_FOR_S = 600.0


def locked_for_s(unit: Unit, key: str) -> float:
    """Seconds until `key` may try again; 0 when it may."""
    row = unit.connection.execute(select(code_locks).where(code_locks.c.key == key)).first()
    return max(0.0, row.locked_until - unit.now) if row is not None else 0.0


def count_wrong(unit: Unit, key: str) -> None:
    """Counts one wrong code and locks `key` at the fifth; several processes count as one."""
    is_fresh = code_locks.c.since > unit.now - LOCKED_FOR_S
    row = {"key": key, "wrong": 1, "since": unit.now, "locked_until": 0.0}
    dialect: Any = postgresql if unit.connection.dialect.name == "postgresql" else sqlite
    counted = {
        "wrong": case((is_fresh, code_locks.c.wrong + 1), else_=1),
        "since": case((is_fresh, code_locks.c.since), else_=unit.now),
        "locked_until": 0.0,
    }
    statement = dialect.insert(code_locks).values(**row)
    unit.connection.execute(statement.on_conflict_do_update(index_elements=[code_locks.c.key], set_=counted))
    is_full = (code_locks.c.key == key) & (code_locks.c.wrong >= WRONG_ALLOWED)
    locked = {"wrong": 0, "locked_until": unit.now + LOCKED_FOR_S}
    unit.connection.execute(update(code_locks).where(is_full).values(**locked))


def forgive(unit: Unit, key: str) -> None:
    """Forgets the wrong ones after a right one."""
    unit.connection.execute(delete(code_locks).where(code_locks.c.key == key))
