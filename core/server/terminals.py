"""Further terminals: a one-time code from an enrolled one or the operator lets another in."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row
from starlette.requests import Request

from core.database.writer import Unit
from core.server import bearers, codes, pin_guard
from core.server.answers import NOTHING, Answer, json_answer
from core.server.enrolment import terminal_row
from core.server.errors import Refused
from core.server.for_person import write_for
from core.server.services import Services
from core.server.store import codes as kept_codes
from core.server.store import profiles
from core.wire.messages import (
    CodeWanted,
    Enrolled,
    EnrolmentCode,
    NewTerminal,
    Terminals,
    TerminalView,
    decode,
)

CODE_S = 600
"""Seconds that a code from a terminal is good."""


async def add(services: Services, request: Request) -> Answer:
    """`POST /terminals`: a new terminal for the user whose code it brings; the same again, the same answer.

    Raises:
        Refused: 403 `wrong_code`; 400 `pin_needed`: it brings a PIN, and the code does not stand for one.
    """
    body = await request.body()
    new = decode(body, NewTerminal)
    terminal = terminal_row(services, new.terminal, new.proof, body)
    code = codes.typed(new.code)

    def enrol(unit: Unit) -> Enrolled | Refused:
        found = kept_codes.find(unit.connection, code, unit.now)
        if found is not None and _needs_pin(unit, found, terminal):
            return pin_guard.needed()
        if found is None or not _take(unit, found, terminal):
            kept_codes.count_wrong(unit, code)
            return _wrong_code()
        known = profiles.terminal_with_key(unit.connection, found.user_id, terminal["thumbprint"])
        profile = profiles.find_profile(unit.connection, found.user_id)
        return _wrong_code() if known is None or profile is None else Enrolled(known, profile)

    enrolled = await services.store.write(enrol)
    if isinstance(enrolled, Refused):
        raise enrolled
    return json_answer(enrolled, 201)


def _wrong_code() -> Refused:
    return Refused(403, "wrong_code", "The code is wrong, used or over. Make a new one.")


def _needs_pin(unit: Unit, code: Row[Any], terminal: dict[str, Any]) -> bool:
    """Whether a PIN would come in with a code that was made without the one that is there."""
    is_barred = terminal["pin_jwk"] is not None and not code.opens_pin and code.used_by is None
    return is_barred and profiles.ever_had_pin(unit.connection, code.user_id)


def _take(unit: Unit, code: Row[Any], terminal: dict[str, Any]) -> bool:
    """Spends the code for this terminal, or finds that it already did."""
    known = profiles.terminal_with_key(unit.connection, code.user_id, terminal["thumbprint"])
    if known is not None:
        return code.used_by == known or kept_codes.use(unit, code.code_sha256, known)
    if not kept_codes.use(unit, code.code_sha256, terminal["terminal_id"]):
        return False
    profiles.add_terminal(unit, {**terminal, "user_id": code.user_id})
    return True


async def make_code(services: Services, request: Request) -> Answer:
    """`POST /enrolment-codes`: a one-time code, in place of earlier ones; by the PIN it opens the PIN too.

    Raises:
        Refused: 400 `pin_needed`: the word is not by the PIN that stands, or was used before.
        ArtifactRefused: 400: the word is not what it should be.
    """
    bearer = await bearers.require(services, request, "terminal")
    user_id, body = bearers.user_of(bearer), await request.body()
    wanted = decode(body, CodeWanted) if body else CodeWanted()
    proof = await pin_guard.read_proof(services, bearer, body, wanted.pin_proof)
    code = codes.new_code()

    def keep(unit: Unit) -> bool:
        opens_pin = proof.word is not None
        if opens_pin and not pin_guard.accept(unit, proof):
            return False
        kept_codes.add(unit, user_id, codes.typed(code), CODE_S, opens_pin=opens_pin)
        return True

    if not await write_for(services, user_id, keep):
        raise pin_guard.needed()
    return json_answer(EnrolmentCode(code, CODE_S), 201)


async def every(services: Services, request: Request) -> Answer:
    """`GET /terminals`."""
    bearer = await bearers.require(services, request, "terminal")
    rows = await services.store.read(lambda c: profiles.terminals_of(c, bearers.user_of(bearer)))
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
    user_id = bearers.user_of(await bearers.require(services, request, "terminal"))
    terminal_id = request.path_params["terminal_id"]
    if not await services.store.write(lambda unit: profiles.remove_terminal(unit, user_id, terminal_id)):
        raise Refused(404, "unknown_terminal", "You have no terminal of that id.")
    services.clients.forget(terminal_id)
    return NOTHING


def instant(at: float) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
