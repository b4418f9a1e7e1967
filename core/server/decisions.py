"""`POST /requests/{id}/decision`: the terminal's signed answer, taken once.

The signature, what it was made for and the presence that it shows are checked first, with nothing changed.
Then one guarded update decides: still pending, and still in time by the clock that the writer reads just
before it. The payment token and its row in the outbox are part of the same commit.
"""

import msgspec
from sqlalchemy import exists
from starlette.requests import Request

from core.database.writer import Unit
from core.domain.decision import Decision, Presence, Verdict, judge
from core.domain.request import State
from core.server import expiry, minting
from core.server.access_tokens import Bearer
from core.server.answers import Answer, json_answer
from core.server.bearers import require, user_of
from core.server.errors import Refused
from core.server.json_endpoint import read_message
from core.server.services import Services
from core.server.store import outbox, pairs
from core.server.store import requests as store
from core.server.store.request_tables import requests
from core.server.store.requests import Stored
from core.server.store.tables import terminals
from core.server.terminal_keys import TerminalKeys, keys_of
from core.wire import approval as approvals
from core.wire.approval import Approval, Expected
from core.wire.canonical import sha256
from core.wire.errors import BadClaim
from core.wire.messages import DecisionAnswer, DecisionBody
from core.wire.problem import MEDIA_TYPE, Problem


async def decide(services: Services, request: Request) -> Answer:
    """Takes a decision, or says which one stands.

    Raises:
        Refused: 404 `unknown_request`; 400 `pin_needed`.
        ArtifactRefused: 400: form, signature, key or binding of the approval is wrong; nothing changes.
    """
    bearer = await require(services, request, "terminal")
    body = await read_message(request, DecisionBody)
    request_id = request.path_params["request_id"]
    stored, keys = await services.store.read(
        lambda db: (store.find(db, request_id), keys_of(db, bearer.client_id))
    )
    if stored is None or keys is None or stored.user_id != user_of(bearer):
        raise Refused(404, "unknown_request", "There is no such request of yours.")
    signed_sha256 = sha256(body.approval)
    if stored.approval_sha256 == signed_sha256:
        return _standing(stored)
    approval = _verify(services, bearer, stored, keys, body.approval)
    stands = await _take(services, bearer, stored, approval, body.approval)
    return _standing(stands) if stands.approval_sha256 == signed_sha256 else _too_late(stands)


def _verify(services: Services, bearer: Bearer, stored: Stored, keys: TerminalKeys, compact: str) -> Approval:
    expected = Expected(
        bearer.client_id,
        stored.user_id,
        services.issuer,
        stored.request_id,
        stored.shown().sha256,
        stored.challenge,
    )
    approval = approvals.verify(compact, keys.trusted, expected=expected)
    is_by_pin = keys.is_by_pin(compact)
    if is_by_pin != (approval.presence is Presence.PIN):
        raise BadClaim("The presence does not fit the key that signed.")
    if approval.decision is Decision.APPROVE and stored.presence == Presence.PIN and not is_by_pin:
        raise Refused(400, "pin_needed", "This amount needs the PIN. Nothing has changed.")
    return approval


async def _take(
    services: Services, bearer: Bearer, stored: Stored, approval: Approval, compact: str
) -> Stored:
    verdict = judge(approval.decision, approval.match_code, stored.match_code, approval.reason)
    purchase = stored.shown().purchase
    token = None
    if verdict.state is State.APPROVED and purchase is not None:
        token = minting.mint(services, stored, purchase, sha256(compact))

    def guard(unit: Unit) -> Stored:
        if not _admit(unit, bearer, stored, verdict, compact):
            expiry.expire(unit, stored.request_id)
        elif token is not None:
            outbox.add(unit, stored.request_id, token.compact, token.exp)
        return store.find(unit.connection, stored.request_id) or stored

    return await services.store.write(guard)


def _admit(unit: Unit, bearer: Bearer, stored: Stored, verdict: Verdict, compact: str) -> bool:
    """The one guarded update; whether this decision was the first, and in time."""
    is_there = exists().where(terminals.c.terminal_id == bearer.client_id, terminals.c.removed_at.is_(None))
    moved = store.move(
        unit,
        stored.request_id,
        verdict.state,
        requests.c.decide_by > unit.now,
        is_there,
        ended_at=unit.now,
        approval=compact,
        approval_sha256=sha256(compact),
        terminal_id=bearer.client_id,
        reason=verdict.reason.value if verdict.reason is not None else None,
    )
    if moved is None:
        return False
    pairs.ended(unit, stored.client_id, stored.user_id, refused=verdict.state is not State.APPROVED)
    unit.record(
        "decision", stored.request_id, {"state": verdict.state.value, "terminal_id": bearer.client_id}
    )
    return True


def _standing(stored: Stored) -> Answer:
    return json_answer(
        msgspec.convert(
            {
                "id": stored.request_id,
                "state": stored.state,
                "revision": stored.revision,
                "reason": stored.reason,
            },
            DecisionAnswer,
        )
    )


def _too_late(stored: Stored) -> Answer:
    detail = f"The request is {stored.state} already."
    problem = Problem(
        409,
        "already_decided",
        detail,
        state=stored.state,
        reason=stored.reason,
        revision=stored.revision,
    )
    return Answer(409, msgspec.json.encode(problem), media_type=MEDIA_TYPE)
