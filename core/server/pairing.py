"""The terminal's side of pairing: look at who asks, then consent with nickname, name and place, or refuse.

A wrong code counts against the user who typed it; five lock typing for ten minutes, so that nobody finds a
stranger's device by trying. A right one in between forgives none of them: anybody can make right ones, with a
device of their own (RFC 8628 section 5.1).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import Row
from starlette.requests import Request

from core.database.writer import Unit
from core.domain.nickname import check_nickname, nickname_key
from core.domain.text_gate import NAME_LENGTH, pass_gate
from core.server import bearers
from core.server.answers import NOTHING, Answer, json_answer
from core.server.clients import Client, may_ask
from core.server.codes import plain
from core.server.devices import as_shown
from core.server.errors import Refused, too_many
from core.server.for_person import write_for
from core.server.json_endpoint import read_message
from core.server.services import Services
from core.server.store import contacts, grants, locks
from core.wire.messages import Consent, PairingView


class _Found(NamedTuple):
    """What a typed code led to."""

    grant: Row[Any] | None = None
    wait_s: float = 0.0
    is_taken: bool = False


async def look(services: Services, request: Request) -> Answer:
    """`GET /pairings/{user_code}`: who wants to be paired, in its own words.

    Raises:
        Refused: 404 `unknown_code`; 429 after five wrong ones.
    """
    grant = await _with_grant(services, request, lambda _unit, found, _user_id: _Found(found))
    client = await _client(services, grant.client_id)
    left = max(0, int(grant.expires_at - services.now()))
    may = may_ask(client.details_types, client.grants)
    return json_answer(PairingView(client.name, client.kind, may, left))  # type: ignore[arg-type]


async def consent(services: Services, request: Request) -> Answer:
    """`POST /pairings/{user_code}`: pairs; the same again gives the same answer.

    Raises:
        Refused: 409 `nickname_taken`: the device calls somebody else so; 404, 429 as `look`.
    """
    bearer = await bearers.require(services, request, "terminal")
    user_id, terminal_id = bearers.user_of(bearer), bearer.client_id
    wanted = await read_message(request, Consent)
    values = _values(wanted)

    def agree(unit: Unit, grant: Row[Any], user_id: str) -> _Found:
        if grant.state != "pending":
            return _Found(grant)
        contacts.hold_names(unit, grant.client_id)
        if not contacts.is_nickname_free(unit.connection, grant.client_id, values["nickname"], user_id):
            return _Found(grant, is_taken=True)
        if not grants.decide(unit, grant.user_code, "approved", user_id):
            return _standing(unit, grant, user_id, "approved")
        contacts.pair(unit, user_id, grant.client_id, values)
        unit.record("consent", "", {"client_id": grant.client_id, "terminal_id": terminal_id})
        return _Found(grant)

    grant = await _with_grant(services, request, agree, again="approved")
    device = await services.store.read(lambda c: as_shown(c, user_id, grant.client_id))
    if device is None or nickname_key(device.nickname) != nickname_key(wanted.nickname):
        raise _unknown_code()
    return json_answer(device, 201)


async def refuse(services: Services, request: Request) -> Answer:
    """`DELETE /pairings/{user_code}`: the device hears `access_denied`."""

    def deny(unit: Unit, grant: Row[Any], user_id: str) -> _Found:
        if grant.state == "pending" and not grants.decide(unit, grant.user_code, "denied", user_id):
            return _standing(unit, grant, user_id, "denied")
        return _Found(grant)

    await _with_grant(services, request, deny, again="denied")
    return NOTHING


async def _with_grant(
    services: Services,
    request: Request,
    act: Callable[[Unit, Row[Any], str], _Found],
    again: str = "",
) -> Row[Any]:
    """Runs `act` on the grant that waits for the code, or that this user moved to `again` before.

    Raises:
        Refused: 404 `unknown_code`, 409 `nickname_taken`, 429 `locked`.
    """
    user_id = bearers.user_of(await bearers.require(services, request, "terminal"))
    user_code = plain(request.path_params["user_code"])
    key = "pair:" + user_id

    def guard(unit: Unit) -> _Found:
        if wait := locks.locked_for_s(unit, key):
            return _Found(wait_s=wait)
        grant = grants.find_for(unit.connection, user_code, unit.now, user_id, again)
        if grant is None:
            locks.count_wrong(unit, key)
            return _Found()
        return act(unit, grant, user_id)

    found = await write_for(services, user_id, guard)
    if found.wait_s:
        raise too_many("Too many wrong codes. Wait ten minutes.", found.wait_s, "locked")
    if found.is_taken:
        raise Refused(409, "nickname_taken", "The device calls somebody else so. Choose another nickname.")
    if found.grant is None:
        raise _unknown_code()
    return found.grant


def _standing(unit: Unit, grant: Row[Any], user_id: str, again: str) -> _Found:
    """What another process made of a code a moment ago: nobody's any more, unless this user did it there."""
    return _Found(grants.find_for(unit.connection, grant.user_code, unit.now, user_id, again))


def _values(wanted: Consent) -> dict[str, Any]:
    place = wanted.place.sourced("registered") if wanted.place is not None else None
    return {
        "nickname": check_nickname(wanted.nickname),
        "device_name": pass_gate(wanted.device_name, NAME_LENGTH),
        "place": contacts.place_text(place),
        "spoken_as": None if wanted.spoken_as is None else pass_gate(wanted.spoken_as, NAME_LENGTH),
    }


async def _client(services: Services, client_id: str) -> Client:
    client = await services.clients.find(client_id)
    if client is None:
        raise _unknown_code()
    return client


def _unknown_code() -> Refused:
    return Refused(404, "unknown_code", "No device waits with this code. Look at it again.")
