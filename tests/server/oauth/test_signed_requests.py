"""Signed authentication requests (CIBA Core 1.0 section 7.1.1), and what a FAPI client is held to."""

from typing import Any

import pytest

from core.wire.keys import SigningKey
from tests.server.oauth.signer import Signer
from tests.server.oauth.site import proof
from tests.server.orders.stores import BOTH
from tests.server.orders.world import CIBA, World, error_of

FAPI: dict[str, Any] = {
    "nod_profile": "fapi-ciba",
    "token_endpoint_auth_signing_alg": "ES256",
    "dpop_bound_access_tokens": True,
    "redirect_uris": None,
    "grant_types": [CIBA, "urn:ietf:params:oauth:grant-type:device_code"],
}


@pytest.fixture
def signer(world: World) -> Signer:
    client = Signer(world)
    world.person().pair(client)
    return client


def test_everything_is_taken_from_the_signed_request(signer: Signer) -> None:
    answer = signer.request(acr_values="urn:nod:presence:click", requested_expiry=30)
    assert answer.status_code == 200, answer.text
    assert answer.json()["expires_in"] == 30 + 15


@pytest.mark.parametrize("expiry", [20, "20"])
def test_requested_expiry_may_be_text_or_number(signer: Signer, expiry: int | str) -> None:
    assert signer.request(requested_expiry=expiry).json()["expires_in"] == 35


@pytest.mark.parametrize("expiry", [0, -1, "x", True, 1.5])
def test_any_other_requested_expiry_is_refused(signer: Signer, expiry: Any) -> None:
    assert error_of(signer.request(requested_expiry=expiry)) == (400, "invalid_request")


def test_details_may_be_an_array(signer: Signer) -> None:
    details = [{"type": "urn:nod:procedure:1", "procedure": "Open the gate", "fields": []}]
    answer = signer.request(authorization_details=details, binding_message=None)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("claim", ["iss", "aud", "exp", "iat", "nbf", "jti"])
def test_each_missing_claim_is_refused(signer: Signer, claim: str) -> None:
    assert error_of(signer.request(**{claim: None})) == (400, "invalid_request")


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "dev_other"},
        {"aud": "https://elsewhere.example"},
        {"exp": -1},
        {"exp": 70 * 60},
        {"nbf": 10 * 60},
        {"nbf": -70 * 60},
        {"iat": 10 * 60},
        {"jti": ""},
        {"scope": 3},
    ],
)
def test_each_wrong_claim_is_refused(signer: Signer, wrong: dict[str, Any]) -> None:
    now = int(signer.world.clock())
    wrong = {name: now + value if name in ("exp", "nbf", "iat") else value for name, value in wrong.items()}
    assert error_of(signer.request(**wrong)) == (400, "invalid_request")


@pytest.mark.parametrize("claim", ["exp", "nbf", "iat"])
@pytest.mark.parametrize("size", [10**400, -(10**400)], ids=["late", "early"])
def test_times_that_no_clock_reaches_are_refused(signer: Signer, claim: str, size: int) -> None:
    now = signer.world.clock() + 0.5
    times: dict[str, Any] = {"exp": now + 60, "nbf": now, "iat": now, claim: size}
    assert error_of(signer.request(**times)) == (400, "invalid_request")


def test_another_key_or_no_signature_is_refused(signer: Signer) -> None:
    stranger = SigningKey.generate()
    assert error_of(signer.request(by=stranger)) == (400, "invalid_request")
    assert error_of(signer.request(by=stranger, header={"kid": signer.key.kid})) == (400, "invalid_request")
    unsigned = "eyJhbGciOiJub25lIn0.e30."
    assert error_of(signer.post("/bc-authorize", {"request": unsigned})) == (400, "invalid_request")


def test_an_algorithm_that_was_not_registered_is_refused(world: World) -> None:
    client = Signer(world, backchannel_authentication_request_signing_alg="PS256")
    world.person().pair(client)
    assert error_of(client.request()) == (400, "invalid_request")


def test_a_client_that_signs_is_not_heard_without(signer: Signer) -> None:
    plain = signer.post("/bc-authorize", {"scope": "openid", "login_hint": "Momo"})
    assert error_of(plain) == (400, "invalid_request")


def test_a_client_that_does_not_sign_is_refused_a_signed_request(world: World) -> None:
    client = Signer(world, backchannel_authentication_request_signing_alg=None)
    assert error_of(client.request()) == (400, "invalid_request")


@pytest.mark.parametrize("name", ["scope", "login_hint", "binding_message", "requested_expiry"])
def test_nothing_unsigned_stands_beside_a_signed_request(signer: Signer, name: str) -> None:
    answer = signer.request(outside={name: "openid"})
    assert error_of(answer) == (400, "invalid_request")


@BOTH
def test_a_signed_request_counts_once(signer: Signer) -> None:
    request = {"request": signer.sign(scope="openid", login_hint="Momo")}
    assert signer.post("/bc-authorize", request).status_code == 200
    assert error_of(signer.post("/bc-authorize", request)) == (400, "invalid_request")


def test_a_fapi_client_goes_from_signed_request_to_bound_token(world: World) -> None:
    client, person = Signer(world, **FAPI), world.person()
    code = client.send("/device_authorization", {"scope": "device"}).json()["user_code"]
    consent = {"nickname": "Momo", "device_name": "Bank"}
    assert person.call("POST", f"/pairings/{code}", json=consent).status_code == 201
    asked = client.request().json()
    assert person.decide(asked["auth_req_id"], code=asked["match_code"]).status_code == 200
    form = {"grant_type": CIBA, "auth_req_id": asked["auth_req_id"]}
    assert error_of(client.send("/token", form)) == (400, "invalid_dpop_proof")
    answer = client.send("/token", form, proof(world, client.key))
    assert answer.json()["token_type"] == "DPoP"


@pytest.mark.parametrize(
    "wrong",
    [
        {"token_endpoint_auth_method": "client_secret_basic"},
        {"token_endpoint_auth_signing_alg": None},
        {"token_endpoint_auth_signing_alg": "EdDSA"},
        {
            "backchannel_token_delivery_mode": "push",
            "backchannel_client_notification_endpoint": "https://a.example/cb",
        },
        {"backchannel_authentication_request_signing_alg": None},
        {"backchannel_authentication_request_signing_alg": "EdDSA"},
        {"dpop_bound_access_tokens": False},
    ],
)
def test_a_fapi_registration_that_breaks_a_rule_is_refused(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="invalid_client_metadata"):
        Signer(world, **(FAPI | wrong))


def test_a_fapi_client_says_what_each_request_is_for(world: World) -> None:
    client = Signer(world, **FAPI)
    world.person()
    assert error_of(client.request(binding_message=None)) == (400, "invalid_request")
    assert error_of(client.request()) == (400, "unknown_user_id")
