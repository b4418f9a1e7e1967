"""What can go wrong with a store, in one tree; the drivers' own exceptions stop here.

DatabaseError ├── StoreUnavailable      the disk, the lock or the connection: ask again later │   └──
OutcomeUnknown    the connection broke during COMMIT: it may have happened ├── StatementFailed       a
statement that the store refuses: a bug of the caller ├── WriterStopped         the writer has ended, or
died ├── SubmitTimedOut        no answer in time; `begun` tells whether the outcome is unknown ├──
SchemaTooNew          the data was written by a newer Nod └── SchemaBroken          the version number in
the data is none of ours
"""

import sqlite3
from typing import Any, ClassVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError


class DatabaseError(Exception):
    """Anything that a store reports; the text is a sentence for the operator."""

    code: ClassVar[str] = "database_error"


class StoreUnavailable(DatabaseError):
    """Disk full, database locked, folder missing or connection lost; nothing was committed."""

    code = "store_unavailable"


class OutcomeUnknown(StoreUnavailable):
    """The connection broke while committing: ask again with the same key to learn what stands."""

    code = "outcome_unknown"


class StatementFailed(DatabaseError):
    """The store refused a statement (duplicate key, wrong type); only this function was dropped."""

    code = "statement_failed"


class WriterStopped(DatabaseError):
    """The writer takes no more work."""

    code = "writer_stopped"


class SubmitTimedOut(DatabaseError):
    """No answer within the time allowed.

    Args:
        begun: False when the work was withdrawn and will never happen; True when its outcome is unknown.
    """

    code = "submit_timed_out"

    def __init__(self, *, begun: bool) -> None:
        super().__init__(
            "The store did not answer in time; the change may still happen."
            if begun
            else "The store was too busy; nothing was changed."
        )
        self.begun = begun


class SchemaTooNew(DatabaseError):
    """The data was written by a newer Nod."""

    code = "schema_too_new"


class SchemaBroken(DatabaseError):
    """The data carries a schema version that this program has never written."""

    code = "schema_broken"


_SQLITE_SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk is full. Free some space; no restart is needed.",
    sqlite3.SQLITE_BUSY: "The database is locked by another program. Close it; no restart is needed.",
    sqlite3.SQLITE_LOCKED: "The database is locked by another connection.",
    sqlite3.SQLITE_IOERR: "The disk reported an error while the database was used.",
    sqlite3.SQLITE_CANTOPEN: "The database file cannot be opened. Does its folder exist?",
    sqlite3.SQLITE_READONLY: "The database file may not be written.",
    sqlite3.SQLITE_PERM: "The database file may not be opened.",
    sqlite3.SQLITE_NOMEM: "There is not enough memory for the database.",
    sqlite3.SQLITE_CORRUPT: "The database file is damaged. Restore it from a copy.",
    sqlite3.SQLITE_NOTADB: "The file is not a database.",
    sqlite3.SQLITE_PROTOCOL: "The database's lock could not be had.",
}
# SQLSTATE classes in which the server, not the statement, is the reason, and lock_timeout.
_POSTGRES_STATES = ("08", "53", "57", "58", "XX", "55P03", "28", "3D", "25006")
_POSTGRES_SENTENCE = "PostgreSQL did not take the work: it is unreachable, stopping, full or locked."


def is_contention(error: BaseException) -> bool:
    """Returns whether two PostgreSQL writers met in a deadlock, after which running again is right."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in ("40001", "40P01")


def from_driver(connection: Connection, error: Exception, statement: str) -> DBAPIError:
    """Returns SQLAlchemy's error for one that came straight from the driver, without the parameters."""
    dialect = connection.dialect
    driver: Any = connection.connection.dbapi_connection
    base = dialect.loaded_dbapi.Error
    wrapped: Any = DBAPIError.instance(
        statement,
        None,
        error,
        base,
        hide_parameters=True,
        connection_invalidated=isinstance(error, base) and dialect.is_disconnect(error, driver, None),
        dialect=dialect,
    )
    if isinstance(wrapped, DBAPIError):
        return wrapped
    raise error


def sqlite_sentence(error: sqlite3.Error) -> str | None:
    """Returns what to tell a person when the disk, the lock or the file is at fault, else None."""
    return _SQLITE_SENTENCES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def translated(error: SQLAlchemyError) -> DatabaseError:
    """Returns our error for one of SQLAlchemy's: `StoreUnavailable`, else `StatementFailed`."""
    if isinstance(error, DBAPIError):
        sentence = _environment_sentence(error)
        if sentence:
            return StoreUnavailable(sentence)
        return StatementFailed(f"The store refused a statement ({type(error.orig).__name__}).")
    return StatementFailed(f"The store could not be asked ({type(error).__name__}).")


def _environment_sentence(error: DBAPIError) -> str | None:
    if isinstance(error.orig, sqlite3.Error):
        return sqlite_sentence(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    if error.connection_invalidated or is_contention(error):
        return _POSTGRES_SENTENCE
    if isinstance(state, str):
        return _POSTGRES_SENTENCE if state.startswith(_POSTGRES_STATES) else None
    # A failed connection attempt has no SQLSTATE.
    return _POSTGRES_SENTENCE if type(error.orig).__name__ == "OperationalError" else None
