"""Counts wrong codes: five within ten minutes lock their key for ten minutes."""

from sqlalchemy import case, delete, select, update

from core.database import upsert
from core.database.writer import Unit
from core.domain.times import CLOCKS_DIFFER_S
from core.server.store.tables import code_locks

WRONG_ALLOWED = 5
LOCKED_FOR_S = 600.0


def locked_for_s(unit: Unit, key: str) -> float:
    """Seconds until `key` may try again; 0 when it may, also when the clock was set back since.

    Who tries the same key at another process waits here, so that no sixth try is judged beside the fifth.
    """
    row = unit.connection.execute(select(code_locks).where(code_locks.c.key == key).with_for_update()).first()
    left = row.locked_until - unit.now if row is not None else 0.0
    return left if 0 < left <= LOCKED_FOR_S + CLOCKS_DIFFER_S else 0.0


def count_wrong(unit: Unit, key: str) -> None:
    """Counts one wrong code and locks `key` at the fifth; several processes count as one."""
    is_fresh = code_locks.c.since > unit.now - LOCKED_FOR_S
    row = {"key": key, "wrong": 1, "since": unit.now, "locked_until": 0.0}
    counted = {
        "wrong": case((is_fresh, code_locks.c.wrong + 1), else_=1),
        "since": case((is_fresh, code_locks.c.since), else_=unit.now),
    }
    upsert.add_or_change(unit.connection, code_locks, row, counted)
    is_full = (code_locks.c.key == key) & (code_locks.c.wrong >= WRONG_ALLOWED)
    locked = {"wrong": 0, "locked_until": unit.now + LOCKED_FOR_S}
    unit.connection.execute(update(code_locks).where(is_full).values(**locked))


def forgive(unit: Unit, key: str) -> None:
    """Forgets the wrong ones after a right one."""
    unit.connection.execute(delete(code_locks).where(code_locks.c.key == key))
