"""`POST /revoke` (RFC 7009): a token dies, or a request that nobody decided yet is withdrawn."""

from core.database.writer import Unit
from core.domain.request import State
from core.server import expiry, issuing
from core.server.access_tokens import hashed
from core.server.answers import Answer, json_answer
from core.server.client_auth import ClientProof, spend
from core.server.errors import BadClient, Refused
from core.server.forms import Form, required
from core.server.services import Services
from core.server.store import pairs, refresh
from core.server.store import requests as store
from core.server.store.request_tables import requests
from core.server.store.requests import Stored
from core.server.views import for_requester

HINT = "auth_req_id"
"""The `token_type_hint` of a withdrawal."""


async def revoke(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Revokes; an unknown token is answered like a revoked one (RFC 7009 section 2.2).

    Raises:
        Refused: 409 `already_decided` with the state: too late to withdraw.
        BadClient: 401: the client's assertion was used before.
    """
    token = required(form, "token")
    if form.get("token_type_hint") == HINT or store.can_be_id(token):
        return await _withdraw(services, proof, token)

    def guard(unit: Unit) -> bool:
        if not spend(unit, proof):
            return False
        if not services.tokens.revoke(unit, token, proof.client.client_id):
            kept = refresh.find(unit.connection, hashed(token))
            if kept is not None and kept.client_id == proof.client.client_id:
                issuing.revoke_grant(services, unit, kept.grant_id)
        return True

    if not await services.store.write(guard):
        raise BadClient
    return Answer(200)


async def _withdraw(services: Services, proof: ClientProof, request_id: str) -> Answer:
    client_id = proof.client.client_id

    def guard(unit: Unit) -> Stored | bool | None:
        if not spend(unit, proof):
            return False
        mine = (requests.c.client_id == client_id, requests.c.decide_by > unit.now)
        moved = store.move(unit, request_id, State.WITHDRAWN, *mine, ended_at=unit.now)
        if moved is None:
            expiry.expire(unit, request_id)
        else:
            pairs.ended(unit, client_id, moved[0], refused=None)
            unit.record("withdrawal", request_id, {"client_id": client_id})
        return store.find(unit.connection, request_id)

    stored = await services.store.write(guard)
    if stored is False:
        raise BadClient
    if not isinstance(stored, Stored) or stored.client_id != client_id:
        return Answer(200)
    told = for_requester(stored, services.now())
    if told.state is not State.WITHDRAWN:
        raise Refused(409, "already_decided", "It is too late to withdraw this.", state=told.state.value)
    return json_answer({"state": told.state.value})
