"""A plain CIBA client: no purchase, no extensions of ours; what its person sees, and what it learns."""

import re
from typing import Any

from core.domain.decision import Presence
from core.presentation.lines import lines
from core.texts.catalog import Texts
from core.wire import jose
from tests.server.orders.world import CIBA, World, error_of

PLAIN: dict[str, Any] = {
    "nod_kind": "service",
    "nod_extensions": [],
    "authorization_details_types": [],
    "scope": "openid profile email payroll device",
}
CLICK, PIN = "urn:nod:presence:click", "urn:nod:presence:pin"


def test_its_person_sees_who_asks_the_message_as_a_quotation_and_the_scopes_in_words(world: World) -> None:
    momo, bank = world.paired(**PLAIN)
    told = bank.order(quote="", scope="openid profile payroll", binding_message="Buy now! 100 EUR")
    assert told.keys() == {"auth_req_id", "expires_in", "interval"}
    details = momo.view(told["auth_req_id"]).details
    english = lines(details, Texts("en"), "UTC")
    assert english.headline == "Kitchen speaker asks you to confirm that it is you"
    assert english.what == (
        "Message from Kitchen speaker: “Buy now! 100 EUR”",
        "It learns who you are",
        "It sees your name",
        "“payroll”",
    )
    assert english.amount is None
    japanese = lines(details, Texts("ja"), "Asia/Tokyo")
    assert "Buy now! 100 EUR" in japanese.what[0]
    assert "Kitchen speaker" in japanese.what[0]
    momo.decide(told["auth_req_id"])
    assert bank.poll(told["auth_req_id"]).json()["id_token"]


def test_a_message_that_cannot_be_shown_is_refused_and_nothing_is_asked(world: World) -> None:
    momo, bank = world.paired(**PLAIN)
    for message in ("x" * 141, "a\u202eb", "a\nb", "\u200b", "a\ufffe"):
        assert error_of(bank.ask(quote="", binding_message=message)) == (400, "invalid_binding_message")
    assert momo.call("GET", "/requests").json()["requests"] == []
    assert bank.ask(quote="", binding_message="1234").status_code == 200


def test_parameters_that_nobody_knows_are_ignored(world: World) -> None:
    _, bank = world.paired(**PLAIN)
    answer = bank.ask(quote="", foo="bar", ui_locales="de", request_uri="https://a.example/x")
    assert answer.status_code == 200


def test_a_scope_that_the_client_did_not_register_is_refused(world: World) -> None:
    momo, bank = world.paired(**PLAIN)
    for scope in ("openid address", "openid terminal", "openid PROFILE"):
        assert error_of(bank.ask(quote="", scope=scope)) == (400, "invalid_scope")
    assert momo.call("GET", "/requests").json()["requests"] == []
    assert bank.ask(quote="", scope="email openid").status_code == 200


def test_a_client_without_the_grant_may_not_ask(world: World) -> None:
    other = world.device(grant_types=["client_credentials"])
    assert error_of(other.ask(quote="")) == (400, "unauthorized_client")


def test_a_poll_names_grant_and_request(world: World) -> None:
    _, bank = world.paired(**PLAIN)
    told = bank.order(quote="")
    assert error_of(bank.post("/token", {"grant_type": CIBA})) == (400, "invalid_request")
    assert error_of(bank.post("/token", {"auth_req_id": told["auth_req_id"]})) == (400, "invalid_request")
    odd = {"grant_type": "urn:other", "auth_req_id": told["auth_req_id"]}
    assert error_of(bank.post("/token", odd)) == (400, "unsupported_grant_type")
    assert error_of(bank.poll("x" * 2000)) == (400, "invalid_grant")


def test_ids_are_unguessable_and_their_own(world: World) -> None:
    _, bank = world.paired(**PLAIN)
    ids = set()
    for _ in range(5):
        answer = bank.ask(quote="")
        assert answer.headers["cache-control"] == "no-store"
        told = answer.json()
        assert re.fullmatch(r"[A-Za-z0-9._-]{36,}", told["auth_req_id"])
        assert all(isinstance(told[name], int) and told[name] > 0 for name in ("expires_in", "interval"))
        ids.add(told["auth_req_id"])
        bank.withdraw(told["auth_req_id"])
    assert len(ids) == 5


def acr_of(world: World, id_token: str) -> Any:
    claims: dict[str, Any] = jose.unsafe_read_payload(id_token, dict)
    return claims.get("acr")


def test_the_acr_says_how_the_person_was_there_and_only_when_asked(world: World) -> None:
    momo, bank = world.paired(**PLAIN)
    for asked, expected in (("", None), (CLICK, CLICK), (f"urn:other {PIN}", CLICK), ("urn:other", CLICK)):
        world.fake.advance(10)
        told = bank.order(quote="", acr_values=asked)
        assert momo.view(told["auth_req_id"]).presence is Presence.CLICK
        momo.decide(told["auth_req_id"])
        assert acr_of(world, bank.poll(told["auth_req_id"]).json()["id_token"]) == expected, asked


def test_a_client_that_prefers_the_pin_gets_it_where_there_is_one(world: World) -> None:
    momo, bank = world.person(pin=True), world.device(**PLAIN)
    momo.pair(bank)
    told = bank.order(quote="", acr_values=f"urn:other {PIN} {CLICK}")
    assert momo.view(told["auth_req_id"]).presence is Presence.PIN
    assert error_of(momo.decide(told["auth_req_id"])) == (400, "pin_needed")
    momo.decide(told["auth_req_id"], presence=Presence.PIN)
    assert acr_of(world, bank.poll(told["auth_req_id"]).json()["id_token"]) == PIN
    world.fake.advance(10)
    told = bank.order(quote="", acr_values=f"{CLICK} {PIN}")
    assert momo.view(told["auth_req_id"]).presence is Presence.CLICK
    momo.decide(told["auth_req_id"], presence=Presence.PIN)
    assert acr_of(world, bank.poll(told["auth_req_id"]).json()["id_token"]) == PIN


def test_a_stubborn_poller_is_an_error_until_it_keeps_to_the_interval(world: World) -> None:
    _, bank = world.paired(**PLAIN)
    request_id = bank.order(quote="", requested_expiry="300")["auth_req_id"]
    heard = [error_of(bank.poll(request_id))[1] for _ in range(8)]
    assert heard == ["authorization_pending"] + ["slow_down"] * 5 + ["invalid_request"] * 2
    world.fake.advance(27)
    assert error_of(bank.poll(request_id))[1] == "authorization_pending"
