"""Whom a request means (CIBA Core 1.0 section 7.1): one of three hints makes a nickname's key.

`login_hint` is the nickname. `id_token_hint` is an ID Token of ours that this client got earlier.
`login_hint_token` is a JWT by the client's own registered key with `iss`, `aud`, `iat`, `exp` and a subject
identifier of RFC 9493 in `sub_id`: format `opaque` with a `sub` that the client got from us, or our format
`nickname`. Whoever is meant must be among the client's own contacts; anybody else is nobody.
"""

from typing import Any

import msgspec
from sqlalchemy import Connection

from core.domain.nickname import nickname_key
from core.server import key_sets
from core.server.clients import Client
from core.server.errors import Refused, invalid_request
from core.server.forms import Form
from core.server.services import Services
from core.server.store import contacts, subjects
from core.wire import jose
from core.wire.errors import ArtifactRefused

HINTS = ("login_hint", "login_hint_token", "id_token_hint")
ACCEPTED_AFTER_S = 30 * 86_400
"""Seconds after its `exp` in which an ID Token still hints."""
_NICKNAME_LENGTH = 200
_SKEW_S = 60
NOBODY = ""
"""The key of no contact."""


class _IdToken(msgspec.Struct, frozen=True):
    iss: str
    sub: str
    aud: str
    exp: int


class _SubjectId(msgspec.Struct, frozen=True):
    format: str
    id: str = ""
    nickname: str = ""


class _HintToken(msgspec.Struct, frozen=True):
    iss: str
    aud: str | list[str]
    iat: float
    exp: float
    sub_id: _SubjectId


async def key_of(services: Services, client: Client, form: Form) -> str:
    """The key of the nickname that a request names its person by; NOBODY where there is no such contact.

    Raises:
        Refused: 400 `invalid_request`: none of the hints, several, or one that cannot be believed;
            400 `expired_login_hint_token`.
    """
    given = [name for name in HINTS if name in form]
    if len(given) != 1:
        raise invalid_request("Send exactly one of login_hint, login_hint_token and id_token_hint.")
    hint = form[given[0]]
    if given[0] == "login_hint":
        return nickname_key(hint) if len(hint) <= _NICKNAME_LENGTH else NOBODY
    if given[0] == "id_token_hint":
        return await _contact_of(services, client, _subject_of_id_token(services, client, hint))
    return await _by_hint_token(services, client, hint)


def _subject_of_id_token(services: Services, client: Client, compact: str) -> str:
    try:
        token = jose.verify(compact, services.keys.own(), typ="JWT", shape=_IdToken)
    except ArtifactRefused as error:
        raise invalid_request("The id_token_hint is no ID Token of this server.") from error
    is_ours = token.iss == services.issuer and token.aud == client.client_id
    if not is_ours or services.now() > token.exp + ACCEPTED_AFTER_S:
        raise invalid_request("The id_token_hint is for another client, or too old.")
    return token.sub


async def _by_hint_token(services: Services, client: Client, compact: str) -> str:
    try:
        claims: dict[str, Any] = await key_sets.verify(services, client, compact)
        token = msgspec.convert(claims, _HintToken)
    except (ArtifactRefused, msgspec.ValidationError) as error:
        raise invalid_request("The login_hint_token cannot be believed.") from error
    audiences = [token.aud] if isinstance(token.aud, str) else token.aud
    if token.iss != client.client_id or services.issuer not in audiences:
        raise invalid_request("The login_hint_token is by or for somebody else.")
    if token.exp <= services.now():
        raise Refused(400, "expired_login_hint_token", "The login_hint_token has run out.")
    if token.iat > services.now() + _SKEW_S:
        raise invalid_request("The login_hint_token is not valid yet.")
    match token.sub_id.format:
        case "opaque":
            sub = token.sub_id.id
            return await _contact_of(services, client, sub) if _can_be(sub) else NOBODY
        case "nickname":
            name = token.sub_id.nickname
            return nickname_key(name) if _can_be(name) else NOBODY
    raise invalid_request("The sub_id of the login_hint_token has an unknown format.")


def _can_be(name: str) -> bool:
    """Whether a store could hold it: no text in PostgreSQL has a null character."""
    return 0 < len(name) <= _NICKNAME_LENGTH and "\x00" not in name


async def _contact_of(services: Services, client: Client, sub: str) -> str:
    """The client's own contact with this subject; a subject of another sector leads nowhere.

    One that came with tokens is kept; one that only the list of contacts named is looked for in that list.
    """

    def is_theirs(user_id: str) -> bool:
        return services.subjects.for_client(client, user_id) == sub

    def find(connection: Connection) -> str:
        user_id = subjects.user_of(connection, sub)
        if user_id is None:
            listed = contacts.of_device(connection, client.client_id)
            return next((nickname_key(row.nickname) for row in listed if is_theirs(row.user_id)), NOBODY)
        pairing = contacts.find(connection, user_id, client.client_id) if is_theirs(user_id) else None
        return NOBODY if pairing is None else str(pairing.nickname_key)

    return await services.store.read(find)
