"""Further terminals: a one-time code from an enrolled one or the operator lets another in."""

import secrets
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row
from starlette.requests import Request

from core.database.writer import Unit
from core.server import access_tokens
from core.server.access_tokens import hashed
from core.server.answers import NOTHING, Answer, json_answer
from core.server.enrolment import terminal_row
from core.server.errors import Refused, too_many
from core.server.services import Services
from core.server.store import locks, profiles
from core.wire.messages import (
    Enrolled,
    EnrolmentCode,
    NewTerminal,
    Profile,
    Terminals,
    TerminalView,
    decode,
)

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of enrolment codes: nothing that looks like another; 12 of them are 60 bits."""
CODE_S = 600
"""Seconds that a code from a terminal is good."""


class _Tried(NamedTuple):
    status: int
    wait_s: float = 0.0
    terminal_id: str = ""
    profile: Profile | None = None


async def add(services: Services, request: Request) -> Answer:
    """`POST /terminals`: a new terminal for the user whose code it brings; the same again, the same answer.

    Raises:
        Refused: 403 `wrong_code`; 429 after five of them from one address.
    """
    body = await request.body()
    new = decode(body, NewTerminal)
    terminal = terminal_row(services, new.terminal, new.proof, body)
    key = "enrol:" + (request.client.host if request.client else "")
    code_sha256 = hashed(plain(new.code))

    def enrol(unit: Unit) -> _Tried:
        if wait := locks.locked_for_s(unit, key):
            return _Tried(429, wait)
        code = profiles.find_code(unit.connection, code_sha256, unit.now)
        if code is None or not _take(unit, code, terminal):
            locks.count_wrong(unit, key)
            return _Tried(403)
        locks.forgive(unit, key)
        known = profiles.terminal_with_key(unit.connection, code.user_id, terminal["thumbprint"])
        return _Tried(201, 0.0, known or "", profiles.find_profile(unit.connection, code.user_id))

    tried = await services.store.write(enrol)
    if tried.status == 429:
        raise too_many("Too many wrong codes. Wait ten minutes.", tried.wait_s, "locked")
    if tried.profile is None:
        raise Refused(403, "wrong_code", "The code is wrong, used or over. Make a new one.")
    return json_answer(Enrolled(tried.terminal_id, tried.profile), 201)


def _take(unit: Unit, code: Row[Any], terminal: dict[str, Any]) -> bool:
    """Spends the code for this terminal, or finds that it already did."""
    known = profiles.terminal_with_key(unit.connection, code.user_id, terminal["thumbprint"])
    if known is not None:
        return code.used_by == known or profiles.use_code(unit, code.code_sha256, known)
    if not profiles.use_code(unit, code.code_sha256, terminal["terminal_id"]):
        return False
    profiles.add_terminal(unit, {**terminal, "user_id": code.user_id})
    return True


async def make_code(services: Services, request: Request) -> Answer:
    """`POST /enrolment-codes`: a one-time code, in place of earlier ones."""
    user_id = access_tokens.user_of(await access_tokens.require(services, request, "terminal"))
    code = new_code()
    await services.store.write(lambda unit: profiles.add_code(unit, user_id, hashed(plain(code)), CODE_S))
    return json_answer(EnrolmentCode(code, CODE_S), 201)


async def every(services: Services, request: Request) -> Answer:
    """`GET /terminals`."""
    bearer = await access_tokens.require(services, request, "terminal")
    rows = await services.store.read(lambda c: profiles.terminals_of(c, access_tokens.user_of(bearer)))
    views = tuple(
        TerminalView(row.terminal_id, row.name, instant(row.enrolled_at), row.terminal_id == bearer.client_id)
        for row in rows
    )
    return json_answer(Terminals(views))


async def remove(services: Services, request: Request) -> Answer:
    """`DELETE /terminals/{id}`: its inbox closes and its token dies at once.

    Raises:
        Refused: 404 `unknown_terminal`.
    """
    user_id = access_tokens.user_of(await access_tokens.require(services, request, "terminal"))
    terminal_id = request.path_params["terminal_id"]
    if not await services.store.write(lambda unit: profiles.remove_terminal(unit, user_id, terminal_id)):
        raise Refused(404, "unknown_terminal", "You have no terminal of that id.")
    services.clients.forget(terminal_id)
    return NOTHING


def new_code() -> str:
    """A one-time code as it is shown: XXXX-XXXX-XXXX."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def plain(code: str) -> str:
    """A typed code without what people add: spaces, hyphens, small letters."""
    return "".join(char for char in code.upper() if char.isalnum())


def instant(at: float) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
