"""What was approved stands beside every token, and is told to whoever asks about it (RFC 9396 7 and 9.2)."""

from typing import Any

import msgspec
import pytest

from tests.server.oauth.site import Site
from tests.server.orders.stores import BOTH
from tests.server.orders.test_deletion import delete
from tests.server.orders.world import PROCEDURE, PURCHASE, Person, World
from tests.waiting import wait_until

DOOR = {
    "type": PROCEDURE,
    "procedure": "Open the door",
    "fields": [{"label": "Door", "value": "Front"}],
}
DETAILS = "authorization_details"


@pytest.fixture
def site(world: World) -> Site:
    return Site(world)


@pytest.fixture
def momo(world: World, site: Site) -> Person:
    person = world.person()
    person.pair(site)
    return person


def _door() -> str:
    return msgspec.json.encode([DOOR]).decode()


def _of(answer: dict[str, Any]) -> Any:
    return answer.get(DETAILS)


@BOTH
def test_a_purchase_is_told_at_introspection_as_beside_the_token(world: World) -> None:
    momo, speaker = world.paired()
    asked = speaker.order()
    momo.decide(asked["auth_req_id"], code=asked["match_code"])
    speaker.settled(asked["auth_req_id"])
    tokens = speaker.poll(asked["auth_req_id"]).json()
    told = speaker.post("/introspect", {"token": tokens["access_token"]}).json()
    [detail] = told[DETAILS]
    assert (detail["type"], detail["outcome"]["status"]) == (PURCHASE, "paid")
    assert told[DETAILS] == tokens[DETAILS]


def test_a_procedure_is_told_for_both_kinds_of_token(site: Site, momo: Person) -> None:
    code = site.code(momo, scope="openid offline_access", authorization_details=_door())
    tokens = site.redeem(code).json()
    assert _of(tokens) == [DOOR]
    assert _of(site.introspect(tokens["access_token"])) == [DOOR]
    assert _of(site.introspect(tokens["refresh_token"])) == [DOOR]


def test_it_stands_beside_renewed_tokens_too(site: Site, momo: Person) -> None:
    code = site.code(momo, scope="openid offline_access", authorization_details=_door())
    form = {"grant_type": "refresh_token", "refresh_token": site.redeem(code).json()["refresh_token"]}
    renewed = site.token(form).json()
    assert _of(renewed) == [DOOR]
    assert _of(site.introspect(renewed["access_token"])) == [DOOR]


def test_a_token_without_any_has_no_such_member(site: Site, momo: Person) -> None:
    plain = site.redeem(site.code(momo)).json()
    assert DETAILS not in plain
    assert DETAILS not in site.introspect(plain["access_token"])
    own = site.token({"grant_type": "client_credentials"}).json()["access_token"]
    assert DETAILS not in site.introspect(own)


def test_another_client_is_told_nothing(site: Site, momo: Person) -> None:
    token = site.redeem(site.code(momo, authorization_details=_door())).json()["access_token"]
    assert Site(site.world).introspect(token) == {"active": False}


def test_a_token_of_somebody_deleted_is_dead_also_where_it_is_remembered(site: Site, momo: Person) -> None:
    token = site.redeem(site.code(momo)).json()["access_token"]
    remembered = getattr(site.world.server.services.tokens, "_kept")  # noqa: B009
    site.introspect(token)
    before = dict(remembered)
    assert delete(momo).status_code == 204
    # Another process may be asked before the news of the deletion has reached it.
    wait_until(lambda: not remembered, what="the news of the deletion")
    remembered |= before
    assert site.introspect(token) == {"active": False}
