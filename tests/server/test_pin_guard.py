"""A login alone opens nothing that the PIN guards: the PIN itself, its amount, codes that stand for it."""

import secrets
from typing import Any

import httpx
import pytest

from core.server import operator
from core.wire import pin_word
from core.wire.canonical import digest
from core.wire.keys import SigningKey
from core.wire.pin_word import PinWord
from tests.clock import FakeClock
from tests.server.orders.stores import BOTH
from tests.server.world import Terminal, World


@pytest.fixture
def momo(world: World) -> Terminal:
    """A person with a PIN, asked for above 500 yen."""
    terminal = person_with_pin(world)
    assert terminal.send("PATCH", "/profile", {"pin_above": 500}).status_code == 200
    return terminal


def person_with_pin(world: World) -> Terminal:
    terminal = Terminal(world)
    terminal.pin_key = SigningKey.generate()
    answer = terminal.create_profile(user_id="momo", nickname="Momo")
    assert answer.status_code == 201, answer.text
    terminal.take(answer)
    return terminal


def bare(key: SigningKey) -> dict[str, Any]:
    return {name: value for name, value in key.public_jwk().items() if name in ("kty", "crv", "x", "y")}


def word(by: Terminal, members: dict[str, Any], key: SigningKey | None = None, **changes: Any) -> str:
    usual: dict[str, Any] = {
        "iss": by.terminal_id,
        "sub": "momo",
        "aud": by.world.url,
        "iat": int(by.world.clock()),
        "jti": secrets.token_urlsafe(9),
        "body_sha256": digest(members),
    }
    signer = key or by.pin_key
    assert signer is not None
    return pin_word.sign(PinWord(**(usual | changes)), signer)


def change(by: Terminal, members: dict[str, Any], **more: Any) -> httpx.Response:
    return by.send("PATCH", "/profile", members | more)


def vouched(by: Terminal, members: dict[str, Any]) -> httpx.Response:
    return change(by, members, pin_proof=word(by, members))


def code_of(by: Terminal, *, with_pin: bool) -> str:
    body = {"pin_proof": word(by, {})} if with_pin else None
    answer = by.send("POST", "/enrolment-codes", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def joined(world: World, code: str) -> Terminal:
    other = Terminal(world)
    other.take(other.enrol(code))
    return other


def refused(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.json()["code"]) == (400, "pin_needed")


LOOSER: list[dict[str, Any]] = [{"pin_above": None}, {"pin_above": 501}, {"pin_jwk": None}]


@pytest.mark.parametrize("members", LOOSER)
def test_a_login_alone_does_not_loosen_what_the_pin_guards(momo: Terminal, members: dict[str, Any]) -> None:
    assert refused(change(momo, members | {"nickname": "Other"}))
    profile = momo.send("GET", "/profile").json()
    assert (profile["nickname"], profile["pin_above"]) == ("Momo", 500)
    assert refused(change(momo, {"pin_jwk": bare(SigningKey.generate())}))
    answer = vouched(momo, members)
    assert answer.status_code == 200, answer.text


@BOTH
def test_with_the_pin_it_is_changed_and_the_new_one_counts_from_then_on(world: World) -> None:
    momo, new = person_with_pin(world), SigningKey.generate()
    old = momo.pin_key
    assert vouched(momo, {"pin_jwk": bare(new)}).status_code == 200
    assert change(momo, {"pin_jwk": bare(new)}).status_code == 200, "the same again, after a lost answer"
    assert change(momo, {"pin_jwk": None}, pin_proof=word(momo, {"pin_jwk": None}, old)).status_code == 400
    momo.pin_key = new
    assert vouched(momo, {"pin_jwk": None}).status_code == 200
    assert change(momo, {"pin_jwk": bare(SigningKey.generate())}).status_code == 200, "a first one is free"


def test_to_be_stricter_takes_no_pin(momo: Terminal) -> None:
    for limit in (500, 400, 0):
        assert change(momo, {"pin_above": limit}).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "term_other"},
        {"sub": "mei"},
        {"aud": "https://elsewhere.example"},
        {"body_sha256": digest({"pin_above": 600})},
        {"iat": 1},
        {"jti": ""},
        {"jti": "a\x00b"},
    ],
)
def test_a_word_for_anything_else_is_refused(momo: Terminal, changes: dict[str, Any]) -> None:
    members = {"pin_above": None}
    assert change(momo, members, pin_proof=word(momo, members, **changes)).status_code == 400
    assert change(momo, members, pin_proof=word(momo, members, momo.key)).status_code == 400
    assert momo.send("GET", "/profile").json()["pin_above"] == 500


def test_a_word_counts_once(momo: Terminal) -> None:
    members = {"pin_above": 900}
    said = word(momo, members)
    assert change(momo, members, pin_proof=said).status_code == 200
    assert change(momo, {"pin_above": 500}).status_code == 200
    assert refused(change(momo, members, pin_proof=said))
    body = {"pin_proof": word(momo, {})}
    assert momo.send("POST", "/enrolment-codes", body).status_code == 201
    assert refused(momo.send("POST", "/enrolment-codes", body))


def test_another_terminal_is_no_way_around_it(world: World, momo: Terminal) -> None:
    other = joined(world, code_of(momo, with_pin=False))
    assert refused(change(other, {"pin_jwk": bare(SigningKey.generate())}))
    third = Terminal(world)
    third.pin_key = SigningKey.generate()
    assert refused(third.enrol(code_of(other, with_pin=False)))
    assert other.send("DELETE", f"/terminals/{momo.terminal_id}").status_code == 204
    assert change(other, {"pin_jwk": None}).status_code == 200, "it has none, so nothing changes"
    assert refused(change(other, {"pin_jwk": bare(SigningKey.generate())}))
    assert refused(change(other, {"pin_above": None}))


def test_a_code_that_was_made_with_the_pin_brings_one_elsewhere(world: World, momo: Terminal) -> None:
    other = Terminal(world)
    other.pin_key = SigningKey.generate()
    other.take(other.enrol(code_of(momo, with_pin=True)))
    assert vouched(other, {"pin_above": 700}).status_code == 200
    third = joined(world, code_of(other, with_pin=False))
    key = bare(SigningKey.generate())
    assert refused(change(third, {"pin_jwk": key}, pin_code=code_of(other, with_pin=False)))
    assert change(third, {"pin_jwk": key}, pin_code=code_of(other, with_pin=True)).status_code == 200


def test_a_forgotten_pin_is_mended_by_a_code_of_the_operator(world: World, momo: Terminal) -> None:
    with operator.opened(world.settings.database_url, now=world.clock) as store:
        code = operator.enrolment_code(store, "momo")
    assert code is not None
    momo.pin_key = SigningKey.generate()
    members = {"pin_jwk": bare(momo.pin_key)}
    assert refused(change(momo, members, pin_code="AAAA-AAAA-AAAA"))
    assert change(momo, members, pin_code=code).status_code == 200
    assert vouched(momo, {"pin_above": None}).status_code == 200
    assert refused(change(momo, {"pin_jwk": None}, pin_code=code)), "it is spent"


def test_a_code_of_another_person_opens_nothing(world: World, momo: Terminal, clock: FakeClock) -> None:
    world.person("mei", "Mei")
    with operator.opened(world.settings.database_url, now=clock) as store:
        code = operator.enrolment_code(store, "mei")
    assert refused(change(momo, {"pin_jwk": None}, pin_code=code))
    other = Terminal(world)
    assert other.enrol(str(code)).status_code == 201, "and is not spent by that"


def test_the_pin_of_a_lost_terminal_counts_no_more_once_another_was_set_with_proof(
    world: World, momo: Terminal
) -> None:
    with operator.opened(world.settings.database_url, now=world.clock) as store:
        code = operator.enrolment_code(store, "momo")
    other = joined(world, code_of(momo, with_pin=False))
    assert other.send("DELETE", f"/terminals/{momo.terminal_id}").status_code == 204
    other.pin_key = SigningKey.generate()
    assert refused(change(other, {"pin_jwk": bare(other.pin_key)}, pin_code=str(code))), (
        "a later one ended it"
    )
    with operator.opened(world.settings.database_url, now=world.clock) as store:
        code = operator.enrolment_code(store, "momo")
    assert change(other, {"pin_jwk": bare(other.pin_key)}, pin_code=str(code)).status_code == 200
    assert vouched(other, {"pin_jwk": None}).status_code == 200
    assert change(other, {"pin_jwk": bare(SigningKey.generate())}).status_code == 200, "a first one is free"


@BOTH
def test_the_largest_amount_that_can_be_named_is_kept(momo: Terminal) -> None:
    for members in ({"pin_above": 2**31}, {"pin_above": 10**12}):
        answer = vouched(momo, members)
        assert (answer.status_code, answer.json().get("pin_above")) == (200, members["pin_above"])
