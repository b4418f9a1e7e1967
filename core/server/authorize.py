"""`GET /authorize`: the authorization-code flow with PKCE (RFC 6749 section 4.1, RFC 7636), no password.

The browser only names who is asked, by the nickname that this client knows them by; the person decides on
their own terminal, through the same admission, inquiry and decision as any other request. The browser waits
on a page of its own, whose address nobody can guess, and is then sent back with code, state and issuer
(RFC 9207). An address that is not registered to the letter is never gone to.
"""

import re
import secrets
from typing import NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from core.database.errors import DatabaseError
from core.database.writer import Unit
from core.domain.errors import DomainError
from core.server import authorize_pages as pages
from core.server import backchannel, hints
from core.server.access_tokens import hashed
from core.server.admission import ASKED_BEFORE, NOBODY, Accepted, Asked, TurnedAway, admit
from core.server.clients import CODE, Client
from core.server.errors import Refused, invalid_request, too_many
from core.server.forms import Form, parse_form
from core.server.redirects import with_answer
from core.server.services import Services
from core.server.store import browsers
from core.server.store import requests as store
from core.server.store.browsers import Browser
from core.server.windows import browsers_of

KEPT_S = 3600
"""Seconds after its end in which a code that comes again is still known as used."""
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_LONGEST = 1000
_NOT_FOR_BROWSERS = frozenset({"binding_message", "user_code"})
"""Parameters of the backchannel. Nobody knows whose browser it is, so what it types as somebody's own code is
no code, and its wrong ones lock nobody out."""
_NOT_TAKEN = {"request": "request_not_supported", "request_uri": "request_uri_not_supported"}
_AS_OAUTH = {
    "too_many_requests": "temporarily_unavailable",
    "missing_user_code": "access_denied",
}


class Visit(NamedTuple):
    """A browser's request whose client and way back are believed."""

    client: Client
    redirect_uri: str
    form: Form
    address: str
    """Where it connects from."""


async def authorize(services: Services, request: Request) -> Response:
    """Asks the person, or for the person's nickname; errors go back, or are shown (section 4.1.2.1)."""
    texts = pages.texts_for(request)
    try:
        form = parse_form(request.scope["query_string"])
    except Refused:
        return pages.wrong(texts, "server-wrong-request", 400)
    client = await services.clients.find(form.get("client_id", "")[:128])
    if client is None:
        return pages.wrong(texts, "server-wrong-client", 400)
    redirect_uri = form.get("redirect_uri", "")
    if redirect_uri not in client.redirect_uris:
        return pages.wrong(texts, "server-wrong-redirect", 400)
    visit = Visit(client, redirect_uri, form, request.client.host if request.client else "")
    try:
        _check(visit)
        if "login_hint" not in form:
            return pages.ask(texts, client.name, form, redirect_uri, is_unknown=False)
        handle = await _begin(services, visit)
    except Refused as refused:
        return back(services, redirect_uri, form.get("state"), refused.reason, refused.description)
    except DomainError:
        handle = None
    except DatabaseError:
        return back(services, redirect_uri, form.get("state"), "temporarily_unavailable", "Try again soon.")
    if handle is None:
        return pages.ask(texts, client.name, form, redirect_uri, is_unknown=True)
    return pages.go(f"{services.issuer}/authorize/{handle}")


def back(services: Services, redirect_uri: str, state: str | None, error: str, description: str) -> Response:
    """Sends the browser back without a code."""
    answer = {"error": _AS_OAUTH.get(error, error), "error_description": description}
    return pages.go(with_answer(redirect_uri, answer | tail(services, state)))


def tail(services: Services, state: str | None) -> dict[str, str]:
    """What every answer carries: the client's `state`, and `iss` (RFC 9207)."""
    return ({} if state is None else {"state": state}) | {"iss": services.issuer}


def _check(visit: Visit) -> None:
    form = visit.form
    for name, error in _NOT_TAKEN.items():
        if name in form:
            raise Refused(400, error, "Send the parameters themselves.")
    if form.get("response_type", "code") != "code":
        raise Refused(400, "unsupported_response_type", "The response_type is code.")
    if CODE not in visit.client.grants:
        raise Refused(400, "unauthorized_client", "The client is not registered for authorization_code.")
    if "response_type" not in form:
        raise invalid_request("The response_type is missing.")
    if form.get("response_mode", "query") != "query":
        raise invalid_request("The response_mode is query.")
    is_s256 = form.get("code_challenge_method") == "S256"
    if not is_s256 or _CHALLENGE.fullmatch(form.get("code_challenge", "")) is None:
        raise invalid_request("Send a code_challenge of method S256.")
    if "none" in form.get("prompt", "").split():
        raise Refused(400, "interaction_required", "The person always decides on their own screen.")
    if any(len(form.get(name, "")) > _LONGEST for name in ("state", "nonce")):
        raise invalid_request("A parameter is too long.")
    if _CHALLENGE.fullmatch(form.get("dpop_jkt", "0" * 43)) is None:
        raise invalid_request("The dpop_jkt is no thumbprint.")


async def _begin(services: Services, visit: Visit) -> str | None:
    """Asks the person; returns the handle of the page to wait on, or None: nobody goes by that nickname.

    Browsers are not authenticated, so they have rates of their own: they cannot use up the client's, nor
    one address those of all others.
    """
    client = visit.client
    wait = browsers_of(services).wait_s(client.client_id, visit.address, services.now())
    if wait:
        raise too_many("This page asks too often.", wait)
    hinted = {"login_hint": visit.form["login_hint"]}
    key = await hints.key_of(services, client, hinted)
    form = {name: value for name, value in visit.form.items() if name not in _NOT_FOR_BROWSERS}
    asked = await backchannel.read(services, _in_browser(client), form, key)
    handle = secrets.token_urlsafe(32)
    outcome = await services.store.write(lambda unit: _admit(services, unit, visit, asked, handle))
    if outcome is NOBODY:
        return None
    if isinstance(outcome, TurnedAway):
        raise backchannel.refusal_of(outcome)
    return handle


def _in_browser(client: Client) -> Client:
    """The client as it asks here: its page shows the match code, and nothing is sent to it later."""
    extensions = client.extensions | {"match_code"}
    return msgspec.structs.replace(client, extensions=extensions, delivery_mode="poll")


def _admit(services: Services, unit: Unit, visit: Visit, asked: Asked, handle: str) -> Accepted | TurnedAway:
    outcome = admit(unit, asked, services.settings.limits)
    if isinstance(outcome, Accepted):
        if store.find(unit.connection, outcome.request_id) is not None:
            return ASKED_BEFORE  # the answer to another browser's request is not this one's
        form = visit.form
        waiting = Browser(
            handle_sha256=hashed(handle),
            request_id=outcome.request_id,
            client_id=visit.client.client_id,
            redirect_uri=visit.redirect_uri,
            state=form.get("state"),
            nonce=form.get("nonce"),
            code_challenge=form["code_challenge"],
            jkt=form.get("dpop_jkt"),
            expires_at=unit.now + outcome.window_s + KEPT_S,
        )
        browsers.add(unit, waiting)
    return outcome
