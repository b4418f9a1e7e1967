"""Whom a request means, by each of the three hints, and the code that a person may demand (CIBA 7.1)."""

from typing import Any

import pytest

from core.server import keys
from core.wire import jose
from core.wire.keys import SigningKey
from tests.server.oauth.signer import Signer
from tests.server.orders.stores import BOTH
from tests.server.orders.world import Person, World, error_of


@pytest.fixture
def client(world: World) -> Signer:
    return Signer(
        world, backchannel_authentication_request_signing_alg=None, backchannel_user_code_parameter=True
    )


@pytest.fixture
def momo(world: World, client: Signer) -> Person:
    person = world.person()
    person.pair(client)
    return person


def ask(client: Signer, **form: str) -> Any:
    return client.post("/bc-authorize", {"scope": "openid"} | form)


def id_token(client: Signer, person: Person) -> str:
    asked = ask(client, login_hint="Momo").json()
    person.decide(asked["auth_req_id"], code=asked["match_code"])
    return str(client.poll(asked["auth_req_id"]).json()["id_token"])


def test_an_id_token_of_ours_names_its_person_also_after_it_ran_out(client: Signer, momo: Person) -> None:
    token = id_token(client, momo)
    client.world.fake.advance(30 * 86_400)
    asked = ask(client, id_token_hint=token)
    assert asked.status_code == 200, asked.text
    assert momo.state(asked.json()["auth_req_id"]) == "pending"


def test_an_id_token_outlives_the_key_that_signed_it(client: Signer, momo: Person) -> None:
    token = id_token(client, momo)
    server = client.world.server.services
    server.store.writer.submit_blocking(keys.rotate)
    client.world.fake.advance(7 * 86_400)
    published = client.world.http.get(f"{client.world.url}/jwks").json()["keys"]
    assert [key["kid"] for key in published] == [server.keys.current.kid]
    assert ask(client, id_token_hint=token).status_code == 200


def test_a_very_old_id_token_names_nobody(client: Signer, momo: Person) -> None:
    token = id_token(client, momo)
    client.world.fake.advance(31 * 86_400)
    assert error_of(ask(client, id_token_hint=token)) == (400, "invalid_request")


def test_an_id_token_of_another_client_is_refused(client: Signer, momo: Person) -> None:
    other = Signer(client.world, backchannel_authentication_request_signing_alg=None)
    momo.pair(other)
    assert error_of(ask(other, id_token_hint=id_token(client, momo))) == (400, "invalid_request")


def test_an_id_token_that_somebody_else_signed_is_refused(client: Signer, momo: Person) -> None:
    forged = client.sign(iss=client.world.url, aud=client.client_id, sub="x", header={"typ": "JWT"})
    assert error_of(ask(client, id_token_hint=forged)) == (400, "invalid_request")
    assert error_of(ask(client, id_token_hint="nonsense")) == (400, "invalid_request")


def test_an_unpaired_person_is_not_found_by_an_id_token(client: Signer, momo: Person) -> None:
    token = id_token(client, momo)
    assert momo.call("DELETE", f"/devices/{client.client_id}").status_code == 204
    assert error_of(ask(client, id_token_hint=token)) == (400, "unknown_user_id")


def hint(client: Signer, sub_id: Any, **changes: Any) -> str:
    return client.sign(**({"sub_id": sub_id} | changes))


NICKNAME = {"format": "nickname", "nickname": "momo"}


@BOTH
def test_a_hint_token_names_by_nickname_or_subject(client: Signer, momo: Person) -> None:
    assert ask(client, login_hint_token=hint(client, NICKNAME)).status_code == 200
    client.world.fake.advance(61)
    claims: dict[str, str] = jose.unsafe_read_payload(id_token(client, momo), dict)
    opaque = {"format": "opaque", "id": claims["sub"]}
    assert ask(client, login_hint_token=hint(client, opaque)).status_code == 200


def test_a_subject_that_the_list_of_contacts_gave_names_its_person(client: Signer, momo: Person) -> None:
    form = {"grant_type": "client_credentials", "scope": "device"}
    token = client.post("/token", form).json()["access_token"]
    headers = {"authorization": f"Bearer {token}"}
    mei = client.world.person("mei", "Mei")
    mei.pair(client)
    listed = client.world.http.get(f"{client.world.url}/contacts", headers=headers).json()["contacts"]
    sub = {contact["nickname"]: contact["sub"] for contact in listed}["Mei"]
    asked = ask(client, login_hint_token=hint(client, {"format": "opaque", "id": sub}))
    assert asked.status_code == 200, asked.text
    assert mei.state(asked.json()["auth_req_id"]) == "pending"


@BOTH
@pytest.mark.parametrize(
    "sub_id",
    [
        {"format": "nickname", "nickname": "mo\x00mo"},
        {"format": "opaque", "id": "\x00"},
        {"format": "opaque", "id": "x" * 5_000},
    ],
)
def test_a_name_that_no_store_could_hold_is_nobodys(client: Signer, momo: Person, sub_id: Any) -> None:
    assert error_of(ask(client, login_hint_token=hint(client, sub_id))) == (400, "unknown_user_id")


@pytest.mark.parametrize(
    ("sub_id", "changes", "error"),
    [
        (NICKNAME, {"exp": 1}, "expired_login_hint_token"),
        (NICKNAME, {"iss": "dev_other"}, "invalid_request"),
        (NICKNAME, {"aud": "https://elsewhere.example"}, "invalid_request"),
        (NICKNAME, {"exp": None}, "invalid_request"),
        (NICKNAME, {"by": SigningKey.generate()}, "invalid_request"),
        ({"format": "email", "email": "momo@example.com"}, {}, "invalid_request"),
        (None, {}, "invalid_request"),
        ({"format": "opaque", "id": "unknown"}, {}, "unknown_user_id"),
        ({"format": "nickname", "nickname": ""}, {}, "unknown_user_id"),
        ({"format": "nickname", "nickname": "nobody"}, {}, "unknown_user_id"),
    ],
)
def test_any_other_hint_token_says_why_not(
    client: Signer, momo: Person, sub_id: Any, changes: dict[str, Any], error: str
) -> None:
    assert error_of(ask(client, login_hint_token=hint(client, sub_id, **changes))) == (400, error)


@pytest.mark.parametrize(
    "form",
    [{}, {"login_hint": "Momo", "id_token_hint": "x"}, {"login_hint": "Momo", "login_hint_token": "x"}],
)
def test_exactly_one_hint_is_taken(client: Signer, momo: Person, form: dict[str, str]) -> None:
    assert error_of(ask(client, **form)) == (400, "invalid_request")


def test_a_person_with_a_code_is_reached_only_with_it(client: Signer, momo: Person) -> None:
    assert momo.call("PATCH", "/profile", json={"user_code": "2468"}).json()["has_user_code"] is True
    assert error_of(ask(client, login_hint="Momo")) == (400, "missing_user_code")
    assert error_of(ask(client, login_hint="Momo", user_code="1357")) == (400, "invalid_user_code")
    assert ask(client, login_hint="Momo", user_code="2468").status_code == 200


@BOTH
def test_five_wrong_codes_lock_the_client_out(client: Signer, momo: Person) -> None:
    momo.call("PATCH", "/profile", json={"user_code": "2468"})
    for _ in range(5):
        ask(client, login_hint="Momo", user_code="1357")
    locked = ask(client, login_hint="Momo", user_code="2468")
    assert error_of(locked) == (403, "access_denied")
    assert int(locked.headers["retry-after"]) > 500
    client.world.fake.advance(601)
    assert ask(client, login_hint="Momo", user_code="2468").status_code == 200


def test_a_client_that_cannot_bring_a_code_is_told_that_it_is_missing(world: World) -> None:
    person, device = world.paired()
    person.call("PATCH", "/profile", json={"user_code": "2468"})
    assert error_of(device.ask(quote="", user_code="2468")) == (400, "missing_user_code")


def test_a_code_that_was_removed_is_not_demanded(client: Signer, momo: Person) -> None:
    momo.call("PATCH", "/profile", json={"user_code": "2468"})
    momo.call("PATCH", "/profile", json={"user_code": None})
    assert ask(client, login_hint="Momo").status_code == 200


@pytest.mark.parametrize("code", ["123", "x" * 65, "１２３４", "12\n34"])
def test_a_code_that_cannot_be_typed_everywhere_is_refused(momo: Person, code: str) -> None:
    assert error_of(momo.call("PATCH", "/profile", json={"user_code": code})) == (400, "bad_user_code")


def test_acr_is_told_when_it_was_asked_for(client: Signer, momo: Person) -> None:
    asked = ask(client, login_hint="Momo", acr_values="urn:nod:presence:pin urn:nod:presence:click").json()
    momo.decide(asked["auth_req_id"], code=asked["match_code"])
    token = client.poll(asked["auth_req_id"]).json()["id_token"]
    assert jose.unsafe_read_payload(token, dict)["acr"] == "urn:nod:presence:click"
