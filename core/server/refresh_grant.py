"""`/token` with a refresh token (RFC 6749 section 6): it is used once, and the next comes with the answer.

A refresh token that comes twice was copied, by whichever of the two: the whole grant ends (RFC 9700 section
4.14). It works for its client only, with the key that it is bound to, and no longer than the pairing lasts.
"""

from core.database.writer import Unit
from core.server import issuing
from core.server.access_tokens import hashed
from core.server.answers import Answer, json_answer
from core.server.client_auth import ClientProof, spend
from core.server.errors import BadClient, Refused
from core.server.forms import Form, required
from core.server.issuing import Issued
from core.server.services import Services
from core.server.store import contacts, refresh
from core.server.store import requests as store
from core.server.store.refresh import Refresh
from core.server.store.requests import Stored


class _NotValid(Refused):
    def __init__(self) -> None:
        super().__init__(
            400, "invalid_grant", "The refresh token is unknown, over, used, or bound to another key."
        )


async def refresh_grant(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Gives new tokens of the same approval.

    Raises:
        Refused: 400 `invalid_grant`; 400 `invalid_scope`: more is asked for than was approved.
        BadClient: 401: the client's assertion was used before.
    """
    token_sha256, wanted = hashed(required(form, "refresh_token")), form.get("scope")

    def guard(unit: Unit) -> tuple[Issued, Stored | None] | Refused:
        if not spend(unit, proof):
            return BadClient()
        return _renewed(services, unit, proof, token_sha256, wanted)

    outcome = await services.store.write(guard)
    if isinstance(outcome, Refused):
        raise outcome
    return json_answer(issuing.plain_response(services, *outcome))


def _renewed(
    services: Services, unit: Unit, proof: ClientProof, token_sha256: str, wanted: str | None
) -> tuple[Issued, Stored | None] | Refused:
    kept = refresh.find(unit.connection, token_sha256)
    if kept is None or kept.client_id != proof.client.client_id or kept.jkt not in (None, proof.jkt):
        return _NotValid()
    if kept.expires_at <= unit.now:
        return _NotValid()
    scopes = frozenset(kept.scope.split())
    narrowed = frozenset(wanted.split()) if wanted else scopes
    if not narrowed <= scopes:
        return Refused(400, "invalid_scope", "That was not approved.")
    is_paired = contacts.hold_pairing(unit, kept.user_id, kept.client_id)
    if not is_paired or not refresh.use(unit, token_sha256):
        issuing.revoke_grant(services, unit, kept.grant_id)
        return _NotValid()
    stored = store.find(unit.connection, kept.grant_id)
    return _renew(services, unit, proof, kept, narrowed), stored


def _renew(
    services: Services, unit: Unit, proof: ClientProof, kept: Refresh, scopes: frozenset[str]
) -> Issued:
    access = services.tokens.issue(
        unit, proof.client, scopes, kept.user_id, jkt=proof.jkt, grant_id=kept.grant_id
    )
    return Issued(access, scopes, proof.jkt is not None, issuing.next_refresh(unit, kept))
