"""Whether a change would be kept now: an empty transaction says nothing of a full disk, so a row is written.

It is the row with the schema's version, which becomes what it was.
"""

from sqlalchemy import text

from core.database.writer import Unit

_SAME = text("UPDATE alembic_version SET version_num = version_num")


def probe(unit: Unit) -> None:
    """Writes, as a guard; its caller hears after the commit, or why there was none."""
    unit.connection.execute(_SAME)
