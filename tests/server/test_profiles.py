"""Profiles and terminals: registered with a proven key, changed, further ones let in by a code, removed."""

import threading
from typing import Any

import httpx
import msgspec
import pytest

from core.wire.enrolment import TYP, EnrolmentProof
from core.wire.jose import unsafe_read_payload
from core.wire.keys import SigningKey
from tests.clock import FakeClock
from tests.server.oauth.site import signed
from tests.server.world import SECRET, Terminal, World, bearer
from tests.waiting import wait_until


def test_a_profile_registered_from_a_terminal_opens_that_terminals_doors(world: World) -> None:
    momo = world.person(nickname="百々", spoken_as="もも", locale="ja", zone="Asia/Tokyo")
    profile = momo.send("GET", "/profile").json()
    assert profile["user_id"] == "momo"
    assert (profile["nickname"], profile["spoken_as"], profile["zone"]) == ("百々", "もも", "Asia/Tokyo")
    terminals = momo.send("GET", "/terminals").json()["terminals"]
    assert [(one["terminal_id"], one["is_this"]) for one in terminals] == [(momo.terminal_id, True)]


def test_a_registration_whose_answer_was_lost_gives_the_same_answer_again(world: World) -> None:
    terminal = Terminal(world)
    first = terminal.create_profile(user_id="momo", nickname="Momo")
    again = terminal.create_profile(user_id="momo", nickname="Momo")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_a_user_id_is_never_given_to_a_second_key(world: World) -> None:
    world.person("momo", "Momo")
    refused = Terminal(world).create_profile(user_id="momo", nickname="Other")
    assert (refused.status_code, refused.json()["code"]) == (409, "user_id_taken")


def test_a_profile_without_the_secret_is_refused(world: World) -> None:
    for headers in ({}, bearer("wrong"), {"authorization": f"Basic {SECRET}"}):
        assert Terminal(world).create_profile(headers=headers, user_id="a1", nickname="A").status_code == 401


def test_a_body_that_was_changed_after_it_was_proven_is_refused(world: World) -> None:
    body = Terminal(world).proven({"user_id": "momo", "nickname": "Momo"})
    answer = world.http.post("/profiles", json=body | {"user_id": "mei"}, headers=bearer(SECRET))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_claim")


def test_a_proof_from_a_time_that_no_clock_reaches_is_refused(world: World) -> None:
    terminal = Terminal(world)
    body = terminal.proven({"user_id": "momo", "nickname": "Momo"})
    claims = msgspec.to_builtins(unsafe_read_payload(body["proof"], EnrolmentProof)) | {"iat": 10**400}
    header = {"typ": TYP, "kid": terminal.key.kid}
    forged = body | {"proof": signed(claims, terminal.key, header=header)}
    answer = world.http.post("/profiles", json=forged, headers=bearer(SECRET))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_claim")


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"aud": "http://elsewhere"}, "bad_claim"),
        ({"iat": 1_790_000_000 - 301}, "bad_claim"),
        ({"key": SigningKey.generate()}, "unknown_key"),
    ],
)
def test_a_proof_by_another_key_for_another_server_or_too_old_is_refused(
    world: World, claims: dict[str, Any], code: str
) -> None:
    body = Terminal(world).proven({"user_id": "momo", "nickname": "Momo"}, **claims)
    answer = world.http.post("/profiles", json=body, headers=bearer(SECRET))
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_a_key_with_its_private_part_is_refused(world: World) -> None:
    terminal = Terminal(world)
    keys = {"name": "desk", "jwk": terminal.key.private_jwk()}
    body = terminal.proven({"user_id": "momo", "nickname": "Momo", "terminal": keys})
    answer = world.http.post("/profiles", json=body, headers=bearer(SECRET))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_form")


def test_a_pin_key_that_is_the_login_key_is_refused(world: World) -> None:
    terminal = Terminal(world)
    terminal.pin_key = terminal.key
    assert terminal.create_profile(user_id="momo", nickname="Momo").json()["code"] == "same_key"


@pytest.mark.parametrize(
    "wrong",
    [
        {"user_id": "M"},
        {"user_id": "momo\n"},
        {"nickname": ""},
        {"nickname": "a\u200bb"},
        {"nickname": "x" * 61},
        {"locale": "fr"},
        {"zone": "Nowhere/Land"},
        {"zone": "../../etc/passwd"},
        {"unknown": 1},
        {"nickname": None},
        {"terminal": {"name": "", "jwk": {}}},
        {"terminal": []},
    ],
)
def test_a_profile_that_cannot_be_right_is_refused_and_nothing_kept(
    world: World, wrong: dict[str, Any]
) -> None:
    terminal = Terminal(world)
    usual: dict[str, Any] = {"user_id": "momo", "nickname": "Momo"}
    answer = terminal.create_profile(**(usual | wrong))
    assert answer.status_code == 400, answer.text
    assert terminal.create_profile(**usual).status_code == 201


def test_a_changed_profile_keeps_what_was_not_named(world: World) -> None:
    momo = world.person()
    change = {"window_s": 120, "quiet_hours": {"start_minute": 1320, "end_minute": 420}, "pin_above": 500}
    changed = momo.send("PATCH", "/profile", change).json()
    assert changed == momo.send("GET", "/profile").json()
    assert (changed["window_s"], changed["pin_above"], changed["nickname"]) == (120, 500, "Momo")
    cleared = momo.send("PATCH", "/profile", {"quiet_hours": None, "pin_above": None}).json()
    assert "quiet_hours" not in cleared
    assert "pin_above" not in cleared


@pytest.mark.parametrize(
    "wrong",
    [
        {"window_s": 4},
        {"window_s": "60"},
        {"pin_above": -1},
        {"pin_above": 10**30},
        {"quiet_hours": {"start_minute": 1440, "end_minute": 0}},
        {"user_id": "mei"},
        {"pin_jwk": {"kty": "EC"}},
        {"match_code": 1},
    ],
)
def test_a_change_that_cannot_be_right_sets_nothing_of_it(world: World, wrong: dict[str, Any]) -> None:
    momo = world.person()
    answer = momo.send("PATCH", "/profile", {"nickname": "Other"} | wrong)
    assert answer.status_code == 400, answer.text
    assert momo.send("GET", "/profile").json()["nickname"] == "Momo"


def test_a_further_terminal_is_let_in_once_by_a_code_of_the_first(world: World) -> None:
    momo = world.person()
    code = momo.send("POST", "/enrolment-codes").json()["code"]
    second = Terminal(world)
    enrolled = second.enrol(code.lower())
    assert enrolled.status_code == 201
    second.take(enrolled)
    assert second.send("GET", "/profile").json()["user_id"] == "momo"
    assert second.enrol(code).json() == enrolled.json()
    third = Terminal(world).enrol(code)
    assert (third.status_code, third.json()["code"]) == (403, "wrong_code")


def test_a_new_code_ends_the_one_before_it_and_time_ends_both(world: World, clock: FakeClock) -> None:
    momo = world.person()
    old, new = (momo.send("POST", "/enrolment-codes").json()["code"] for _ in range(2))
    assert Terminal(world).enrol(old).status_code == 403
    clock.advance(601)
    assert Terminal(world).enrol(new).status_code == 403


def other_proof(code: str) -> str:
    """The same code, wrong in the letters that prove it."""
    return code[:-1] + ("A" if code[-1] != "A" else "B")


def test_wrong_codes_of_a_neighbour_lock_nobody_out(world: World) -> None:
    momo = world.person()
    code = momo.send("POST", "/enrolment-codes").json()["code"]
    nobodys = "AAAA-AAAA-AAAA" if not code.startswith("AAAA") else "BBBB-BBBB-BBBB"
    for _ in range(30):
        assert Terminal(world).enrol(nobodys).status_code == 403
    assert Terminal(world).enrol(code).status_code == 201


def test_five_wrong_tries_at_a_code_spend_it_from_wherever_they_come(world: World) -> None:
    momo = world.person()
    code = momo.send("POST", "/enrolment-codes").json()["code"]
    for _ in range(4):
        assert Terminal(world).enrol(other_proof(code)).status_code == 403
    assert Terminal(world).enrol(code).status_code == 201
    code = momo.send("POST", "/enrolment-codes").json()["code"]
    for _ in range(5):
        wrong = Terminal(world).enrol(other_proof(code))
        assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_code")
    spent = Terminal(world).enrol(code)
    assert (spent.status_code, spent.json()["code"]) == (403, "wrong_code")
    code = momo.send("POST", "/enrolment-codes").json()["code"]
    assert Terminal(world).enrol(code).status_code == 201


def second_terminal(world: World, momo: Terminal) -> Terminal:
    second = Terminal(world)
    second.take(second.enrol(momo.send("POST", "/enrolment-codes").json()["code"]))
    return second


def test_a_removed_terminal_can_do_nothing_more_at_once(world: World) -> None:
    momo = world.person()
    second = second_terminal(world, momo)
    assert second.send("GET", "/profile").status_code == 200
    assert momo.send("DELETE", f"/terminals/{second.terminal_id}").status_code == 204
    assert second.send("GET", "/profile").status_code == 401
    form = second.assertion_form({"grant_type": "client_credentials"})
    assert world.post("/token", form).json()["error"] == "invalid_client"
    assert len(momo.send("GET", "/terminals").json()["terminals"]) == 1
    assert momo.send("DELETE", f"/terminals/{second.terminal_id}").status_code == 204


def test_removing_a_terminal_closes_its_inbox_at_once(world: World) -> None:
    momo = world.person()
    second = second_terminal(world, momo)
    lines: list[str] = []
    ended = threading.Event()

    def listen() -> None:
        url = f"{world.url}/inbox?revision=0"
        with httpx.stream(
            "GET", url, headers=bearer(second.token()), trust_env=False, verify=False, timeout=20
        ) as stream:
            lines.extend(stream.iter_lines())
        ended.set()

    second.token()
    thread = threading.Thread(target=listen)
    thread.start()
    wait_until(lambda: any("snapshot" in line for line in lines), what="the snapshot")
    momo.send("DELETE", f"/terminals/{second.terminal_id}")
    assert ended.wait(10)
    thread.join()
    assert "event: removed" in lines


def test_nobody_removes_or_sees_the_terminals_of_another(world: World) -> None:
    momo, mei = world.person(), world.person("mei", "Mei")
    refused = mei.send("DELETE", f"/terminals/{momo.terminal_id}")
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown_terminal")
    assert momo.send("GET", "/profile").status_code == 200
