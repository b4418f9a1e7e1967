"""Everything that can be altered on its way is, one at a time; each is refused and nothing changes."""

from typing import Any

import msgspec
import pytest

from core.domain.decision import Presence
from core.wire import approval as approvals
from core.wire import jose
from core.wire.canonical import b64u, unb64u
from core.wire.keys import SigningKey
from core.wire.quote import Quote
from tests.server.orders.stores import BOTH
from tests.server.orders.world import PURCHASE, World, error_of

INVALID = (400, "invalid_authorization_details")


def _tampered(compact: str, **changes: Any) -> str:
    head, _, signature = compact.split(".")
    payload = msgspec.to_builtins(jose.unsafe_read_payload(compact, dict)) | changes
    return ".".join((head, b64u(msgspec.json.encode(payload)), signature))


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": {"value": 1, "currency": "JPY"}},
        {"payee": {"id": "thief", "name": "Thief"}},
        {"items": [{"id": "milk", "title": "Milk", "quantity": 99, "unit_value": 1}]},
        {"iss": "http://127.0.0.1:1"},
        {"exp": 9_999_999_999},
        {"jti": "another"},
    ],
)
def test_an_altered_quote_is_refused(world: World, changes: dict[str, Any]) -> None:
    momo, speaker = world.paired()
    assert error_of(speaker.ask(quote=_tampered(world.quote(), **changes))) == INVALID
    assert momo.call("GET", "/requests").json()["requests"] == []


def test_a_quote_signed_by_somebody_else_is_refused(world: World) -> None:
    _, speaker = world.paired()
    content = jose.unsafe_read_payload(world.quote(), Quote)
    stranger = SigningKey.generate()
    assert error_of(speaker.ask(quote=jose.sign(content, stranger, "nod-quote+jws"))) == INVALID


@pytest.mark.parametrize(
    "detail",
    [
        {"type": "urn:nod:purchase:2", "quote": "x"},
        {"type": PURCHASE},
        {"type": PURCHASE, "quote": "x", "amount": {"value": 1, "currency": "JPY"}},
        {"type": PURCHASE, "quote": 7},
        {"type": PURCHASE, "quote": "a.b.c", "place": {"label": "x", "latitude": 1}},
        {"type": PURCHASE, "quote": "a.b.c", "place": {"label": "a\u202eb"}},
        {"quote": "a.b.c"},
        "text",
        None,
    ],
)
def test_a_strange_authorization_detail_is_refused(world: World, detail: Any) -> None:
    _, speaker = world.paired()
    for text in (msgspec.json.encode([detail]).decode(), msgspec.json.encode(detail).decode(), "[", "[]"):
        assert error_of(speaker.ask(quote="", authorization_details=text)) == INVALID


@pytest.mark.parametrize(
    "changes",
    [
        {"txn": "req_" + "a" * 32},
        {"sub": "somebody"},
        {"iss": "term_somebody"},
        {"aud": "http://elsewhere"},
        {"details_sha256": "A" * 43},
        {"challenge": "guessed"},
        {"presence": Presence.PIN},
    ],
)
def test_a_decision_made_for_something_else_is_refused(world: World, changes: dict[str, Any]) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    approval = momo.approval(told["auth_req_id"], code=told["match_code"], **changes)
    answer = momo.send(told["auth_req_id"], approvals.sign(approval, momo.key))
    assert answer.status_code == 400
    assert momo.state(told["auth_req_id"]) == "pending"
    assert world.earned() == 0


@pytest.mark.parametrize("how", ["signature", "key", "typ", "payload", "not a jws", "header key", "none"])
def test_a_decision_that_is_not_signed_as_it_must_be_is_refused(world: World, how: str) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    approval = momo.approval(told["auth_req_id"], code=told["match_code"])
    good = approvals.sign(approval, momo.key)
    head, payload, signature = good.split(".")
    stranger = SigningKey.generate()
    header = msgspec.json.decode(unb64u(head))
    own_key, no_algorithm = (
        b64u(msgspec.json.encode(header | more)) for more in ({"jwk": stranger.public_jwk()}, {"alg": "none"})
    )
    bad = {
        "signature": f"{head}.{payload}.{signature[:-4]}AAAA",
        "key": approvals.sign(approval, stranger),
        "typ": jose.sign(approval, momo.key, "nod-quote+jws"),
        "payload": _tampered(good, decision="approve", shown_ms=1),
        "not a jws": "nothing",
        "header key": f"{own_key}.{payload}.{signature}",
        "none": f"{no_algorithm}.{payload}.",
    }[how]
    assert momo.send(told["auth_req_id"], bad).status_code == 400
    assert momo.state(told["auth_req_id"]) == "pending"


def test_a_click_where_a_pin_is_demanded_changes_nothing(world: World) -> None:
    momo, speaker = world.person(pin=True), world.device()
    momo.pair(speaker)
    assert momo.call("PATCH", "/profile", json={"pin_above": 1}).status_code == 200
    told = speaker.order()
    assert momo.view(told["auth_req_id"]).presence is Presence.PIN
    assert error_of(momo.decide(told["auth_req_id"], code=told["match_code"])) == (400, "pin_needed")
    assert momo.state(told["auth_req_id"]) == "pending"
    answer = momo.decide(told["auth_req_id"], code=told["match_code"], presence=Presence.PIN)
    assert answer.json()["state"] == "approved"


def test_the_login_key_cannot_claim_the_pins_presence(world: World) -> None:
    momo, speaker = world.person(pin=True), world.device()
    momo.pair(speaker)
    told = speaker.order()
    approval = momo.approval(told["auth_req_id"], code=told["match_code"], presence=Presence.PIN)
    assert momo.send(told["auth_req_id"], approvals.sign(approval, momo.key)).status_code == 400
    assert momo.state(told["auth_req_id"]) == "pending"


@pytest.mark.parametrize("typed", ["４７", "\u0664\u0667", "é", "", "4" * 200])
def test_a_code_in_any_letters_is_a_wrong_code(world: World, typed: str) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    answer = momo.decide(told["auth_req_id"], code=typed)
    assert (answer.status_code, answer.json()["reason"]) == (200, "wrong_match_code")
    assert momo.state(told["auth_req_id"]) == "denied"


def test_nobody_decides_for_somebody_else(world: World) -> None:
    momo, speaker = world.paired()
    taro = world.person("taro", "Taro")
    told = speaker.order()
    approval = momo.approval(told["auth_req_id"], code=told["match_code"])
    compact = approvals.sign(approval, momo.key)
    assert taro.send(told["auth_req_id"], compact).status_code == 404
    assert taro.call("GET", f"/requests/{told['auth_req_id']}").status_code == 404
    assert momo.state(told["auth_req_id"]) == "pending"


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"requested_expiry": "0"}, "invalid_request"),
        ({"requested_expiry": "-5"}, "invalid_request"),
        ({"requested_expiry": "sixty"}, "invalid_request"),
        ({"login_hint_token": "x"}, "invalid_request"),
        ({"binding_message": "a\u202eb"}, "invalid_binding_message"),
        ({"binding_message": "x" * 141}, "invalid_binding_message"),
    ],
)
def test_a_strange_form_is_refused(world: World, form: dict[str, str], code: str) -> None:
    _, speaker = world.paired()
    assert error_of(speaker.ask(quote="", **form)) == (400, code)


@BOTH
def test_a_null_character_leads_nowhere(world: World) -> None:
    momo, speaker = world.paired()
    for method, path in (("GET", "/requests/%00"), ("GET", "/pairings/AB%00"), ("DELETE", "/devices/%00")):
        assert momo.call(method, path).status_code == 404, path
    for path, name in (("/outcome", "auth_req_id"), ("/introspect", "token"), ("/revoke", "token")):
        assert error_of(speaker.post(path, {name: "req_\x00"})) == (400, "invalid_request"), path
