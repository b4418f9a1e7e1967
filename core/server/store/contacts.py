"""Statements on contacts: what each device calls whom, and what each person calls the device."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select, update

from core.database.writer import Unit
from core.domain.nickname import nickname_key
from core.domain.place import Place
from core.server.store.tables import clients, contacts, users

_MOST = 10_000
_COLUMNS = (contacts, clients.c.kind, clients.c.metadata)
_JOINED = contacts.join(clients, clients.c.client_id == contacts.c.client_id)


def place_text(place: Place | None) -> str | None:
    """A registered place as its column holds it."""
    return None if place is None else msgspec.json.encode(place).decode()


def of_device(connection: Connection, client_id: str) -> list[Row[Any]]:
    """A device's contacts, first paired first; a blocked one is not among them."""
    statement = (
        select(contacts.c.nickname, contacts.c.user_id, contacts.c.spoken_as, users.c.spoken_as.label("own"))
        .join(users, users.c.user_id == contacts.c.user_id)
        .where(contacts.c.client_id == client_id, contacts.c.blocked.is_(False))
        .order_by(contacts.c.paired_at, contacts.c.nickname_key)
        .limit(_MOST)
    )
    return list(connection.execute(statement))


def of_user(connection: Connection, user_id: str) -> list[Row[Any]]:
    """The devices of a user, first paired first."""
    statement = select(*_COLUMNS).select_from(_JOINED).where(contacts.c.user_id == user_id)
    return list(connection.execute(statement.order_by(contacts.c.paired_at, contacts.c.client_id)))


def every(connection: Connection) -> list[Row[Any]]:
    """All pairings, for the operator, device by device."""
    return list(connection.execute(select(contacts).order_by(contacts.c.client_id, contacts.c.nickname_key)))


def find(connection: Connection, user_id: str, client_id: str) -> Row[Any] | None:
    """One device of a user, or None."""
    pair = (contacts.c.user_id == user_id) & (contacts.c.client_id == client_id)
    return connection.execute(select(*_COLUMNS).select_from(_JOINED).where(pair)).first()


def hold_names(unit: Unit, client_id: str) -> None:
    """Keeps other processes from naming anybody at this device before this commit."""
    device = select(clients.c.client_id).where(clients.c.client_id == client_id)
    unit.connection.execute(device.with_for_update())


def hold_people(unit: Unit, client_id: str) -> None:
    """Waits for other processes that are just taking in what this device asks anybody."""
    theirs = select(users.c.user_id).join(contacts, contacts.c.user_id == users.c.user_id)
    people = theirs.where(contacts.c.client_id == client_id).order_by(users.c.user_id)
    unit.connection.execute(people.with_for_update(of=users))


def hold_pairing(unit: Unit, user_id: str, client_id: str) -> bool:
    """Keeps another process from parting the two before this commit; False: they have parted, or it is
    blocked."""
    pair = (contacts.c.user_id == user_id) & (contacts.c.client_id == client_id)
    statement = select(contacts.c.user_id).where(pair, contacts.c.blocked.is_(False))
    return unit.connection.execute(statement.with_for_update(read=True)).first() is not None


def is_nickname_free(connection: Connection, client_id: str, nickname: str, user_id: str) -> bool:
    """Whether the device calls nobody else by this nickname."""
    key = nickname_key(nickname)
    taken = (contacts.c.client_id == client_id) & (contacts.c.nickname_key == key)
    statement = select(contacts.c.user_id).where(taken, contacts.c.user_id != user_id)
    return connection.execute(statement).first() is None


def pair(unit: Unit, user_id: str, client_id: str, values: dict[str, Any]) -> None:
    """Puts a user into a device's contacts, or renews a pairing that stands; the nickname must be free."""
    row = {**values, "nickname_key": nickname_key(values["nickname"]), "blocked": False}
    if change(unit, user_id, client_id, row):
        return
    ids = {"user_id": user_id, "client_id": client_id, "paired_at": unit.now}
    unit.connection.execute(contacts.insert(), {**row, **ids})


def change(unit: Unit, user_id: str, client_id: str, values: dict[str, Any]) -> bool:
    """Sets columns of a pairing; False: there is none."""
    pair = (contacts.c.user_id == user_id) & (contacts.c.client_id == client_id)
    return unit.connection.execute(update(contacts).where(pair).values(**values)).rowcount == 1


def unpair(unit: Unit, user_id: str, client_id: str) -> bool:
    """Takes a user out of a device's contacts; False: they were not in."""
    pair = (contacts.c.user_id == user_id) & (contacts.c.client_id == client_id)
    return unit.connection.execute(contacts.delete().where(pair)).rowcount == 1
