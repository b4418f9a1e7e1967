"""The CIBA branch of `POST /token` (CIBA Core 1.0 sections 10.1 and 11): how a device hears the end of it.

A request is redeemed once, by a guarded update, however many polls arrive at the same time. When a device
last polled is kept in memory only: it decides nothing but `slow_down`.
"""

import math

import msgspec

from core.database.writer import Unit
from core.domain.request import State, as_requester_sees
from core.domain.times import POLL_INTERVAL_S, REDEEMABLE_S
from core.server import expiry, id_tokens, views
from core.server.answers import Answer, json_answer
from core.server.authorization_details import PROCEDURE, PURCHASE
from core.server.client_auth import ClientProof, spend, spend_now
from core.server.clients import Client
from core.server.errors import BadClient
from core.server.forms import Form, required
from core.server.services import Services
from core.server.store import requests as store
from core.server.store.requests import Stored
from core.wire.problem import OAuthError

_NOT_BY_A_NOD = frozenset({"terminal", "device", "observe"})
_SLOWER_S = 5.0
_TOLERANCE_S = 0.25
_KEPT = 100_000


def _told(reason: str, detail: str) -> Answer:
    return Answer(400, msgspec.json.encode(OAuthError(reason, detail)))


PENDING = _told("authorization_pending", "The person has not decided yet, or the payment is under way.")
TOO_FAST = _told("slow_down", "Poll more slowly: five seconds more between two polls.")
EXPIRED = _told("expired_token", "Nobody decided in time. Ask again.")
DENIED = _told("access_denied", "The request was refused.")
WITHDRAWN = _told("access_denied", "withdrawn")
NOT_VALID = _told("invalid_grant", "There is no such request of this client, or it was redeemed.")


class Polls:
    """When each pending request was last polled, and how often it may be."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[float, float]] = {}

    def is_too_fast(self, request_id: str, now: float) -> bool:
        """Counts a poll; a fast one makes the interval 5 s longer for good (RFC 8628 section 3.5)."""
        last, interval = self._last.get(request_id, (-math.inf, float(POLL_INTERVAL_S)))
        fast = now - last < interval - _TOLERANCE_S
        if len(self._last) >= _KEPT:
            self._last.clear()
        self._last[request_id] = (now, interval + _SLOWER_S if fast else interval)
        return fast

    def forget(self, request_id: str) -> None:
        """Drops a request that is over."""
        self._last.pop(request_id, None)


async def redeem(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Answers a poll: tokens once, before that and after it one of the 400 answers above.

    Raises:
        Refused: 400 `invalid_request`: no `auth_req_id`.
        BadClient: 401: the client's assertion was used before.
    """
    request_id = required(form, "auth_req_id")
    stored = await services.store.read(lambda connection: store.find(connection, request_id))
    if stored is not None and stored.state == State.PENDING and stored.decide_by <= services.now():
        stored = await _judge_expiry(services, request_id)
    if stored is None or stored.client_id != proof.client.client_id:
        await spend_now(services, proof)
        return NOT_VALID
    refusal = _refusal(services, stored)
    if refusal is PENDING or refusal is TOO_FAST:
        await spend_now(services, proof)
        return refusal
    if refusal is not None:
        await _tell_end(services, proof, stored)
        return refusal
    return await _redeem(services, proof, stored)


async def _tell_end(services: Services, proof: ClientProof, stored: Stored) -> None:
    """Records the refusal that tells a device the end, in the commit that spends its assertion."""
    data = {"client_id": stored.client_id, "state": as_requester_sees(State(stored.state)).value}

    def guard(unit: Unit) -> bool:
        if not spend(unit, proof):
            return False
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
        return TOO_FAST if polls_of(services).is_too_fast(stored.request_id, now) else PENDING
    polls_of(services).forget(stored.request_id)
    if stored.state in (State.DENIED, State.REPORTED):
        return DENIED
    return {State.WITHDRAWN.value: WITHDRAWN, State.EXPIRED.value: EXPIRED}.get(stored.state)


async def _redeem(services: Services, proof: ClientProof, stored: Stored) -> Answer:
    client = proof.client
    scopes = frozenset(stored.scope.split()) - _NOT_BY_A_NOD

    def guard(unit: Unit) -> str | bool:
        if not spend(unit, proof):
            return False
        if not store.redeem(unit, stored.request_id, unit.now - REDEEMABLE_S):
            return True
        unit.record("tokens", stored.request_id, {"client_id": client.client_id, "state": stored.state})
        return services.tokens.issue(unit, client, scopes, stored.user_id)

    issued = await services.store.write(guard)
    if issued is False:
        raise BadClient
    if not isinstance(issued, str):
        return NOT_VALID
    return json_answer(token_response(services, client, stored, issued))


def token_response(
    services: Services, client: Client, stored: Stored, access_token: str
) -> dict[str, object]:
    """The successful answer (OpenID Connect Core 3.1.3.3, RFC 9396 section 7)."""
    answer: dict[str, object] = {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": services.tokens.life_s,
        "scope": stored.scope,
        "id_token": id_tokens.make(services, client, stored, access_token),
    }
    outcome = views.outcome_of(stored, services.now())
    if outcome is not None:
        told = {"type": PURCHASE, "outcome": msgspec.to_builtins(outcome)}
        answer["authorization_details"] = [told]
    elif (procedure := stored.shown().procedure) is not None:
        answer["authorization_details"] = [{"type": PROCEDURE, **msgspec.to_builtins(procedure)}]
    return answer


def polls_of(services: Services) -> Polls:
    """The polls of this server."""
    found = services.shared.get(Polls)
    if not isinstance(found, Polls):
        found = services.shared[Polls] = Polls()
    return found
