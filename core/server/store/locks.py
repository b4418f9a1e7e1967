"""Counts wrong codes: five within ten minutes lock their key for ten minutes."""

from sqlalchemy import delete, select

from core.database.writer import Unit
from core.server.store.tables import code_locks

WRONG_ALLOWED = 5
LOCKED_FOR_S = 600.0


def locked_for_s(unit: Unit, key: str) -> float:
    """Seconds until `key` may try again; 0 when it may."""
    row = unit.connection.execute(select(code_locks).where(code_locks.c.key == key)).first()
    return max(0.0, row.locked_until - unit.now) if row is not None else 0.0


def count_wrong(unit: Unit, key: str) -> None:
    """Counts one wrong code and locks `key` at the fifth."""
    row = unit.connection.execute(select(code_locks).where(code_locks.c.key == key)).first()
    is_fresh = row is not None and row.since > unit.now - LOCKED_FOR_S
    wrong = row.wrong + 1 if row is not None and is_fresh else 1
    since = row.since if row is not None and is_fresh else unit.now
    is_locked = wrong >= WRONG_ALLOWED
    unit.connection.execute(delete(code_locks).where(code_locks.c.key == key))
    unit.connection.execute(
        code_locks.insert(),
        {
            "key": key,
            "wrong": 0 if is_locked else wrong,
            "since": since,
            "locked_until": unit.now + LOCKED_FOR_S if is_locked else 0.0,
        },
    )


def forgive(unit: Unit, key: str) -> None:
    """Forgets the wrong ones after a right one."""
    unit.connection.execute(delete(code_locks).where(code_locks.c.key == key))
