"""Rows that may be there already: SQLite and PostgreSQL say it alike, SQLAlchemy in a dialect each."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def add_if_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Adds a row unless one of its key is there; False: one is, and it stays as it was."""
    added = _insert(connection, table, row).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return connection.execute(added).first() is not None


def add_or_change(
    connection: Connection, table: Table, row: Mapping[str, Any], changes: Mapping[str, Any]
) -> None:
    """Adds a row, or sets `changes` (values, or expressions of the row there) where its key is taken."""
    key = list(table.primary_key.columns)
    row_or_change = _insert(connection, table, row).on_conflict_do_update(index_elements=key, set_=changes)
    connection.execute(row_or_change)


def _insert(connection: Connection, table: Table, row: Mapping[str, Any]) -> Any:
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).values(**row)
