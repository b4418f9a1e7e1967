"""The tokens of a person's approval: what every grant that ends in one gives out, and in which form.

One grant is one approval; its id is the request's. Its tokens are kept with that id: they can be revoked
together, and tell what was approved.
"""

import secrets

import msgspec

from core.database.writer import Unit
from core.server import id_tokens, views
from core.server.access_tokens import hashed
from core.server.authorization_details import PROCEDURE, PURCHASE
from core.server.clients import REFRESH, Client
from core.server.services import Services
from core.server.store import contacts, refresh, subjects
from core.server.store.refresh import Refresh
from core.server.store.requests import Stored

OFFLINE = "offline_access"
"""The scope that asks for a refresh token (OpenID Connect Core section 11)."""
REFRESH_LIFE_S = 30 * 86_400
"""Seconds that a refresh token may lie unused."""
_NOT_BY_A_NOD = frozenset({"terminal", "device", "observe"})


class Issued(msgspec.Struct, frozen=True):
    """Tokens as they leave, in clear."""

    access_token: str
    scopes: frozenset[str]
    is_bound: bool
    """Whether they are bound to a key (RFC 9449)."""
    refresh_token: str | None = None

    @property
    def token_type(self) -> str:
        """`Bearer` or `DPoP`."""
        return "DPoP" if self.is_bound else "Bearer"


def issue(services: Services, unit: Unit, client: Client, stored: Stored, jkt: str | None) -> Issued:
    """Makes the first tokens of an approved request, inside the guard that redeems it."""
    scopes = frozenset(stored.scope.split()) - _NOT_BY_A_NOD
    wants_refresh = OFFLINE in scopes and REFRESH in client.grants
    has_refresh = wants_refresh and contacts.hold_pairing(unit, stored.user_id, client.client_id)
    if not has_refresh:
        scopes -= {OFFLINE}
    access = services.tokens.issue(unit, client, scopes, stored.user_id, jkt=jkt, grant_id=stored.request_id)
    subjects.keep(unit, services.subjects.for_client(client, stored.user_id), stored.user_id)
    new = _new_refresh(unit, client, stored, scopes, jkt) if has_refresh else None
    return Issued(access, scopes, jkt is not None, new)


def _new_refresh(unit: Unit, client: Client, stored: Stored, scopes: frozenset[str], jkt: str | None) -> str:
    scope = " ".join(sorted(scopes))
    return next_refresh(
        unit, Refresh(stored.request_id, client.client_id, stored.user_id, scope, jkt, 0, 0, None)
    )


def next_refresh(unit: Unit, before: Refresh) -> str:
    """The next refresh token of a family, inside a guard; only its hash is kept."""
    token = "ref_" + secrets.token_urlsafe(32)
    kept = before._replace(issued_at=unit.now, expires_at=unit.now + REFRESH_LIFE_S, used_at=None)
    refresh.add(unit, hashed(token), kept)
    return token


def revoke_grant(services: Services, unit: Unit, grant_id: str) -> None:
    """Ends every token of one approval, inside a guard."""
    family = refresh.of_grant(grant_id)
    refresh.hold(unit, family)
    services.tokens.revoke_grant(unit, grant_id)
    refresh.revoke(unit, family)


def revoke_pair(services: Services, unit: Unit, client_id: str, user_id: str) -> None:
    """Ends every token of what a person approved for a client, inside a guard."""
    theirs = refresh.of_pair(client_id, user_id)
    refresh.hold(unit, theirs)
    services.tokens.revoke_pair(unit, client_id, user_id)
    refresh.revoke(unit, theirs)


def granted(stored: Stored, now: float) -> dict[str, object]:
    """What was approved, as the member `authorization_details`; empty for a request that had none.

    Beside the tokens (RFC 9396 section 7) and at introspection (section 9.2) it says the same.
    """
    outcome = views.outcome_of(stored, now)
    if outcome is not None:
        told = {"type": PURCHASE, "quote": stored.quote, "outcome": msgspec.to_builtins(outcome)}
        return {"authorization_details": [told]}
    procedure = stored.shown().procedure
    if procedure is None:
        return {}
    return {"authorization_details": [{"type": PROCEDURE, **msgspec.to_builtins(procedure)}]}


def plain_response(services: Services, issued: Issued, stored: Stored | None) -> dict[str, object]:
    """The answer of RFC 6749 section 5.1; `stored` is the request, if it is still kept."""
    answer: dict[str, object] = {
        "access_token": issued.access_token,
        "token_type": issued.token_type,
        "expires_in": services.tokens.life_s,
        "scope": " ".join(sorted(issued.scopes)),
    }
    if issued.refresh_token is not None:
        answer["refresh_token"] = issued.refresh_token
    if stored is not None:
        answer |= granted(stored, services.now())
    return answer


def token_response(
    services: Services, client: Client, stored: Stored, issued: Issued, binding: id_tokens.Binding
) -> dict[str, object]:
    """The answer to an approved request (OpenID Connect Core 3.1.3.3, RFC 9396 section 7)."""
    answer = plain_response(services, issued, stored)
    answer["id_token"] = id_tokens.make(services, client, stored, issued.access_token, binding)
    return answer
