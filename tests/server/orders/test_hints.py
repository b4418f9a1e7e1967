"""The three hints of CIBA Core 1.0 section 7.1, and the user's own code."""

from typing import Any

import pytest

from core.server.hints import ACCEPTED_AFTER_S
from core.wire import jose
from core.wire.keys import SigningKey
from tests.server.assertions import assertion
from tests.server.orders.world import Device, Person, World, error_of


def by_hint(speaker: Device, name: str, value: str, **more: str) -> tuple[int, str]:
    """Status and request id or error of a plain request that names its person by this hint."""
    answer = speaker.post("/bc-authorize", {"scope": "openid", name: value} | more)
    if answer.status_code != 200:
        return error_of(answer)
    return 200, str(answer.json()["auth_req_id"])


def id_token(momo: Person, speaker: Device) -> str:
    """An ID Token that this device got, by a plain request."""
    told = speaker.order(quote="")
    momo.decide(told["auth_req_id"], code=told["match_code"])
    return str(speaker.poll(told["auth_req_id"]).json()["id_token"])


def test_an_id_token_names_the_person_it_is_about_also_some_time_after_its_end(world: World) -> None:
    momo, speaker = world.paired()
    hint = id_token(momo, speaker)
    status, request_id = by_hint(speaker, "id_token_hint", hint)
    assert status == 200
    assert momo.state(request_id) == "pending"
    world.fake.advance(ACCEPTED_AFTER_S)
    assert by_hint(speaker, "id_token_hint", hint)[0] == 200
    world.fake.advance(601)
    assert by_hint(speaker, "id_token_hint", hint) == (400, "invalid_request")


def test_an_id_token_of_another_client_or_server_is_no_hint(world: World) -> None:
    momo, speaker = world.paired()
    other = world.device()
    momo.pair(other)
    hint = id_token(momo, speaker)
    claims = jose.unsafe_read_payload(hint, dict)
    for wrong in (
        jose.sign(claims, SigningKey.generate(), "JWT"),
        jose.sign(claims | {"iss": "https://elsewhere.example"}, world.server.services.keys.current, "JWT"),
        jose.sign(claims, world.server.services.keys.current, "nod-approval+jws"),
        hint[:-8] + "AAAAAAAA",
        "not a jwt",
    ):
        assert by_hint(speaker, "id_token_hint", wrong) == (400, "invalid_request")
    assert by_hint(other, "id_token_hint", hint) == (400, "invalid_request")


def test_a_hint_leads_to_nobody_once_the_pairing_is_over(world: World) -> None:
    momo, speaker = world.paired()
    hint = id_token(momo, speaker)
    momo.call("PATCH", f"/devices/{speaker.client_id}", json={"blocked": True})
    assert by_hint(speaker, "id_token_hint", hint) == (400, "unknown_user_id")
    momo.call("DELETE", f"/devices/{speaker.client_id}")
    assert by_hint(speaker, "id_token_hint", hint) == (400, "unknown_user_id")


class Hinter:
    """A device that signs hints."""

    def __init__(self, world: World) -> None:
        self.world, self.key = world, SigningKey.generate()
        self.momo, self.device = world.paired(jwks={"keys": [self.key.public_jwk()]})

    def hint(self, *, key: SigningKey | None = None, **claims: Any) -> str:
        usual = {"sub": None, "jti": None, "sub_id": {"format": "nickname", "nickname": "Momo"}}
        now = self.world.clock()
        return assertion(key or self.key, self.device.client_id, self.world.url, now, **(usual | claims))

    def ask(self, **claims: Any) -> tuple[int, str]:
        found = by_hint(self.device, "login_hint_token", self.hint(**claims))
        if found[0] == 200:
            self.device.withdraw(found[1])
        return found


def test_a_login_hint_token_names_its_person_by_nickname_or_subject(world: World) -> None:
    hinter = Hinter(world)
    status, request_id = hinter.ask()
    assert status == 200
    assert hinter.momo.view(request_id).details.context.nickname == "Momo"
    contacts = world.http.get(
        f"{world.url}/contacts",
        headers={
            "authorization": "Bearer "
            + hinter.device.post("/token", {"grant_type": "client_credentials", "scope": "device"}).json()[
                "access_token"
            ]
        },
    ).json()
    subject = contacts["contacts"][0]["sub"]
    id_token(hinter.momo, hinter.device)
    assert hinter.ask(sub_id={"format": "opaque", "id": subject})[0] == 200


def test_a_login_hint_token_that_cannot_be_believed_is_refused(world: World) -> None:
    hinter, now = Hinter(world), int(world.clock())
    for claims, error in (
        ({"exp": now}, "expired_login_hint_token"),
        ({"exp": now - 100_000}, "expired_login_hint_token"),
        ({"exp": None}, "invalid_request"),
        ({"iss": world.device().client_id}, "invalid_request"),
        ({"aud": "https://elsewhere.example"}, "invalid_request"),
        ({"iat": now + 600}, "invalid_request"),
        ({"sub_id": None}, "invalid_request"),
        ({"sub_id": {"format": "email", "email": "a@b.example"}}, "invalid_request"),
        ({"key": SigningKey.generate()}, "invalid_request"),
        ({"sub_id": {"format": "nickname", "nickname": "Taro"}}, "unknown_user_id"),
        ({"sub_id": {"format": "nickname", "nickname": ""}}, "unknown_user_id"),
        ({"sub_id": {"format": "opaque", "id": "x" * 43}}, "unknown_user_id"),
    ):
        assert hinter.ask(**claims) == (400, error), claims
    assert by_hint(world.device(), "login_hint_token", hinter.hint()) == (400, "invalid_request")


def test_two_hints_are_one_too_many(world: World) -> None:
    hinter = Hinter(world)
    answer = by_hint(hinter.device, "login_hint_token", hinter.hint(), login_hint="Momo")
    assert answer == (400, "invalid_request")


@pytest.fixture
def guarded(world: World) -> tuple[Person, Device]:
    """Momo, who wants to be asked with her own code, and a client that is registered to bring it."""
    momo, speaker = world.paired(backchannel_user_code_parameter=True)
    answer = momo.call("PATCH", "/profile", json={"user_code": "plum blossom"})
    assert answer.status_code == 200
    assert answer.json()["has_user_code"] is True
    assert "plum" not in answer.text
    return momo, speaker


def test_who_does_not_bring_the_person_s_code_does_not_reach_them(
    world: World, guarded: tuple[Person, Device]
) -> None:
    momo, speaker = guarded
    assert error_of(speaker.ask(quote="")) == (400, "missing_user_code")
    assert error_of(speaker.ask(quote="", user_code="peach")) == (400, "invalid_user_code")
    assert momo.call("GET", "/requests").json()["requests"] == []
    assert speaker.ask(quote="", user_code="plum blossom").status_code == 200


def test_a_client_that_is_not_registered_for_codes_cannot_bring_one(
    world: World, guarded: tuple[Person, Device]
) -> None:
    momo, _ = guarded
    other = world.device()
    momo.pair(other)
    assert error_of(other.ask(quote="", user_code="plum blossom")) == (400, "missing_user_code")


def test_five_wrong_codes_lock_a_client_out_for_ten_minutes(
    world: World, guarded: tuple[Person, Device]
) -> None:
    _, speaker = guarded
    for _ in range(5):
        assert error_of(speaker.ask(quote="", user_code="peach")) == (400, "invalid_user_code")
    locked = speaker.ask(quote="", user_code="plum blossom")
    assert error_of(locked) == (403, "access_denied")
    assert int(locked.headers["retry-after"]) == 600
    world.fake.advance(600)
    assert speaker.ask(quote="", user_code="plum blossom").status_code == 200


def test_a_code_can_be_changed_and_taken_away(world: World, guarded: tuple[Person, Device]) -> None:
    momo, speaker = guarded
    for wrong in ("abc", "x" * 65, "\u3042\u3044\u3046\u3048", "a\nbcd", 1234):
        assert momo.call("PATCH", "/profile", json={"user_code": wrong}).status_code == 400, wrong
    assert momo.call("PATCH", "/profile", json={"user_code": "1234"}).status_code == 200
    assert error_of(speaker.ask(quote="", user_code="plum blossom")) == (400, "invalid_user_code")
    assert "has_user_code" not in momo.call("PATCH", "/profile", json={"user_code": None}).json()
    assert speaker.ask(quote="").status_code == 200
