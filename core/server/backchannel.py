"""`POST /bc-authorize`: the authentication request of CIBA Core 1.0 section 7.

On the hot path, so it is plain: the form is checked by hand, the device's rate before anything is looked up,
the quote's signature on the loop, and everything that depends on the approver in one guard (`admission`).
"""

import re
from typing import cast

import msgspec

from core.database.writer import Unit
from core.domain.errors import TextRefused
from core.domain.text_gate import MESSAGE_LENGTH, pass_gate
from core.domain.times import POLL_INTERVAL_S, SETTLEMENT_S
from core.server import authorization_details as rar
from core.server import hints
from core.server.admission import Accepted, Asked, TurnedAway, admit
from core.server.answers import Answer
from core.server.client_auth import ClientProof, spend, spend_id
from core.server.clients import CIBA, Client
from core.server.errors import BadClient, Refused, invalid_request, too_many
from core.server.forms import Form
from core.server.id_tokens import prefers_pin
from core.server.issuing import OFFLINE
from core.server.quotes import verify_quote
from core.server.registration_policy import needs_context
from core.server.services import Services
from core.server.signed_request import Opened, open_form
from core.server.store.requests import INBOX
from core.server.windows import windows_of
from core.wire.details import Authentication, Kind, of_quote

_TOKEN_LENGTH = 1024
_LONGEST_NUMBER = 100
_ANYBODY_S = frozenset({"openid", OFFLINE})
_BEARER = re.compile(r"[A-Za-z0-9._~+/-]+=*")
USED_BEFORE = TurnedAway(400, "invalid_request", "This signed request was sent before.")
_encode = msgspec.json.encode


async def authenticate(services: Services, proof: ClientProof, form: Form) -> Answer:
    """Answers an authentication request of an authenticated client (CIBA Core 1.0 section 7.3).

    Raises:
        Refused: with the codes of section 13, RFC 9396 section 5, and docs/wire.md.
        BadClient: 401: its assertion was used before.
    """
    client = proof.client
    _check_client(services, client)
    opened = Opened(form)
    if client.request_alg is not None or "request" in form:
        opened = await open_form(services, client, form)
    key = await hints.key_of(services, client, opened.form)
    asked = await read(services, client, opened.form, key)
    limits = services.settings.limits

    def guard(unit: Unit) -> Accepted | TurnedAway | None:
        if not spend(unit, proof):
            return None
        if opened.jti is not None and not spend_id(
            unit, f"request {client.client_id}", opened.jti, opened.exp
        ):
            return USED_BEFORE
        return admit(unit, asked, limits)

    outcome = await services.store.write(guard)
    if outcome is None:
        raise BadClient
    if isinstance(outcome, TurnedAway):
        raise refusal_of(outcome)
    return _acknowledge(services, client, outcome)


def refusal_of(turned: TurnedAway) -> Refused:
    """A request that was turned away, as it is answered."""
    headers = {"Retry-After": str(max(1, int(turned.wait_s + 0.999)))} if turned.wait_s else None
    return Refused(turned.status, turned.reason, turned.detail, headers=headers)


def _check_client(services: Services, client: Client) -> None:
    if CIBA not in client.grants and client.delivery_mode != "push":
        raise Refused(400, "unauthorized_client", "This client is not registered for CIBA.")
    wait = windows_of(services).wait_s(client.client_id, services.now())
    if wait:
        raise too_many("This device asks too often.", wait)


async def read(services: Services, client: Client, form: Form, key: str) -> Asked:
    """What is asked for, checked as far as it can be without the person.

    Args:
        services: The server's.
        client: Who asks.
        form: The parameters.
        key: The key of the nickname of the person who is meant.

    Raises:
        Refused: 400 with the codes of CIBA Core 1.0 section 13 and RFC 9396 section 5.
        Refused: 503: the payment server's keys cannot be had.
    """
    scope = _scope(client, form)
    window = _window(form)
    details = form.get("authorization_details")
    if details is None:
        if needs_context(client) and "binding_message" not in form:
            raise invalid_request("This client says what a request is for: by details or binding_message.")
        authentication = Authentication(tuple(scope.split()), _binding_message(form))
        return _asked(client, form, key, scope, window, {"authentication": authentication})
    if "binding_message" in form:
        raise Refused(400, "invalid_binding_message", "A purchase or procedure is shown in its own words.")
    what = rar.parse(details, client.details_types)
    place = rar.reported_place(what)
    if isinstance(what, rar.ProcedureAsked):
        procedure = rar.procedure_of(what)
        return _asked(client, form, key, scope, window, {"procedure": procedure, "place": place})
    quote = await verify_quote(services, what.quote)
    bought = {
        "purchase": of_quote(what.quote, quote.purchase()),
        "quote": what.quote,
        "quote_id": quote.jti,
        "quote_exp": quote.exp,
        "place": place,
    }
    return _asked(client, form, key, scope, window, bought)


def _asked(
    client: Client, form: Form, key: str, scope: str, window: int | None, what: dict[str, object]
) -> Asked:
    return Asked(
        client_id=client.client_id,
        kind=cast(Kind, client.kind),
        nickname_key=key,
        scope=scope,
        window_s=window,
        takes_code="match_code" in client.extensions,
        acr_values=form.get("acr_values"),
        prefers_pin="acr_values" in form and prefers_pin(form["acr_values"]),
        notification_token=_notification_token(client, form),
        user_code=form.get("user_code") if client.has_user_code else None,
        **what,  # type: ignore[arg-type]
    )


def _scope(client: Client, form: Form) -> str:
    """The scope as asked for: with `openid`, and of what the client registered (RFC 7591 section 2)."""
    scope = form.get("scope", "")
    if "openid" not in scope.split(" "):
        raise Refused(400, "invalid_scope", "The scope must have openid.")
    if len(scope) > 500 or not scope.isascii() or not scope.isprintable():
        raise Refused(400, "invalid_scope", "The scope cannot be read.")
    if not set(scope.split()) <= client.scopes | _ANYBODY_S:
        raise Refused(400, "invalid_scope", "The client is not registered for that scope.")
    return scope


def _notification_token(client: Client, form: Form) -> str | None:
    """For ping and push a bearer token of at most 1024 characters; no effect for poll (section 7.1)."""
    if client.delivery_mode == "poll":
        return None
    token = form.get("client_notification_token", "")
    if len(token) > _TOKEN_LENGTH or _BEARER.fullmatch(token) is None:
        raise invalid_request("Ping and push need a client_notification_token in bearer syntax.")
    return token


def _window(form: Form) -> int | None:
    text = form.get("requested_expiry")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER and int(text) > 0):
        raise invalid_request("The requested_expiry is no positive whole number.")
    return int(text)


def _binding_message(form: Form) -> str | None:
    message = form.get("binding_message")
    if message is None:
        return None
    try:
        return pass_gate(message, MESSAGE_LENGTH)
    except TextRefused as refused:
        raise Refused(400, "invalid_binding_message", "The message cannot be shown as it is.") from refused


def _acknowledge(services: Services, client: Client, accepted: Accepted) -> Answer:
    answer: dict[str, object] = {
        "auth_req_id": accepted.request_id,
        "expires_in": accepted.window_s + SETTLEMENT_S,
    }
    if client.delivery_mode != "push":
        answer["interval"] = POLL_INTERVAL_S
    if "decision_expires_in" in client.extensions:
        answer["decision_expires_in"] = accepted.window_s
    if accepted.match_code is not None:
        answer["match_code"] = accepted.match_code
    if "screen_connected" in client.extensions and accepted.shown_user is not None:
        answer |= _presence(services, accepted.shown_user)
    return Answer(200, _encode(answer))


def _presence(services: Services, user_id: str) -> dict[str, object]:
    """Whether a screen is connected; nothing where another process of this server may have it."""
    is_here = services.hub.is_heard(INBOX, user_id)
    return {"screen_connected": is_here} if is_here or services.store.has_one_process else {}
