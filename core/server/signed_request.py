"""Signed authentication requests (CIBA Core 1.0 section 7.1.1): all parameters in one JWT by the client.

A client that registered an algorithm must sign; one that did not must not. Parameters outside of the JWT,
other than those of client authentication, are refused, so that nothing unsigned can win over what is signed.
"""

from typing import Any, NamedTuple

import msgspec

from core.server import key_sets
from core.server.clients import Client
from core.server.errors import Refused, invalid_request
from core.server.forms import Form
from core.server.registration_policy import REQUEST_LIFE_S
from core.server.services import Services
from core.wire.errors import ArtifactRefused

_OUTSIDE = frozenset({"request", "client_id", "client_secret", "client_assertion", "client_assertion_type"})
_INSIDE = frozenset(
    {
        "scope",
        "client_notification_token",
        "acr_values",
        "login_hint_token",
        "id_token_hint",
        "login_hint",
        "binding_message",
        "user_code",
        "authorization_details",
    }
)
_SKEW_S = 60


class Opened(NamedTuple):
    """What a request asks for, and the id that is spent with it."""

    form: Form
    jti: str | None = None
    """Counts once; None for a request that is not signed."""
    exp: float = 0


class _Claims(msgspec.Struct, frozen=True):
    iss: str
    aud: str | list[str]
    exp: float
    iat: float
    nbf: float
    jti: str
    requested_expiry: str | int | None = None


async def open_form(services: Services, client: Client, form: Form) -> Opened:
    """The parameters of a request, out of its JWT where there is one.

    Raises:
        Refused: 400 `invalid_request`: the JWT is missing, unwanted, forged, for another, or not in time.
    """
    compact = form.get("request")
    if client.request_alg is None:
        if compact is not None:
            raise invalid_request("This client is not registered for signed requests.")
        return Opened(form)
    if compact is None:
        raise invalid_request("This client signs its requests. Send them in the parameter request.")
    if not (form.keys() & _PARAMETERS) <= _OUTSIDE:
        raise invalid_request("Parameters of a signed request belong inside of it.")
    try:
        content = await key_sets.verify(services, client, compact, algorithms=(client.request_alg,))
        claims = msgspec.convert(content, _Claims)
    except (ArtifactRefused, msgspec.ValidationError) as error:
        raise _not_taken() from error
    _check(services, client, claims)
    return Opened(_form_of(content, claims), claims.jti, claims.exp)


_PARAMETERS = _OUTSIDE | _INSIDE | {"requested_expiry"}


def _check(services: Services, client: Client, claims: _Claims) -> None:
    now = services.now()
    audiences = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    is_theirs = claims.iss == client.client_id and services.issuer in audiences
    is_alive = now < claims.exp <= now + REQUEST_LIFE_S + _SKEW_S
    has_begun = claims.nbf <= now + _SKEW_S and claims.iat <= now + _SKEW_S
    is_short = claims.nbf >= now - REQUEST_LIFE_S - _SKEW_S and claims.exp - claims.nbf <= REQUEST_LIFE_S
    is_named = 0 < len(claims.jti) <= 256 and claims.jti.isprintable()
    if not (is_theirs and is_alive and has_begun and is_short and is_named):
        raise _not_taken()


def _form_of(content: dict[str, Any], claims: _Claims) -> Form:
    """The claims as parameters: text, but `requested_expiry` also a number, details also an array."""
    form: Form = {}
    for name in _INSIDE & content.keys():
        value = content[name]
        if name == "authorization_details" and isinstance(value, list):
            value = msgspec.json.encode(value).decode()
        if not isinstance(value, str) or "\x00" in value:
            raise invalid_request("A parameter of the signed request is no text.")
        if value:
            form[name] = value
    if claims.requested_expiry is not None:
        form["requested_expiry"] = str(claims.requested_expiry)
    return form


def _not_taken() -> Refused:
    return invalid_request("The signed request is not valid: its key, algorithm, claims or times are wrong.")
