"""People: a profile is registered from a terminal (claim 1), read and changed by any terminal of its user."""

from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from starlette.requests import Request

from core.database.writer import Unit
from core.domain.limits import QuietHours
from core.domain.nickname import check_nickname, is_user_id
from core.domain.text_gate import NAME_LENGTH, pass_gate
from core.domain.times import WINDOW_MAX_S, WINDOW_MIN_S
from core.server import bearers, door, pin_guard, user_codes
from core.server.answers import Answer, json_answer
from core.server.enrolment import pin_key, terminal_row
from core.server.errors import BadBearer, Refused
from core.server.for_person import write_for
from core.server.json_endpoint import read_message
from core.server.services import Services
from core.server.store import erasure, profiles
from core.wire.messages import Enrolled, NewProfile, Profile, ProfileChange, decode

LOCALES = ("en", "ja")
_MAX_VALUE = 10**12


async def create(services: Services, request: Request) -> Answer:
    """`POST /profiles`: a new user with their first terminal; the same again gives the same answer.

    Raises:
        BadBearer: 401: the secret is missing.
        Refused: 409 `user_id_taken`; 400 with the code of what is wrong.
    """
    door.require_secret(services, request)
    body = await request.body()
    new = decode(body, NewProfile)
    user = _user_row(new)
    terminal = {**terminal_row(services, new.terminal, new.proof, body), "user_id": new.user_id}

    pseudonym = services.subjects.of_gone(new.user_id)

    def enrol(unit: Unit) -> tuple[int, str, Profile | None]:
        # Looked up after the insert, which waits for a deletion of the same ID in another process.
        is_new = profiles.add_user(unit, user)
        if is_new and erasure.is_gone(unit.connection, pseudonym):
            profiles.take_back(unit, new.user_id)
            return 409, "", None
        if is_new:
            profiles.add_terminal(unit, terminal)
            return 201, terminal["terminal_id"], profiles.find_profile(unit.connection, new.user_id)
        known = profiles.terminal_with_key(unit.connection, new.user_id, terminal["thumbprint"])
        if known is None:
            return 409, "", None
        return 200, known, profiles.find_profile(unit.connection, new.user_id)

    status, terminal_id, profile = await services.store.write(enrol)
    if profile is None:
        raise Refused(409, "user_id_taken", "Somebody has this user ID. Choose another one.")
    return json_answer(Enrolled(terminal_id, profile), status)


async def read(services: Services, request: Request) -> Answer:
    """`GET /profile`.

    Raises:
        BadBearer: 401: also when the person was deleted a moment ago.
    """
    user_id = bearers.user_of(await bearers.require(services, request, "terminal"))
    profile = await services.store.read(lambda c: profiles.find_profile(c, user_id))
    if profile is None:
        raise BadBearer
    return json_answer(profile)


async def change(services: Services, request: Request) -> Answer:
    """`PATCH /profile`: sets the members that are there.

    Raises:
        Refused: 400 with the code of what is wrong, `pin_needed` among them; nothing is set then.
        ArtifactRefused: 400: the PIN's word is not what it should be; nothing is set then.
    """
    bearer = await bearers.require(services, request, "terminal")
    user_id, terminal_id = bearers.user_of(bearer), bearer.client_id
    wanted = await read_message(request, ProfileChange)
    values = _changed_columns(user_id, wanted)
    mine = await services.store.read(lambda c: profiles.thumbprint_of(c, terminal_id))
    pin = {} if wanted.pin_jwk is msgspec.UNSET else {"pin_jwk": pin_key(wanted.pin_jwk, mine)}
    proof = await pin_guard.read_proof(
        services, bearer, await request.body(), wanted.pin_proof, wanted.pin_code
    )

    def keep(unit: Unit) -> Profile | Refused | None:
        if not pin_guard.lets(unit, proof, values | pin):
            return pin_guard.needed()
        profiles.change_user(unit, user_id, values)
        if pin:
            profiles.set_pin_key(unit, terminal_id, pin["pin_jwk"])
        return profiles.find_profile(unit.connection, user_id)

    kept = await write_for(services, user_id, keep)
    if isinstance(kept, Refused):
        raise kept
    return json_answer(kept)


def _user_row(new: NewProfile) -> dict[str, Any]:
    if not is_user_id(new.user_id):
        raise Refused(400, "bad_user_id", "A user ID is 2 to 32 of a-z, 0-9, dot, hyphen, underscore.")
    return {
        "user_id": new.user_id,
        "nickname": check_nickname(new.nickname),
        "spoken_as": _name_or_none(new.spoken_as),
        "display_name": _name_or_none(new.display_name),
        "locale": _locale(new.locale),
        "zone": _zone(new.zone),
    }


def _changed_columns(user_id: str, wanted: ProfileChange) -> dict[str, Any]:
    """The columns to set; every value is checked before any is set."""
    checks: dict[str, Any] = {
        "nickname": check_nickname,
        "spoken_as": _name_or_none,
        "display_name": _name_or_none,
        "locale": _locale,
        "zone": _zone,
        "window_s": _window,
        "pin_above": _limit,
        "match_code": bool,
        "presence_shared": bool,
    }
    given = {name: getattr(wanted, name) for name in checks}
    values = {name: checks[name](value) for name, value in given.items() if value is not msgspec.UNSET}
    if wanted.user_code is not msgspec.UNSET:
        values["user_code_sha256"] = user_codes.kept(user_id, wanted.user_code)
    if wanted.quiet_hours is not msgspec.UNSET:
        values["quiet_start"], values["quiet_end"] = _quiet(wanted.quiet_hours)
    return values


def _name_or_none(text: str | None) -> str | None:
    return None if text is None else pass_gate(text, NAME_LENGTH)


def _locale(locale: str) -> str:
    if locale not in LOCALES:
        raise Refused(400, "bad_locale", "The languages are en and ja.")
    return locale


def _zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as error:
        raise Refused(400, "bad_zone", "The time zone is no IANA name, such as Asia/Tokyo.") from error
    return zone


def _window(window_s: int) -> int:
    if not WINDOW_MIN_S <= window_s <= WINDOW_MAX_S:
        raise Refused(400, "bad_window", f"The window is {WINDOW_MIN_S} to {WINDOW_MAX_S} seconds.")
    return window_s


def _limit(value: int | None) -> int | None:
    if value is not None and not 0 <= value <= _MAX_VALUE:
        raise Refused(400, "bad_limit", "The limit is a whole number of minor units from 0.")
    return value


def _quiet(hours: QuietHours | None) -> tuple[int | None, int | None]:
    if hours is None:
        return None, None
    if not (0 <= hours.start_minute < 1440 and 0 <= hours.end_minute < 1440):
        raise Refused(400, "bad_quiet_hours", "Quiet hours are minutes of the day, 0 to 1439.")
    return hours.start_minute, hours.end_minute
