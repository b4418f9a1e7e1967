"""Statements of the hot path, compiled once and handed straight to the driver.

A select by key through SQLAlchemy costs many times what SQLite needs for it. Write the statement in
SQLAlchemy's language as always, wrap it in `Prepared` at module level, and run it here. Rows are plain
tuples as the driver gives them: fine for text, numbers and bytes; not for columns whose type converts
(JSON, DateTime, Enum, Boolean).
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.elements import ClauseElement

from core.database.errors import from_driver

Row = tuple[Any, ...]
_Compiled = tuple[str, tuple[str, ...] | None, dict[str, Any]]


class Prepared:
    """One statement with named parameters.

    Args:
        statement: A select, insert, update or delete, with or without RETURNING.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def one(self, connection: Connection, /, **parameters: Any) -> Row | None:
        """Runs the statement; returns the first row, or None."""
        row: Row | None = self._run(connection, parameters, _fetch_one)
        return row

    def all(self, connection: Connection, /, **parameters: Any) -> list[Row]:
        """Runs the statement; returns every row."""
        rows: list[Row] = self._run(connection, parameters, _fetch_all)
        return rows

    def count(self, connection: Connection, /, **parameters: Any) -> int:
        """Runs a change; returns how many rows it touched."""
        touched: int = self._run(connection, parameters, _row_count)
        return touched

    def many(
        self, connection: Connection, columns: tuple[str, ...], rows: Sequence[Sequence[Any]], /
    ) -> None:
        """Runs a change once for each row of parameters, given in the order of `columns`."""
        sql, names, _ = self._for(connection.dialect)
        given: Sequence[Any] = rows
        if names is None:
            given = [dict(zip(columns, row, strict=True)) for row in rows]
        elif names != columns:
            places = [columns.index(name) for name in names]
            given = [[row[place] for place in places] for row in rows]
        cursor = connection.connection.cursor()
        try:
            cursor.executemany(sql, given)
        except connection.dialect.loaded_dbapi.Error as error:
            raise from_driver(connection, error, sql) from error
        finally:
            cursor.close()

    def _run(self, connection: Connection, parameters: dict[str, Any], take: Callable[[Any], Any]) -> Any:
        sql, names, literals = self._for(connection.dialect)
        values = {**literals, **parameters} if literals else parameters
        driver: Any = connection.connection.dbapi_connection
        try:
            return take(driver.execute(sql, values if names is None else [values[name] for name in names]))
        except connection.dialect.loaded_dbapi.Error as error:
            raise from_driver(connection, error, sql) from error

    def _for(self, dialect: Dialect) -> _Compiled:
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled: Any = self._statement.compile(dialect=dialect)
            names = tuple(compiled.positiontup) if compiled.positional else None
            literals = {
                name: bind.value for bind, name in compiled.bind_names.items() if bind.value is not None
            }
            found = self._compiled[dialect.name] = _with_lists(str(compiled), names, literals)
        return found


def _with_lists(sql: str, names: tuple[str, ...] | None, literals: dict[str, Any]) -> _Compiled:
    """Writes out each fixed list of an IN, which SQLAlchemy leaves for later."""
    for name in [name for name in literals if f"__[POSTCOMPILE_{name}]" in sql]:
        parts = {f"{name}_{index}": value for index, value in enumerate(literals.pop(name), 1)}
        marks = ", ".join("?" if names is not None else f"%({part})s" for part in parts)
        sql = sql.replace(f"__[POSTCOMPILE_{name}]", marks)
        literals |= parts
        if names is not None:
            place = names.index(name)
            names = (*names[:place], *parts, *names[place + 1 :])
    if "__[POSTCOMPILE_" in sql:
        raise TypeError("A prepared statement takes fixed lists only.")
    return sql, names, literals


def _fetch_one(cursor: Any) -> Any:
    # Everything is fetched: an UPDATE with RETURNING is unfinished in SQLite until its last row is read.
    rows = cursor.fetchall()
    return rows[0] if rows else None


def _fetch_all(cursor: Any) -> Any:
    return cursor.fetchall()


def _row_count(cursor: Any) -> Any:
    return cursor.rowcount
