"""What a client says of itself when it registers (RFC 7591 section 2, CIBA Core 1.0 section 4), checked.

Unknown members are ignored, as the RFC demands; values that this server does not offer are refused with
`invalid_client_metadata`, so that a client never believes in something that it did not get.
"""

from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from core.domain.errors import TextRefused
from core.domain.text_gate import NAME_LENGTH, pass_gate
from core.server import redirects, registration_policy
from core.server.capabilities import DELIVERY_MODES, DETAILS_TYPES, EXTENSIONS, REQUEST_ALGORITHMS
from core.server.client_auth import METHODS
from core.server.client_keys import ALGORITHMS, ClientKeys
from core.server.clients import (
    CIBA,
    CLIENT_CREDENTIALS,
    CODE,
    DEVICE_CODE,
    FAPI_CIBA,
    REFRESH,
    StoredMetadata,
)
from core.server.errors import bad_metadata as bad
from core.wire.errors import WireError

GRANTS = (CIBA, CODE, REFRESH, DEVICE_CODE, CLIENT_CREDENTIALS)
MAX_SCOPE = 500
_KEY_MEMBERS = frozenset({"kty", "crv", "x", "y", "n", "e", "kid", "use", "alg"})


class ClientMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """The members of a registration that mean something here."""

    client_name: str = ""
    nod_kind: Literal["ai_device", "ai_agent", "person", "service"] = "service"
    token_endpoint_auth_method: str = "client_secret_basic"  # noqa: S105
    token_endpoint_auth_signing_alg: str | None = None
    grant_types: tuple[str, ...] = ()
    scope: str | None = None
    jwks: dict[str, Any] | None = None
    jwks_uri: str | None = None
    id_token_signed_response_alg: str = "ES256"  # noqa: S105
    authorization_details_types: tuple[str, ...] = ()
    backchannel_token_delivery_mode: str | None = None
    backchannel_client_notification_endpoint: str | None = None
    backchannel_authentication_request_signing_alg: str | None = None
    backchannel_user_code_parameter: bool = False
    nod_extensions: tuple[str, ...] = ()
    redirect_uris: tuple[str, ...] = ()
    response_types: tuple[str, ...] = ()
    sector_identifier_uri: str | None = None
    dpop_bound_access_tokens: bool = False
    nod_profile: str | None = None


def read_metadata(body: Any) -> ClientMetadata:
    """Reads a registration's JSON object.

    Raises:
        Refused: 400 `invalid_client_metadata`.
    """
    try:
        return msgspec.convert(body, ClientMetadata)
    except (msgspec.ValidationError, ValueError) as error:
        raise bad("A member of the metadata has the wrong type or value.") from error


def checked(given: ClientMetadata, *, may_observe: bool, allows_http: bool) -> tuple[str, StoredMetadata]:
    """The client's name and what is kept of its metadata.

    Args:
        given: what the client sent.
        may_observe: whether the scope `observe` is to be had.
        allows_http: whether a notification endpoint may be plain http: tests and demos.

    Raises:
        Refused: 400 `invalid_client_metadata`.
    """
    grants = _grants(given)
    _check_offered("token_endpoint_auth_method", given.token_endpoint_auth_method, METHODS)
    _check_offered("token_endpoint_auth_signing_alg", given.token_endpoint_auth_signing_alg, ALGORITHMS)
    _check_offered("id_token_signed_response_alg", given.id_token_signed_response_alg, ("ES256",))
    _check_all("authorization_details_types", given.authorization_details_types, DETAILS_TYPES)
    _check_all("nod_extensions", given.nod_extensions, EXTENSIONS)
    _check_offered("nod_profile", given.nod_profile, (FAPI_CIBA,))
    _check_keys(given, allows_http)
    _check_backchannel(given, grants, allows_http)
    redirects.check(given.redirect_uris, given.response_types, grants)
    _check_sector(given, allows_http)
    stored = StoredMetadata(
        token_endpoint_auth_method=given.token_endpoint_auth_method,
        token_endpoint_auth_signing_alg=given.token_endpoint_auth_signing_alg,
        grant_types=grants,
        scope=_scope(given, grants, may_observe=may_observe),
        jwks=_bare_keys(given.jwks),
        authorization_details_types=given.authorization_details_types,
        backchannel_token_delivery_mode=given.backchannel_token_delivery_mode,
        backchannel_client_notification_endpoint=given.backchannel_client_notification_endpoint,
        backchannel_authentication_request_signing_alg=given.backchannel_authentication_request_signing_alg,
        backchannel_user_code_parameter=given.backchannel_user_code_parameter,
        nod_extensions=given.nod_extensions,
        jwks_uri=given.jwks_uri,
        sector_identifier_uri=given.sector_identifier_uri,
        redirect_uris=given.redirect_uris,
        dpop_bound_access_tokens=given.dpop_bound_access_tokens,
        nod_profile=given.nod_profile,
    )
    registration_policy.check(stored)
    return _name(given), stored


def _grants(given: ClientMetadata) -> tuple[str, ...]:
    """Those of the wanted grants that exist here; RFC 7591 lets a server leave out the others."""
    grants = tuple(dict.fromkeys(grant for grant in given.grant_types if grant in GRANTS))
    if not grants:
        raise bad("Name at least one grant type of this server in grant_types.")
    return grants


def _name(given: ClientMetadata) -> str:
    try:
        return pass_gate(given.client_name, NAME_LENGTH) if given.client_name else given.nod_kind
    except TextRefused as refused:
        raise bad("The client_name cannot be shown as it is.") from refused


def _scope(given: ClientMetadata, grants: tuple[str, ...], *, may_observe: bool) -> str:
    default = "openid device" if DEVICE_CODE in grants else "openid"
    scope = default if given.scope is None else given.scope
    names = scope.split(" ")
    if len(scope) > MAX_SCOPE or not scope.isascii() or not scope.isprintable() or set('"\\') & set(scope):
        raise bad("The scope cannot be read.")
    if "terminal" in names or ("observe" in names and not may_observe):
        raise bad("The scope holds one that no client can register for this way.")
    return " ".join(dict.fromkeys(name for name in names if name))


def _check_keys(given: ClientMetadata, allows_http: bool) -> None:
    if given.jwks_uri is not None:
        if given.jwks is not None:
            raise bad("Send jwks or jwks_uri, not both.")
        if not is_web_address(given.jwks_uri, allows_http):
            raise bad("The jwks_uri must be an https address.")
        return
    if given.jwks is None:
        if given.token_endpoint_auth_method == "private_key_jwt":  # noqa: S105
            raise bad("A private_key_jwt client needs jwks or jwks_uri.")
        return
    keys = given.jwks.get("keys")
    if not isinstance(keys, list) or not keys:
        raise bad("The jwks holds no keys.")
    try:
        ClientKeys(keys)
    except WireError as error:
        raise bad(error.description) from error


def _bare_keys(jwks: dict[str, Any] | None) -> dict[str, list[dict[str, Any]]] | None:
    """What of a checked key set is kept: the members that mean something here (RFC 7517 sections 4, 5)."""
    if jwks is None:
        return None
    return {"keys": [{name: key[name] for name in _KEY_MEMBERS & key.keys()} for key in jwks["keys"]]}


def _check_backchannel(given: ClientMetadata, grants: tuple[str, ...], allows_http: bool) -> None:
    """The rules of CIBA Core 1.0 section 4: a mode for each CIBA client, an endpoint for ping and push."""
    mode = given.backchannel_token_delivery_mode
    if mode is None and CIBA in grants:
        raise bad("A CIBA client needs backchannel_token_delivery_mode.")
    _check_offered("backchannel_token_delivery_mode", mode, DELIVERY_MODES)
    if mode == "push" and given.dpop_bound_access_tokens:
        raise bad("A push brings no proof, so its tokens cannot be bound to a key.")
    algorithm = given.backchannel_authentication_request_signing_alg
    _check_offered("backchannel_authentication_request_signing_alg", algorithm, REQUEST_ALGORITHMS)
    if algorithm is not None and given.jwks is None and given.jwks_uri is None:
        raise bad("A client that signs its requests needs jwks or jwks_uri.")
    endpoint = given.backchannel_client_notification_endpoint
    if mode in ("ping", "push") and endpoint is None:
        raise bad("Ping and push need backchannel_client_notification_endpoint.")
    if endpoint is not None and not is_web_address(endpoint, allows_http):
        raise bad("The notification endpoint must be an https address.")


def _check_sector(given: ClientMetadata, allows_http: bool) -> None:
    """What the list behind it must name is `sectors`' to fetch; here only that it can name something."""
    if given.sector_identifier_uri is None:
        return
    if not is_web_address(given.sector_identifier_uri, allows_http):
        raise bad("The sector_identifier_uri must be an https address.")
    if not sector_members(given):
        raise bad("A sector_identifier_uri needs redirect_uris, jwks_uri, or push.")
    is_polled = given.backchannel_token_delivery_mode in ("poll", "ping")
    is_proven = given.jwks_uri is not None and given.token_endpoint_auth_method == "private_key_jwt"  # noqa: S105
    if is_polled and not is_proven:
        raise bad("With poll and ping a sector_identifier_uri needs jwks_uri and private_key_jwt.")


def sector_members(given: ClientMetadata) -> frozenset[str]:
    """What the list of the sector must name (OpenID Connect Core 8.1, CIBA Core 1.0 section 4)."""
    members = set(given.redirect_uris)
    if given.backchannel_token_delivery_mode in ("poll", "ping") and given.jwks_uri:
        members.add(given.jwks_uri)
    if given.backchannel_token_delivery_mode == "push":  # noqa: S105
        members.add(given.backchannel_client_notification_endpoint or "")
    return frozenset(members)


def is_web_address(address: str, allows_http: bool) -> bool:
    """Whether this is an https address (or http, where that is allowed) without user and fragment."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    is_safe = parts.scheme == "https" or (allows_http and parts.scheme == "http")
    return is_safe and bool(parts.hostname) and not parts.fragment and parts.username is None


def _check_offered(member: str, value: str | None, offered: tuple[str, ...]) -> None:
    if value is not None and value not in offered:
        raise bad(f"This server does not offer that {member}.")


def _check_all(member: str, values: tuple[str, ...], offered: tuple[str, ...]) -> None:
    for value in values:
        _check_offered(member, value, offered)
