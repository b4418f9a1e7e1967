"""`/token` with an authorization code (RFC 6749 section 4.1.3, RFC 7636 section 4.6): redeemed once.

A code that comes a second time was seen by somebody else; whatever the first one brought ends with it
(section 4.1.2).
"""

import hashlib
import hmac

from core.database.writer import Unit
from core.domain.times import REDEEMABLE_S
from core.server import issuing
from core.server.access_tokens import hashed
from core.server.answers import Answer, json_answer
from core.server.client_auth import ClientProof, spend
from core.server.errors import BadClient, Refused
from core.server.forms import Form, required
from core.server.id_tokens import Binding
from core.server.issuing import Issued
from core.server.services import Services
from core.server.store import browsers
from core.server.store import requests as store
from core.server.store.browsers import Browser
from core.server.store.requests import Stored
from core.wire.canonical import b64u

_Redeemed = tuple[Browser, Stored, Issued]


async def code_grant(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Gives the tokens of an approval that was asked for in a browser.

    Raises:
        Refused: 400 `invalid_grant`: the code is unknown, over, used, another client's, or does not fit
            `redirect_uri`, `code_verifier` or the DPoP key.
        BadClient: 401: the client's assertion was used before.
    """
    code, redirect_uri = required(form, "code"), required(form, "redirect_uri")
    challenge = b64u(hashlib.sha256(required(form, "code_verifier").encode()).digest())

    def guard(unit: Unit) -> _Redeemed | Refused:
        if not spend(unit, proof):
            return BadClient()
        browser = browsers.by_code(unit.connection, hashed(code))
        if browser is None or browser.client_id != proof.client.client_id:
            return _not_valid()
        if browser.redeemed_at is not None:
            issuing.revoke_grant(services, unit, browser.request_id)
            return _not_valid()
        if not _fits(browser, unit.now, redirect_uri, challenge, proof.jkt):
            return _not_valid()
        return _redeem(services, unit, proof, browser)

    outcome = await services.store.write(guard)
    if isinstance(outcome, Refused):
        raise outcome
    browser, stored, issued = outcome
    binding = Binding(browser.nonce, is_backchannel=False)
    return json_answer(issuing.token_response(services, proof.client, stored, issued, binding))


def _fits(browser: Browser, now: float, redirect_uri: str, challenge: str, jkt: str | None) -> bool:
    is_fresh = browser.code_until is not None and now < browser.code_until
    is_by_verifier = hmac.compare_digest(challenge, browser.code_challenge)
    return is_fresh and is_by_verifier and redirect_uri == browser.redirect_uri and browser.jkt in (None, jkt)


def _redeem(services: Services, unit: Unit, proof: ClientProof, browser: Browser) -> _Redeemed | Refused:
    stored = store.find(unit.connection, browser.request_id)
    if stored is None or not store.redeem(unit, browser.request_id, unit.now - REDEEMABLE_S):
        if browsers.is_redeemed(unit.connection, browser.request_id):
            # By another process, a moment ago.
            issuing.revoke_grant(services, unit, browser.request_id)
        return _not_valid()
    browsers.redeem(unit, browser.code_sha256 or "")
    unit.record("tokens", stored.request_id, {"client_id": stored.client_id, "state": stored.state})
    issued = issuing.issue(services, unit, proof.client, stored, proof.jkt)
    return browser, stored, issued


def _not_valid() -> Refused:
    return Refused(
        400, "invalid_grant", "The code is unknown, over or used, or does not fit what it was made for."
    )
