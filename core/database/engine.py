"""Opening a store: SQLite in write-ahead mode with full durability, or PostgreSQL through psycopg 3.

Both come without a pool: the writer, the readers and the listener each keep a connection for as long as
they live, so that no request pays for a checkout. The driver never begins a transaction by itself: `BEGIN
IMMEDIATE` on connections made by `writing`, plain `BEGIN` on all others.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from core.database.errors import StoreUnavailable, from_driver, sqlite_sentence, translated

_WRITING = "nod_writing"
_SQLITE_ROOM = ("cache_size=-8000", "wal_autocheckpoint=4000", f"mmap_size={2**31 - 2**16}")
"""8 MB of pages, 16 MB of log before it is worked in (pages that many commits touch are copied once), and
reads through the file's mapping: among a million contacts a look-up then costs 1.4 times that among a
thousand, without it 1.6 times."""


def open_engine(url: str, *, lock_wait_s: float = 2.0) -> Engine:
    """Opens the store behind a URL and proves that it answers.

    Args:
        url: `sqlite:////absolute/file.db` or `postgresql+psycopg://user@host/name`.
        lock_wait_s: Seconds to wait for a lock held by somebody else; less than a submission's time-out.

    Raises:
        StoreUnavailable: The folder is missing or read-only, the file is no database, or nobody answers.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable(
            "The database URL cannot be read; write sqlite:////path or postgresql+psycopg://…"
        ) from error
    engine = (
        _open_sqlite(parsed, lock_wait_s)
        if parsed.get_backend_name() == "sqlite"
        else _open_postgres(parsed, lock_wait_s)
    )
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        raise StoreUnavailable(
            f"{translated(error)} ({parsed.render_as_string(hide_password=True)})"
        ) from error
    return engine


def writing(engine: Engine) -> Connection:
    """Opens a connection whose transactions take the write lock at once; the caller closes it."""
    return engine.connect().execution_options(**{_WRITING: True})


def is_postgres(engine: Engine) -> bool:
    """Returns whether the store is PostgreSQL."""
    return engine.dialect.name == "postgresql"


def _open_sqlite(url: URL, lock_wait_s: float) -> Engine:
    if not url.database or url.database == ":memory:":
        raise StoreUnavailable("The store needs a file: several connections share it.")
    _make_private_file(Path(url.database))
    engine = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,  # they hold item text, which no log may show
        connect_args={"timeout": lock_wait_s, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private_file(file: Path) -> None:
    """Makes the file readable by its owner only, before SQLite makes it readable by everybody."""
    if not file.parent.is_dir():
        raise StoreUnavailable(
            f"The folder {file.parent} does not exist. Make it, or choose another with --data."
        )
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(
            f"{file} cannot be written ({error.strerror}). Choose another folder with --data."
        ) from error
    if not os.access(file.parent, os.W_OK):
        raise StoreUnavailable(f"The folder {file.parent} may not be written. Choose another with --data.")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    try:
        mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        for pragma in ("synchronous=FULL", "foreign_keys=ON", *_SQLITE_ROOM):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error as error:
        raise StoreUnavailable(sqlite_sentence(error) or "The file cannot be used as a database.") from error
    if mode != "wal":
        raise StoreUnavailable("This disk does not support write-ahead logging. Use a local folder.")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITING, False)
    # Straight to the driver: SQLAlchemy's own statement path costs six times as much, on every read.
    driver: Any = connection.connection.dbapi_connection
    statement = "BEGIN IMMEDIATE" if writes else "BEGIN"
    try:
        driver.execute(statement)
    except Exception as error:
        raise from_driver(connection, error, statement) from error


def _open_postgres(url: URL, lock_wait_s: float) -> Engine:
    if url.drivername != "postgresql+psycopg":
        raise StoreUnavailable("Only sqlite:// and postgresql+psycopg:// stores are known.")
    wait_ms = int(lock_wait_s * 1000)
    options = f"-c lock_timeout={wait_ms} -c synchronous_commit=on -c timezone=UTC"
    try:
        return create_engine(
            url,
            poolclass=NullPool,
            hide_parameters=True,  # they hold item text, which no log may show
            connect_args={"options": options, "connect_timeout": 5, "application_name": "nod"},
        )
    except ModuleNotFoundError as error:
        raise StoreUnavailable("PostgreSQL needs psycopg: install the extra named postgresql.") from error
