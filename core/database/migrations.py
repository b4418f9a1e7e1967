"""Bringing a store's tables to the version that this program knows.

A version folder holds Alembic revisions named by number: `0001_first.py` with `revision = "0001"` and
`down_revision = None`, then `0002_….py`. The number in the data is compared first, and Alembic (0.2 s to
import) is loaded only when the two differ. Two processes that start at once wait for each other: SQLite's
write lock, an advisory lock on PostgreSQL. All of an upgrade happens in one transaction, or nothing of it.
"""

import re
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from core.database.engine import is_postgres, writing
from core.database.errors import SchemaBroken, SchemaTooNew, StatementFailed, translated

_LOCK = 0x4E6F6402  # "Nod" and 2: this program's advisory lock for upgrades
_ALEMBIC = threading.Lock()
_FILE = re.compile(r"(\d{4})_\w+\.py")


def upgrade(engine: Engine, folder: Path) -> bool:
    """Upgrades a store to the newest version in a folder.

    Args:
        engine: From `open_engine`.
        folder: The server's `versions` folder.

    Returns:
        Whether anything had to be changed.

    Raises:
        SchemaTooNew: The data is of a newer Nod; nothing was touched.
        SchemaBroken: The data names a version that is no number of ours.
        StoreUnavailable: The store does not answer, or is locked.
        StatementFailed: A revision has a bug; nothing was changed.
    """
    newest = newest_version(folder)
    try:
        with engine.connect() as connection:
            if _is_newest(current_version(connection), newest):
                return False
        with writing(engine) as connection:
            _set_foreign_keys(connection, "OFF")
            return _upgrade_locked(connection, folder, newest)
    except SQLAlchemyError as error:
        raise translated(error) from error


def newest_version(folder: Path) -> str:
    """Returns the highest number among a folder's revisions, as "0007".

    Raises:
        SchemaBroken: The folder holds no revision.
    """
    numbers = [match[1] for file in folder.glob("*.py") if (match := _FILE.fullmatch(file.name))]
    if not numbers:
        raise SchemaBroken("This program's schema versions are missing; install it again.")
    return max(numbers)


def current_version(connection: Connection) -> str | None:
    """Returns the version of the data, as "0007", or None for a store without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version


def _is_newest(current: str | None, newest: str) -> bool:
    if current is not None and not re.fullmatch(r"\d{4}", current):
        raise SchemaBroken(f"The data names the version {current!r}, which no Nod has written.")
    if current is not None and current > newest:
        raise SchemaTooNew(
            f"This data was written by a newer Nod (schema {int(current)}; this one knows {int(newest)}). "
            "Update Nod, or choose another folder with --data."
        )
    return current == newest


def _upgrade_locked(connection: Connection, folder: Path, newest: str) -> bool:
    with connection.begin():
        if is_postgres(connection.engine):
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if _is_newest(current_version(connection), newest):
            return False
        _run_alembic(connection, folder)
        _check_foreign_keys(connection)
        return True


def _run_alembic(connection: Connection, folder: Path) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(folder.parent), version_locations=[str(folder)])

    def steps(revision: Any, _context: object) -> Any:
        return scripts._upgrade_revs("head", revision)

    # Alembic keeps its present environment in a global, and both servers of the desktop start in one process.
    with _ALEMBIC, EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
        environment.run_migrations()


def _set_foreign_keys(connection: Connection, state: str) -> None:
    """Switches SQLite's foreign keys, since rebuilding a table drops the one that others point to."""
    if not is_postgres(connection.engine):
        connection.connection.cursor().execute(f"PRAGMA foreign_keys={state}")


def _check_foreign_keys(connection: Connection) -> None:
    if not is_postgres(connection.engine) and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StatementFailed("The upgrade would leave rows that point nowhere; nothing was changed.")
