"""The device's side of pairing (RFC 8628): ask for a code, then poll `/token` until the person consents."""

import secrets

from core.database.writer import Unit
from core.server.access_tokens import hashed
from core.server.answers import Answer, json_answer
from core.server.client_auth import ClientProof, spend
from core.server.clients import DEVICE_CODE
from core.server.errors import BadClient, Refused, too_many
from core.server.forms import Form, required
from core.server.polls import Pace, polls_of
from core.server.scopes import own_scopes
from core.server.services import Services
from core.server.store import grants
from core.server.token_answer import token_answer
from core.server.windows import windows_of

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Of user codes: no vowels, so no words (RFC 8628 section 6.1); 8 of them are 34 bits."""
CODE_S = 600
"""Seconds in which a code can be typed."""
INTERVAL_S = 1
"""Seconds between polls."""


async def device_authorization(services: Services, proof: ClientProof, form: Form) -> Answer:
    """`POST /device_authorization`: a code for the person to type (RFC 8628 section 3.2).

    Raises:
        Refused: 400 `unauthorized_client`, `invalid_scope`; 429: as often as a device may ask people.
    """
    if DEVICE_CODE not in proof.client.grants:
        raise Refused(400, "unauthorized_client", "The client is not registered for pairing.")
    wait = windows_of(services).wait_s(f"codes of {proof.client.client_id}", services.now())
    if wait:
        raise too_many("This device asks for codes too often.", wait)
    scopes = own_scopes(proof.client, form.get("scope"))
    device_code = secrets.token_urlsafe(32)
    user_code = "".join(secrets.choice(LETTERS) for _ in range(8))

    def keep(unit: Unit) -> None:
        grants.open_grant(
            unit,
            device_code_sha256=hashed(device_code),
            user_code=user_code,
            client_id=proof.client.client_id,
            scopes=scopes,
            expires_at=unit.now + CODE_S,
        )

    await services.store.write(keep)
    shown = f"{user_code[:4]}-{user_code[4:]}"
    return json_answer(
        {
            "device_code": device_code,
            "user_code": shown,
            "verification_uri": f"{services.issuer}/pair",
            "verification_uri_complete": f"{services.issuer}/pair?code={shown}",
            "expires_in": CODE_S,
            "interval": INTERVAL_S,
        }
    )


async def device_code_grant(services: Services, proof: ClientProof, form: Form) -> Answer:
    """`/token` with a `device_code` (RFC 8628 sections 3.4, 3.5): one token once the person has consented.

    Raises:
        Refused: 400 `authorization_pending`, `slow_down`, `access_denied`, `expired_token`, `invalid_grant`;
            `invalid_request` for polls that go on too fast.
    """
    key = hashed(required(form, "device_code"))
    client = proof.client

    def redeem(unit: Unit) -> tuple[str, frozenset[str]] | str:
        if not spend(unit, proof):
            return "invalid_client"
        state, scopes = grants.redeem(unit, key, client.client_id)
        if state != "redeemed":
            return state
        return services.tokens.issue(unit, client, scopes, jkt=proof.jkt), scopes

    outcome = await services.store.write(redeem)
    if outcome == "invalid_client":
        raise BadClient
    if outcome == "authorization_pending":
        outcome = _ANSWERS[polls_of(services).count(key, services.now(), INTERVAL_S)]
    else:
        polls_of(services).forget(key)
    if isinstance(outcome, str):
        raise Refused(400, outcome, _SENTENCES[outcome])
    return token_answer(services.tokens, *outcome, proof.jkt)


_ANSWERS = {
    Pace.FINE: "authorization_pending",
    Pace.TOO_FAST: "slow_down",
    Pace.STUBBORN: "invalid_request",
}
_SENTENCES = {
    "slow_down": "Poll more slowly: five seconds more between two polls.",
    "invalid_request": "Polling goes on too fast. Keep to the interval.",
    "authorization_pending": "Nobody has typed the code yet.",
    "access_denied": "The person refused the pairing.",
    "expired_token": "The code ran out. Ask for a new one.",
    "invalid_grant": "The device code is unknown or was used.",
}
