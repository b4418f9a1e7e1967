"""Statements of the import of contacts: what stands in its way, and the one write of all of it."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, select

from core.database.writer import Unit
from core.server.store.tables import clients, contacts, users

_AT_A_TIME = 500


class Row(NamedTuple):
    """A contact to import."""

    line: int
    client_id: str
    nickname: str
    nickname_key: str
    user_id: str


def problems(connection: Connection, rows: list[Row]) -> list[tuple[int, str]]:
    """Line and reason of every row that the data does not allow."""
    found: list[tuple[int, str]] = []
    known_clients, known_users = set[str](), set[str]()
    for part in _parts(rows):
        known_clients |= _known_clients(connection, {row.client_id for row in part})
        known_users |= _known_users(connection, {row.user_id for row in part})
        names, people = _taken(connection, part)
        for row in part:
            if row.client_id not in known_clients:
                found.append((row.line, f"There is no device {row.client_id[:60]}."))
            elif row.user_id not in known_users:
                found.append((row.line, f"There is no user {row.user_id[:60]}."))
            elif (row.client_id, row.nickname_key) in names:
                found.append((row.line, "The device already calls somebody so."))
            elif (row.client_id, row.user_id) in people:
                found.append((row.line, "The device already knows this user."))
    return found


def add_all(unit: Unit, rows: list[Row]) -> None:
    """Adds every row in one transaction; the device's name is its own, until the user gives another."""
    names = {row.client_id: row.name for row in unit.connection.execute(select(clients))}
    for part in _parts(rows):
        values = [
            {
                "client_id": row.client_id,
                "nickname_key": row.nickname_key,
                "nickname": row.nickname,
                "user_id": row.user_id,
                "device_name": names[row.client_id],
                "paired_at": unit.now,
            }
            for row in part
        ]
        unit.connection.execute(contacts.insert(), values)


def _parts(rows: list[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while part := list(islice(iterator, _AT_A_TIME)):
        yield part


def _known_clients(connection: Connection, wanted: set[str]) -> set[str]:
    live = clients.c.client_id.in_(wanted) & clients.c.removed_at.is_(None)
    return set(connection.execute(select(clients.c.client_id).where(live)).scalars())


def _known_users(connection: Connection, wanted: set[str]) -> set[str]:
    return set(connection.execute(select(users.c.user_id).where(users.c.user_id.in_(wanted))).scalars())


def _taken(connection: Connection, part: list[Row]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs of device and nickname key, and of device and user, that stand already."""
    devices = {row.client_id for row in part}
    by_name = contacts.c.nickname_key.in_({row.nickname_key for row in part})
    by_user = contacts.c.user_id.in_({row.user_id for row in part})
    statement = select(contacts.c.client_id, contacts.c.nickname_key, contacts.c.user_id)
    rows = connection.execute(statement.where(contacts.c.client_id.in_(devices), by_name | by_user)).all()
    return {(row[0], row[1]) for row in rows}, {(row[0], row[2]) for row in rows}
