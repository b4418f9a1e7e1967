"""Registration (RFC 7591) and what the server says of itself; rows D and G of the conformance list."""

from typing import Any

import pytest
from joserfc.jwk import OKPKey, RSAKey

from core.server import keys
from core.wire.canonical import b64u
from core.wire.keys import SigningKey
from tests.clock import FakeClock
from tests.server.world import CIBA, DOOR, World, basic, bearer


def public(key: Any) -> dict[str, Any]:
    found: dict[str, Any] = key.as_dict(private=False)
    return found


def test_a_registration_echoes_what_was_registered(world: World) -> None:
    answer = world.register()
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    registered = answer.json()
    assert registered["backchannel_token_delivery_mode"] == "poll"
    assert registered["client_secret_expires_at"] == 0
    assert len(registered["client_secret"]) >= 43
    assert registered["scope"] == "openid device"
    assert CIBA in registered["grant_types"]


def test_everything_about_the_backchannel_is_echoed(world: World) -> None:
    wanted: dict[str, Any] = {
        "backchannel_token_delivery_mode": "ping",
        "backchannel_client_notification_endpoint": "https://a.example/told",
        "backchannel_authentication_request_signing_alg": "ES256",
        "backchannel_user_code_parameter": True,
        "jwks": {"keys": [SigningKey.generate().public_jwk()]},
    }
    answer = world.register(**wanted)
    assert answer.status_code == 201, answer.text
    assert answer.json() | wanted == answer.json()
    assert world.register().json()["backchannel_user_code_parameter"] is False


def test_a_client_with_a_key_gets_no_secret(world: World) -> None:
    keys = {"keys": [SigningKey.generate().public_jwk()]}
    registered = world.register(token_endpoint_auth_method="private_key_jwt", jwks=keys).json()
    assert "client_secret" not in registered


def test_unknown_members_are_ignored_and_unknown_grants_left_out(world: World) -> None:
    answer = world.register(grant_types=[CIBA, "implicit"], tos_uri="https://example.com", logo_uri=3)
    assert answer.status_code == 201
    assert answer.json()["grant_types"] == [CIBA]


PRIVATE = {"keys": [SigningKey.generate().private_jwk()]}
SHARED = {"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}
ODD_KEY = SigningKey.generate().public_jwk() | {"x5t": 3, "note": 10**400, "kid": ["a"]}
LONG_E = {"keys": [{"kty": "RSA", "n": b64u(b"\xff" * 256), "e": b64u(b"\x7f" + b"\xff" * 250)}]}
SHORT_RSA = {"keys": [{"kty": "RSA", "n": "3" * 171, "e": "AQAB"}]}


@pytest.mark.parametrize("jwks", [{"keys": [ODD_KEY], "note": "ours", "size": 10**400}])
def test_members_of_keys_that_mean_nothing_here_do_no_harm(world: World, jwks: dict[str, Any]) -> None:
    answer = world.register(jwks=jwks)
    assert answer.status_code == 201, answer.text
    registered = answer.json()
    form = {"scope": "openid", "login_hint": "Nobody"}
    headers = basic(registered["client_id"], registered["client_secret"])
    asked = world.post("/bc-authorize", form, headers=headers)
    assert (asked.status_code, asked.json()["error"]) == (400, "unknown_user_id")


@pytest.mark.parametrize(
    "wrong",
    [
        {"backchannel_token_delivery_mode": None},
        {"backchannel_token_delivery_mode": "carrier_pigeon"},
        {"backchannel_token_delivery_mode": ["poll", "ping"]},
        {"backchannel_token_delivery_mode": "ping"},
        {
            "backchannel_token_delivery_mode": "push",
            "backchannel_client_notification_endpoint": "ftp://a.example/x",
        },
        {"backchannel_client_notification_endpoint": "https://user@a.example/x"},
        {"backchannel_authentication_request_signing_alg": "none"},
        {"backchannel_authentication_request_signing_alg": "HS256"},
        {"token_endpoint_auth_method": "none"},
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"token_endpoint_auth_method": "private_key_jwt", "jwks": PRIVATE},
        {"token_endpoint_auth_method": "private_key_jwt", "jwks": SHARED},
        {"token_endpoint_auth_method": "private_key_jwt", "jwks": SHORT_RSA},
        {"token_endpoint_auth_method": "private_key_jwt", "jwks": LONG_E},
        {"token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": []}},
        {"token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [3]}},
        {"jwks_uri": "ftp://a.example/jwks"},
        {"jwks_uri": "https://a.example/jwks", "jwks": {"keys": [SigningKey.generate().public_jwk()]}},
        {"sector_identifier_uri": "https://a.example/sector"},
        {"grant_types": ["authorization_code"]},
        {"grant_types": ["authorization_code"], "redirect_uris": ["http://a.example/back"]},
        {"grant_types": ["authorization_code"], "redirect_uris": ["https://a.example/back#part"]},
        {"grant_types": ["authorization_code"], "redirect_uris": ["javascript:alert(1)"]},
        {"redirect_uris": ["https://a.example/back"]},
        {"response_types": ["code"]},
        {"nod_profile": "fapi-3"},
        {
            "backchannel_token_delivery_mode": "push",
            "backchannel_client_notification_endpoint": "https://a.example/x",
            "dpop_bound_access_tokens": True,
        },
        {"token_endpoint_auth_signing_alg": "RS256"},
        {"grant_types": []},
        {"grant_types": ["password"]},
        {"grant_types": 3},
        {"authorization_details_types": ["urn:elsewhere"]},
        {"nod_extensions": ["root"]},
        {"nod_kind": "robot"},
        {"client_name": "a\u202eb"},
        {"client_name": "x" * 61},
        {"scope": "openid terminal"},
        {"scope": 'open"id'},
        {"id_token_signed_response_alg": "none"},
    ],
)
def test_metadata_that_the_server_does_not_offer_is_refused(world: World, wrong: dict[str, Any]) -> None:
    answer = world.register(**wrong)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"] in ("invalid_client_metadata", "invalid_redirect_uri")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"a"', b"\xff", b"[" * 60_000, b"null"])
def test_a_body_that_is_no_object_is_refused(world: World, body: bytes) -> None:
    headers = DOOR | {"content-type": "application/json"}
    answer = world.http.post("/register", content=body, headers=headers)
    assert answer.status_code == 400, answer.text


def test_the_door_opens_to_the_secret_only_and_not_without_end(world: World, clock: FakeClock) -> None:
    assert world.register(headers={}).status_code == 401
    assert world.register(headers=bearer("wrong")).status_code == 401
    for _ in range(world.settings.registrations.count):
        assert world.register().status_code == 201
    refused = world.register()
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    clock.advance(61)
    assert world.register().status_code == 201


def test_both_well_known_paths_say_the_same_and_name_the_payment_server(world: World) -> None:
    openid = world.http.get("/.well-known/openid-configuration")
    assert openid.status_code == 200
    document = openid.json()
    assert document == world.http.get("/.well-known/oauth-authorization-server").json()
    assert document["issuer"] == world.url
    assert document["nod_payment_server"] == world.shop_url
    assert document["backchannel_authentication_endpoint"] == f"{world.url}/bc-authorize"
    assert document["backchannel_token_delivery_modes_supported"] == ["poll", "ping", "push"]
    assert document["backchannel_user_code_parameter_supported"] is True
    assert CIBA in document["grant_types_supported"]
    assert "urn:nod:purchase:1" in document["authorization_details_types_supported"]
    signing = document["backchannel_authentication_request_signing_alg_values_supported"]
    assert sorted(signing) == ["ES256", "EdDSA", "PS256"]


def test_every_endpoint_that_discovery_names_is_there(world: World) -> None:
    document = world.http.get("/.well-known/openid-configuration").json()
    for name, address in document.items():
        if name.endswith("_endpoint"):
            method = "GET" if name == "authorization_endpoint" else "POST"
            answer = world.http.request(method, address.removeprefix(world.url))
            assert answer.status_code in (400, 401), name


def test_published_keys_have_no_private_part_and_outlive_a_rotation(world: World, clock: FakeClock) -> None:
    before = world.http.get("/jwks").json()["keys"]
    public = {"kty", "crv", "x", "y", "kid", "use", "alg"}
    assert set(before[0]) == public
    store = world.server.services.store
    kid = store.writer.submit_blocking(keys.rotate)
    after = world.http.get("/jwks").json()["keys"]
    while len(after) < 2:
        after = world.http.get("/jwks").json()["keys"]
    assert [key["kid"] for key in after] == [before[0]["kid"], kid]
    assert all(set(key) == public for key in after)
    assert world.server.services.keys.current.kid == kid
    clock.advance(keys.RETIRED_FOR_S + 1)
    assert [key["kid"] for key in world.http.get("/jwks").json()["keys"]] == [kid]


def test_the_keys_are_the_same_after_a_restart(world: World) -> None:
    from core.server.wiring import build

    again = build(world.settings, now=world.clock)
    try:
        assert again.services.keys.current.kid == world.server.services.keys.current.kid
        client = again.services.clients
        assert client is not world.server.services.clients
    finally:
        again.close()


def test_health_is_ok_while_the_writer_lives(world: World) -> None:
    assert world.http.get("/health").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/nowhere", "/terminals/../../etc/passwd", "/%00", "/pairings/"])
def test_a_path_that_is_not_there_is_a_problem(world: World, path: str) -> None:
    answer = world.http.get(path)
    assert answer.status_code in (401, 404)
    assert answer.headers["content-type"] == "application/problem+json"


def test_ed25519_and_rsa_keys_may_register(world: World) -> None:
    for key in (OKPKey.generate_key("Ed25519"), RSAKey.generate_key(2048)):
        answer = world.register(token_endpoint_auth_method="private_key_jwt", jwks={"keys": [public(key)]})
        assert answer.status_code == 201, answer.text
