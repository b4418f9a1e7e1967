"""Tokens that are bound to a key (RFC 9449): proofs at `/token`, and at our own doors."""

from pathlib import Path
from typing import Any

import pytest

from core.wire.keys import SigningKey
from tests.server.oauth.site import Site, proof
from tests.server.orders.stores import BOTH
from tests.server.orders.world import World, error_of

KEY = SigningKey.generate()
OTHER = SigningKey.generate()
FORM = {"grant_type": "client_credentials", "scope": "device"}


@pytest.fixture
def site(world: World) -> Site:
    return Site(world)


def test_a_proof_binds_the_token_to_its_key(site: Site) -> None:
    answer = site.token(FORM, proof(site.world, KEY)).json()
    assert answer["token_type"] == "DPoP"
    told = site.introspect(answer["access_token"])
    assert (told["cnf"], told["token_type"]) == ({"jkt": KEY.kid}, "DPoP")


@pytest.mark.parametrize(
    "wrong",
    [
        {"htm": "GET"},
        {"htm": None},
        {"htu": "https://elsewhere.example/token"},
        {"htu": None},
        {"path": "/revoke"},
        {"iat": None},
        {"iat": -61},
        {"iat": 61},
        {"iat": 10**400},
        {"htu": "http://user@127.0.0.1"},
        {"jti": None},
        {"jti": ""},
        {"header": {"typ": "JWT"}},
        {"header": {"jwk": None}},
        {"header": {"jwk": KEY.private_jwk()}},
        {"header": {"jwk": OTHER.public_jwk()}},
        {"header": {"jku": "https://a.example/keys"}},
        {"header": {"jwk": {"kty": "oct", "k": "c2VjcmV0"}}},
    ],
)
def test_a_bad_proof_is_refused(site: Site, wrong: dict[str, Any]) -> None:
    if isinstance(wrong.get("iat"), int):
        wrong = wrong | {"iat": int(site.world.clock()) + wrong["iat"]}
    if "user@" in str(wrong.get("htu")):
        wrong = {"htu": site.world.url.replace("://", "://user@") + "/token"}
    answer = site.token(FORM, proof(site.world, KEY, **wrong))
    assert error_of(answer) == (400, "invalid_dpop_proof")


@BOTH
def test_a_proof_counts_once(site: Site) -> None:
    once = proof(site.world, KEY)
    assert site.token(FORM, once).status_code == 200
    assert error_of(site.token(FORM, once)) == (400, "invalid_dpop_proof")


def test_two_proofs_at_once_are_refused(site: Site) -> None:
    both = [("authorization", site.basic)]
    both += [("dpop", proof(site.world, KEY)["dpop"]) for _ in range(2)]
    answer = site.world.http.post(f"{site.world.url}/token", data=FORM, headers=both)
    assert error_of(answer) == (400, "invalid_dpop_proof")


def test_the_address_of_a_proof_may_be_written_otherwise(site: Site) -> None:
    address = site.world.url.replace("http://", "HTTP://") + "/token?x=1#y"
    assert site.token(FORM, proof(site.world, KEY, htu=address)).status_code == 200


def test_our_doors_take_a_bound_token_with_its_proof_only(site: Site) -> None:
    token = site.token(FORM, proof(site.world, KEY)).json()["access_token"]

    def contacts(scheme: str, key: SigningKey | None, **changes: Any) -> int:
        given = proof(site.world, key, "GET", "/contacts", **({"token": token} | changes)) if key else {}
        headers = {"authorization": f"{scheme} {token}"} | given
        return site.world.http.get(f"{site.world.url}/contacts", headers=headers).status_code

    assert contacts("DPoP", KEY) == 200
    assert contacts("Bearer", None) == 401
    assert contacts("Bearer", KEY) == 401
    assert contacts("DPoP", None) == 401
    assert contacts("DPoP", OTHER) == 401
    assert contacts("DPoP", KEY, token=None) == 401
    assert contacts("DPoP", KEY, token="another") == 401
    assert contacts("DPoP", KEY, htm="POST") == 401


def test_a_local_step_is_not_taken_with_a_bound_token_alone(tmp_path: Path) -> None:
    with World(tmp_path, takes_local_events=True) as world:
        site = Site(world)
        token = site.token(FORM, proof(world, KEY)).json()["access_token"]

        def tell(scheme: str, given: dict[str, str]) -> int:
            headers = {"authorization": f"{scheme} {token}"} | given
            return world.http.post(f"{world.url}/events", json={"name": "heard"}, headers=headers).status_code

        assert tell("Bearer", {}) == 401
        assert tell("DPoP", {}) == 401
        assert tell("DPoP", proof(world, KEY, "POST", "/events", token=token)) == 204


def test_a_door_says_how_to_prove(site: Site) -> None:
    token = site.token(FORM, proof(site.world, KEY)).json()["access_token"]
    headers = {"authorization": f"DPoP {token}"}
    answer = site.world.http.get(f"{site.world.url}/contacts", headers=headers)
    assert answer.headers["www-authenticate"].startswith("DPoP ")


def test_a_plain_token_is_no_dpop_token(site: Site) -> None:
    token = site.token(FORM).json()["access_token"]
    headers = {"authorization": f"DPoP {token}"} | proof(site.world, KEY, "GET", "/contacts", token=token)
    assert site.world.http.get(f"{site.world.url}/contacts", headers=headers).status_code == 401


def test_a_client_that_wants_bound_tokens_gets_no_others(world: World) -> None:
    site = Site(world, dpop_bound_access_tokens=True)
    assert error_of(site.token(FORM)) == (400, "invalid_dpop_proof")
    assert site.token(FORM, proof(world, KEY)).status_code == 200


def test_an_approved_request_gives_a_bound_token(site: Site) -> None:
    person = site.world.person()
    person.pair(site)
    asked = site.ask(quote="").json()
    person.decide(asked["auth_req_id"], code=asked.get("match_code"))
    form = {"grant_type": "urn:openid:params:grant-type:ciba", "auth_req_id": asked["auth_req_id"]}
    assert site.token(form, proof(site.world, KEY)).json()["token_type"] == "DPoP"


def test_discovery_names_the_algorithms(world: World) -> None:
    document = world.http.get(f"{world.url}/.well-known/openid-configuration").json()
    assert "ES256" in document["dpop_signing_alg_values_supported"]
    assert "none" not in document["dpop_signing_alg_values_supported"]
