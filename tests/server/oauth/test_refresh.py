"""Refresh tokens: given where asked for, used once, bound to client and key, ended with the pairing."""

import pytest

from core.wire.keys import SigningKey
from tests.server.oauth.site import Site, proof
from tests.server.orders.one_commit import in_one_commit
from tests.server.orders.stores import BOTH
from tests.server.orders.test_parting import part
from tests.server.orders.world import Person, World, error_of
from tests.waiting import wait_until

KEY = SigningKey.generate()


@pytest.fixture
def site(world: World) -> Site:
    return Site(world)


@pytest.fixture
def momo(world: World, site: Site) -> Person:
    person = world.person()
    person.pair(site)
    return person


def test_it_is_given_only_where_it_was_asked_for_and_approved(site: Site, momo: Person) -> None:
    assert "refresh_token" not in site.redeem(site.code(momo)).json()
    tokens = site.redeem(site.code(momo, scope="openid offline_access")).json()
    assert tokens["refresh_token"]


def test_a_client_without_the_grant_gets_none(world: World) -> None:
    site = Site(world, grant_types=["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"])
    person = world.person()
    person.pair(site)
    tokens = site.redeem(site.code(person, scope="openid offline_access")).json()
    assert "refresh_token" not in tokens
    assert tokens["scope"] == "openid"


@BOTH
def test_it_rotates_and_the_old_one_ends_the_whole_grant(site: Site, momo: Person) -> None:
    first = site.redeem(site.code(momo, scope="openid offline_access")).json()
    second = site.token({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert site.introspect(second["refresh_token"])["active"] is True
    assert site.introspect(first["refresh_token"]) == {"active": False}
    stolen = site.token({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]})
    assert error_of(stolen) == (400, "invalid_grant")
    later = site.token({"grant_type": "refresh_token", "refresh_token": second["refresh_token"]})
    assert error_of(later) == (400, "invalid_grant")
    wait_until(lambda: not site.introspect(second["access_token"])["active"], what="a revoked token")


def test_another_client_cannot_use_it(site: Site, momo: Person) -> None:
    token = site.redeem(site.code(momo, scope="openid offline_access")).json()["refresh_token"]
    other = Site(site.world)
    form = {"grant_type": "refresh_token", "refresh_token": token}
    assert error_of(other.token(form)) == (400, "invalid_grant")
    assert other.introspect(token) == {"active": False}
    assert site.token(form).status_code == 200


def test_it_is_bound_to_the_key_that_it_began_with(site: Site, momo: Person) -> None:
    code = site.code(momo, scope="openid offline_access")
    tokens = site.redeem(code, headers=proof(site.world, KEY)).json()
    assert site.introspect(tokens["refresh_token"])["cnf"] == {"jkt": KEY.kid}
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert error_of(site.token(form)) == (400, "invalid_grant")
    other = proof(site.world, SigningKey.generate())
    assert error_of(site.token(form, other)) == (400, "invalid_grant")
    assert site.token(form, proof(site.world, KEY)).json()["token_type"] == "DPoP"


@BOTH
def test_two_uses_in_one_commit_end_what_the_first_one_brought(site: Site, momo: Person) -> None:
    token = site.redeem(site.code(momo, scope="openid offline_access")).json()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": token}
    first, second = in_one_commit(site.world, *[lambda: site.token(form)] * 2)
    assert (first.status_code, second.status_code) == (200, 400)
    for brought in (first.json()["access_token"], first.json()["refresh_token"]):
        assert site.introspect(brought) == {"active": False}


def test_less_may_be_asked_for_but_not_more(site: Site, momo: Person) -> None:
    token = site.redeem(site.code(momo, scope="openid profile offline_access")).json()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": token}
    assert error_of(site.token(form | {"scope": "openid email"})) == (400, "invalid_scope")
    assert site.token(form | {"scope": "openid"}).json()["scope"] == "openid"


def test_it_ends_after_thirty_days(site: Site, momo: Person) -> None:
    token = site.redeem(site.code(momo, scope="openid offline_access")).json()["refresh_token"]
    site.world.fake.advance(30 * 86_400 + 1)
    form = {"grant_type": "refresh_token", "refresh_token": token}
    assert error_of(site.token(form)) == (400, "invalid_grant")


def test_unpairing_ends_it(site: Site, momo: Person) -> None:
    token = site.redeem(site.code(momo, scope="openid offline_access")).json()["refresh_token"]
    assert momo.call("DELETE", f"/devices/{site.client_id}").status_code == 204
    form = {"grant_type": "refresh_token", "refresh_token": token}
    assert error_of(site.token(form)) == (400, "invalid_grant")


@pytest.mark.parametrize("how", ["unpair", "block"])
def test_parting_ends_it_for_good_and_its_access_tokens_at_once(site: Site, momo: Person, how: str) -> None:
    tokens = site.redeem(site.code(momo, scope="openid offline_access")).json()
    late = site.code(momo, scope="openid offline_access")
    part(momo, site, how)
    for token in (tokens["access_token"], tokens["refresh_token"]):
        assert site.introspect(token) == {"active": False}
    assert "refresh_token" not in site.redeem(late).json()
    if how == "unpair":
        momo.pair(site)
    else:
        assert momo.call("PATCH", f"/devices/{site.client_id}", json={"blocked": False}).status_code == 200
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert error_of(site.token(form)) == (400, "invalid_grant")


def test_parting_from_one_leaves_what_others_hold(site: Site, momo: Person) -> None:
    mei, other = site.world.person("mei", "Mei"), Site(site.world)
    mei.pair(site)
    momo.pair(other)
    held = [
        by.redeem(by.code(person, scope="openid offline_access", login_hint=person.nickname)).json()
        for by, person in ((site, mei), (other, momo))
    ]
    part(momo, site, "unpair")
    assert site.introspect(held[0]["refresh_token"])["active"]
    assert other.introspect(held[1]["access_token"])["active"]


def test_revoking_it_ends_the_access_tokens_too(site: Site, momo: Person) -> None:
    tokens = site.redeem(site.code(momo, scope="openid offline_access")).json()
    other = Site(site.world)
    assert other.post("/revoke", {"token": tokens["refresh_token"]}).status_code == 200
    assert site.introspect(tokens["refresh_token"])["active"] is True
    assert site.post("/revoke", {"token": tokens["refresh_token"]}).status_code == 200
    assert site.introspect(tokens["refresh_token"]) == {"active": False}
    wait_until(lambda: not site.introspect(tokens["access_token"])["active"], what="a revoked token")


def test_a_polled_request_can_bring_one(site: Site, momo: Person) -> None:
    asked = site.ask(quote="", scope="openid offline_access").json()
    momo.decide(asked["auth_req_id"], code=asked.get("match_code"))
    tokens = site.poll(asked["auth_req_id"]).json()
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert site.token(form).status_code == 200
