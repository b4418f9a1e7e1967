"""Statements on one-time enrolment codes.

A wrong code that names one which waits counts against that one, whoever sent it; the fifth spends it. A wrong
code that names none changes nothing.
"""

from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select, update

from core.database.writer import Unit
from core.server.store import profiles
from core.server.store.tables import enrolment_codes

TRIES = 5
"""Wrong codes after which the one that they name is spent."""


class Typed(NamedTuple):
    """A code as it is kept and looked for."""

    name: str
    """Its first letters, in clear."""
    sha256: str
    """Hash of all of it."""


def add(unit: Unit, user_id: str, code: Typed, life_s: float, *, opens_pin: bool) -> bool:
    """Keeps a one-time code in place of the user's earlier ones; False: there is no such user.

    Args:
        unit: The writer's transaction.
        user_id: Whose terminal it lets in.
        code: The code.
        life_s: Seconds that it is good.
        opens_pin: Whether it stands for the PIN too: whoever made it had the PIN, or runs the server.
    """
    if not profiles.hold(unit, user_id):
        return False
    unused = (enrolment_codes.c.user_id == user_id) & enrolment_codes.c.used_by.is_(None)
    unit.connection.execute(enrolment_codes.delete().where(unused))
    row = {
        "code_sha256": code.sha256,
        "name": code.name,
        "user_id": user_id,
        "expires_at": unit.now + life_s,
        "opens_pin": opens_pin,
    }
    unit.connection.execute(enrolment_codes.insert(), row)
    return True


def find(connection: Connection, code: Typed, now: float) -> Row[Any] | None:
    """A code that is not over, used or not, or None."""
    statement = select(enrolment_codes).where(
        enrolment_codes.c.code_sha256 == code.sha256,
        enrolment_codes.c.expires_at > now,
        enrolment_codes.c.wrong < TRIES,
    )
    return connection.execute(statement).first()


def use(unit: Unit, code_sha256: str, terminal_id: str) -> bool:
    """Spends a code for a terminal; False: it was spent."""
    unused = (enrolment_codes.c.code_sha256 == code_sha256) & enrolment_codes.c.used_by.is_(None)
    statement = update(enrolment_codes).where(unused).values(used_by=terminal_id)
    return unit.connection.execute(statement).rowcount == 1


def count_wrong(unit: Unit, code: Typed) -> None:
    """Counts a wrong code against the unused one that it names, if it names one."""
    named = (enrolment_codes.c.name == code.name) & enrolment_codes.c.used_by.is_(None)
    unit.connection.execute(update(enrolment_codes).where(named).values(wrong=enrolment_codes.c.wrong + 1))
