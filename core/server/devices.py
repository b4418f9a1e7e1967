"""The devices of a person, as that person named them: listed, changed, unpaired."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Row
from starlette.requests import Request

from core.database.writer import Unit
from core.domain.nickname import check_nickname, nickname_key
from core.domain.place import Place
from core.domain.text_gate import NAME_LENGTH, pass_gate
from core.server import bearers
from core.server.answers import NOTHING, Answer, json_answer
from core.server.clients import StoredMetadata, may_ask
from core.server.errors import Refused
from core.server.json_endpoint import read_message
from core.server.parting import part
from core.server.services import Services
from core.server.store import contacts, pairs
from core.server.terminals import instant
from core.wire.messages import Device, DeviceChange, Devices


def as_shown(connection: Connection, user_id: str, client_id: str) -> Device | None:
    """One device as its person sees it, or None."""
    row = contacts.find(connection, user_id, client_id)
    return None if row is None else _device(row, pairs.figures_of(connection, user_id))


async def every(services: Services, request: Request) -> Answer:
    """`GET /devices`."""
    user_id = bearers.user_of(await bearers.require(services, request, "terminal"))

    def read(connection: Connection) -> tuple[Device, ...]:
        figures = pairs.figures_of(connection, user_id)
        return tuple(_device(row, figures) for row in contacts.of_user(connection, user_id))

    return json_answer(Devices(await services.store.read(read)))


async def change(services: Services, request: Request) -> Answer:
    """`PATCH /devices/{client_id}`: sets the members that are there; blocking ends what it still asks.

    Raises:
        Refused: 404 `unknown_device`; 409 `nickname_taken`.
    """
    bearer = await bearers.require(services, request, "terminal")
    user_id = bearers.user_of(bearer)
    client_id = request.path_params["client_id"]
    values = _columns(await read_message(request, DeviceChange))

    def keep(unit: Unit) -> Device | str:
        nickname = values.get("nickname")
        if nickname:
            contacts.hold_names(unit, client_id)
        if contacts.find(unit.connection, user_id, client_id) is None:
            return "unknown_device"
        if nickname and not contacts.is_nickname_free(unit.connection, client_id, nickname, user_id):
            return "nickname_taken"
        if values:
            contacts.change(unit, user_id, client_id, values)
        if values.get("blocked"):
            part(services, unit, client_id, user_id, bearer.client_id)
        return as_shown(unit.connection, user_id, client_id) or "unknown_device"

    outcome = await services.store.write(keep)
    if outcome == "nickname_taken":
        raise Refused(409, "nickname_taken", "The device calls somebody else so. Choose another nickname.")
    if isinstance(outcome, str):
        raise _unknown_device()
    return json_answer(outcome)


async def unpair(services: Services, request: Request) -> Answer:
    """`DELETE /devices/{client_id}`: from now on the device does not know this person, nor asks.

    Raises:
        Refused: 404 `unknown_device`.
    """
    bearer = await bearers.require(services, request, "terminal")
    user_id = bearers.user_of(bearer)
    client_id = request.path_params["client_id"]

    def leave(unit: Unit) -> bool:
        if not contacts.unpair(unit, user_id, client_id):
            return False
        part(services, unit, client_id, user_id, bearer.client_id)
        return True

    if not await services.store.write(leave):
        raise _unknown_device()
    return NOTHING


def _columns(wanted: DeviceChange) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if wanted.name is not msgspec.UNSET:
        values["device_name"] = pass_gate(wanted.name, NAME_LENGTH)
    if wanted.nickname is not msgspec.UNSET:
        values["nickname"] = check_nickname(wanted.nickname)
        values["nickname_key"] = nickname_key(values["nickname"])
    if wanted.place is not msgspec.UNSET:
        place = wanted.place.sourced("registered") if wanted.place is not None else None
        values["place"] = contacts.place_text(place)
    if wanted.blocked is not msgspec.UNSET:
        values["blocked"] = wanted.blocked
    return values


def _device(row: Row[Any], figures: dict[str, pairs.Figures]) -> Device:
    stored = msgspec.json.decode(row.metadata, type=StoredMetadata)
    past = figures.get(row.client_id, pairs.Figures(0, 0, "JPY"))
    return Device(
        client_id=row.client_id,
        name=row.device_name,
        kind=row.kind,
        nickname=row.nickname,
        paired_at=instant(row.paired_at),
        place=msgspec.json.decode(row.place, type=Place) if row.place else None,
        blocked=row.blocked,
        requests=past.requests,
        spent_value=past.spent_value,
        spent_currency=past.spent_currency,
        may=may_ask(stored.authorization_details_types, stored.grant_types),
    )


def _unknown_device() -> Refused:
    return Refused(404, "unknown_device", "You have no paired device of that id.")
