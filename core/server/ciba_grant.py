"""The CIBA branch of `POST /token` (CIBA Core 1.0 sections 10.1 and 11): how a device hears the end of it.

A request is redeemed once, by a guarded update, however many polls arrive at the same time. When a device
last polled is kept in memory only: it decides nothing but `slow_down`.
"""

import msgspec

from core.database.writer import Unit
from core.domain.request import State, as_requester_sees
from core.domain.times import POLL_INTERVAL_S, REDEEMABLE_S
from core.server import expiry, issuing, views
from core.server.answers import Answer, json_answer
from core.server.client_auth import ClientProof, spend, spend_now
from core.server.clients import Client
from core.server.errors import BadClient
from core.server.forms import Form, required
from core.server.id_tokens import Binding
from core.server.issuing import Issued
from core.server.polls import Pace, polls_of
from core.server.services import Services
from core.server.store import requests as store
from core.server.store.requests import Stored
from core.wire.problem import OAuthError

_PENDING = State.PENDING.value


def _told(reason: str, detail: str) -> Answer:
    return Answer(400, msgspec.json.encode(OAuthError(reason, detail)))


PENDING = _told("authorization_pending", "The person has not decided yet, or the payment is under way.")
TOO_FAST = _told("slow_down", "Poll more slowly: five seconds more between two polls.")
EXPIRED = _told("expired_token", "Nobody decided in time. Ask again.")
DENIED = _told("access_denied", "The request was refused.")
WITHDRAWN = _told("access_denied", "withdrawn")
STUBBORN = _told("invalid_request", "Polling goes on too fast. Keep to the interval.")
NOT_VALID = _told("invalid_grant", "There is no such request of this client, or it was redeemed.")
_BY_PACE = {Pace.FINE: PENDING, Pace.TOO_FAST: TOO_FAST, Pace.STUBBORN: STUBBORN}


async def redeem(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Answers a poll: tokens once, before that and after it one of the 400 answers above.

    Raises:
        Refused: 400 `invalid_request`: no `auth_req_id`.
        BadClient: 401: the client's assertion was used before.
    """
    request_id = required(form, "auth_req_id")
    if await _is_waiting(services, proof, request_id):
        await spend_now(services, proof)
        return _wait_on(services, request_id)
    stored = await services.store.read(lambda connection: store.find(connection, request_id))
    if stored is not None and stored.state == State.PENDING and stored.decide_by <= services.now():
        stored = await _judge_expiry(services, request_id)
    if stored is None or stored.client_id != proof.client.client_id:
        await spend_now(services, proof)
        return NOT_VALID
    refusal = _refusal(services, stored)
    if refusal is PENDING or refusal is TOO_FAST or refusal is STUBBORN:
        await spend_now(services, proof)
        return refusal
    if refusal is not None:
        await _tell_end(services, proof, stored)
        return refusal
    return await _redeem(services, proof, stored)


async def _is_waiting(services: Services, proof: ClientProof, request_id: str) -> bool:
    """Whether the answer is plain: it is this client's, and its window is open."""
    row = await services.store.one(store.STANDING, request_id=request_id)
    if row is None:
        return False
    client_id, state, decide_by = row
    is_theirs = bool(client_id == proof.client.client_id)
    return is_theirs and state == _PENDING and decide_by > services.now()


def _wait_on(services: Services, request_id: str) -> Answer:
    return _BY_PACE[polls_of(services).count(request_id, services.now(), POLL_INTERVAL_S)]


async def _tell_end(services: Services, proof: ClientProof, stored: Stored) -> None:
    """Records the first refusal that tells a device the end, in the commit that spends its assertion.

    The log keeps what it is given for good, and a device can ask for the same end without end.
    """
    if stored.redeemed_at is not None:
        await spend_now(services, proof)
        return
    data = {"client_id": stored.client_id, "state": as_requester_sees(State(stored.state)).value}

    def guard(unit: Unit) -> bool:
        if not spend(unit, proof):
            return False
        if store.redeem(unit, stored.request_id, 0.0):
            unit.record("refusal", stored.request_id, data)
        return True

    if not await services.store.write(guard):
        raise BadClient


async def _judge_expiry(services: Services, request_id: str) -> Stored | None:
    """Whether the window is really over is for the writer to say: a decision may be ahead in its queue."""

    def guard(unit: Unit) -> Stored | None:
        expiry.expire(unit, request_id)
        return store.find(unit.connection, request_id)

    return await services.store.write(guard)


def _refusal(services: Services, stored: Stored) -> Answer | None:
    now = services.now()
    if stored.state == State.PENDING or views.is_settling(stored, now):
        return _wait_on(services, stored.request_id)
    polls_of(services).forget(stored.request_id)
    if stored.state in (State.DENIED, State.REPORTED):
        return DENIED
    return {State.WITHDRAWN.value: WITHDRAWN, State.EXPIRED.value: EXPIRED}.get(stored.state)


async def _redeem(services: Services, proof: ClientProof, stored: Stored) -> Answer:
    client = proof.client

    def guard(unit: Unit) -> Issued | bool | None:
        return issue(services, unit, client, stored, proof.jkt) if spend(unit, proof) else False

    issued = await services.store.write(guard)
    if issued is False:
        raise BadClient
    if not isinstance(issued, Issued):
        return NOT_VALID
    return json_answer(token_response(services, client, stored, issued))


def issue(
    services: Services, unit: Unit, client: Client, stored: Stored, jkt: str | None = None
) -> Issued | None:
    """The tokens of an approved request, inside a guard; None when it was redeemed before, or is too old."""
    if not store.redeem(unit, stored.request_id, unit.now - REDEEMABLE_S):
        return None
    unit.record("tokens", stored.request_id, {"client_id": client.client_id, "state": stored.state})
    return issuing.issue(services, unit, client, stored, jkt)


def token_response(services: Services, client: Client, stored: Stored, issued: Issued) -> dict[str, object]:
    """The successful answer, polled for or pushed (CIBA Core 1.0 sections 10.1.1 and 10.3.1)."""
    binding = Binding(refresh_token=issued.refresh_token)
    return issuing.token_response(services, client, stored, issued, binding)
