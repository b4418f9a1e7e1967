"""The text terminal as a program and as a person meet it: lines in, lines out."""

import asyncio
from pathlib import Path

import pytest

from core.domain.request import State
from tests.terminal.fake_nod import FakeNod
from tests.terminal.seat import Seat, play, registered


def test_a_program_registers_hears_and_approves(tmp_path: Path) -> None:
    async def scene(seat: Seat) -> None:
        await registered(seat)
        seat.fake.ask("req_1abcd")
        await seat.until(lambda: seat.events("inquiry"))
        await seat.type("approve 1abc 47")
        await seat.until(lambda: seat.events("settled"))
        await seat.type("quit")

    seat = Seat(tmp_path, FakeNod())
    assert play(seat, scene) == 0
    (asked,), (settled,) = seat.events("inquiry"), seat.events("settled")
    assert asked["id"] == "req_1abcd"
    assert asked["amount"] == {"value": 198, "currency": "JPY"}
    assert (asked["amount_text"], asked["nickname"]) == ("¥198", "Momo")
    assert (asked["who"], asked["payee"]) == ("Kitchen speaker", "Nod Shop")
    assert (asked["what"], asked["match_digits"]) == (["1 × Milk"], 2)
    assert 59 < asked["expires_in_s"] <= 60
    assert asked["place"] == {"label": "kitchen", "source": "registered"}
    assert asked["can_approve"]
    assert (settled["state"], settled["id"]) == ("paid", "req_1abcd")
    assert (settled["receipt_verified"], settled["receipt_trouble"]) == (False, "receipt_missing")
    assert settled["sentence"].startswith("1 × Milk: payment not proven. No receipt of the shop proves it.")
    assert [one["event"] for one in seat.events()][:3] == ["not_enrolled", "registered", "online"]
    assert all("id" in one for one in seat.events())


@pytest.mark.parametrize(
    ("line", "event"),
    [("deny 1abc not now", "denied"), ("report 1abc", "reported"), ("approve 1abc 12", "denied")],
)
def test_each_refusal_is_told_and_settles(tmp_path: Path, line: str, event: str) -> None:
    async def scene(seat: Seat) -> None:
        await registered(seat)
        seat.fake.ask("req_1abcd")
        await seat.until(lambda: seat.events("inquiry"))
        await seat.type(line)
        await seat.until(lambda: seat.events("settled"))
        await seat.type("quit")

    seat = Seat(tmp_path, FakeNod())
    play(seat, scene)
    assert len(seat.events(event)) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("approve zzzz 47", "unknown_id"),
        ("approve 1 47", "ambiguous_id"),
        ("approve 1abc", "code_missing"),
        ("approve 1abc 4x", "code_missing"),
        ("approve", "usage"),
        ("nod", "unknown_command"),
        ("deny 1abc because", "unknown_reason"),
        ("register momo Momo", "already_enrolled"),
    ],
)
def test_a_bad_line_gets_one_sentence_and_changes_nothing(tmp_path: Path, line: str, code: str) -> None:
    async def scene(seat: Seat) -> None:
        await registered(seat)
        seat.fake.ask("req_1abcd")
        seat.fake.ask("req_1bcde")
        await seat.until(lambda: len(seat.events("inquiry")) == 2)
        await seat.type(line)
        await seat.until(lambda: seat.events("error"))
        await seat.type("quit")

    seat = Seat(tmp_path, FakeNod())
    play(seat, scene)
    assert [one["code"] for one in seat.events("error")] == [code]
    assert seat.fake.decided == []


@pytest.mark.parametrize("line", ["register M! Momo", "register momo \u202eoooM", "pair ABCD-EFGH"])
def test_what_cannot_be_registered_is_said_before_anything_is_sent(tmp_path: Path, line: str) -> None:
    async def scene(seat: Seat) -> None:
        await seat.until(lambda: seat.events("not_enrolled"))
        await seat.type(line)
        await seat.until(lambda: seat.events("error"))
        await seat.type("quit")

    seat = Seat(tmp_path, FakeNod())
    play(seat, scene)
    assert seat.events("error")[0]["code"] in ("bad_user_id", "bad_nickname", "not_enrolled")
    assert seat.fake.calls["/profiles"] == 0


def test_an_expired_and_a_withdrawn_request_are_told_each_once(tmp_path: Path) -> None:
    async def scene(seat: Seat) -> None:
        await registered(seat)
        seat.fake.ask("req_1")
        seat.fake.ask("req_2")
        await seat.until(lambda: len(seat.events("inquiry")) == 2)
        seat.fake.change("req_1", state=State.EXPIRED, challenge=None)
        seat.fake.change("req_2", state=State.WITHDRAWN, challenge=None)
        await seat.until(lambda: seat.events("withdrawn"))
        await seat.type("quit")

    seat = Seat(tmp_path, FakeNod())
    play(seat, scene)
    assert [one["id"] for one in seat.events("expired")] == ["req_1"]
    assert [one["id"] for one in seat.events("withdrawn")] == ["req_2"]


def test_a_sentence_is_handed_to_whoever_runs_the_assistant(tmp_path: Path) -> None:
    async def scene(seat: Seat) -> None:
        await seat.type("say buy milk for Momo", "quit")

    seat = Seat(tmp_path, FakeNod())
    play(seat, scene)
    assert seat.said == ["buy milk for Momo"]


def test_closed_input_without_a_user_ends_with_the_commands_and_status_two(tmp_path: Path) -> None:
    async def scene(seat: Seat) -> None:
        await seat.type(None)

    seat = Seat(tmp_path, FakeNod())
    assert play(seat, scene) == 2
    assert seat.events("error")[0]["code"] == "standard_input_closed"
    assert any("register USER_ID NICKNAME" in line for line in seat.events("help")[0]["lines"])


def test_closed_input_without_a_user_and_without_a_server_ends_with_status_two(tmp_path: Path) -> None:
    async def scene(seat: Seat) -> None:
        seat.fake.is_down = True
        await seat.type(None)

    seat = Seat(tmp_path, FakeNod())
    assert play(seat, scene) == 2
    assert seat.events("error")[0]["code"] == "standard_input_closed"


def test_closed_input_with_a_user_waits_for_a_server_that_is_away(tmp_path: Path) -> None:
    async def first(seat: Seat) -> None:
        await registered(seat)
        await seat.type("quit")

    async def scene(seat: Seat) -> None:
        seat.fake.is_down = True
        await seat.type(None)
        await seat.until(lambda: seat.events("offline"))
        seat.fake.is_down = False
        await seat.until(lambda: seat.events("online"))
        seat.text.leave()

    fake = FakeNod()
    assert play(Seat(tmp_path, fake), first) == 0
    assert play(Seat(tmp_path, fake), scene) == 0


def test_closed_input_with_a_user_goes_on_until_it_is_told_to_leave(tmp_path: Path) -> None:
    async def scene(seat: Seat) -> None:
        await registered(seat)
        await seat.type(None)
        seat.fake.ask("req_1")
        await seat.until(lambda: seat.events("inquiry"))
        seat.text.leave()

    assert play(Seat(tmp_path, FakeNod()), scene) == 0


def test_a_code_enrols_a_further_terminal(tmp_path: Path) -> None:
    async def scene(seat: Seat) -> None:
        await seat.until(lambda: seat.events("online"))
        await seat.type("quit")

    seat = Seat(tmp_path, FakeNod())
    assert play(seat, scene, enrol="ABCD2345") == 0
    assert [one["event"] for one in seat.events()][:2] == ["registered", "online"]


def test_a_server_that_is_away_is_one_sentence_and_not_many(tmp_path: Path) -> None:
    async def scene(seat: Seat) -> None:
        seat.fake.is_down = True
        await seat.until(lambda: seat.events("offline"))
        for _ in range(2000):
            await asyncio.sleep(0)
        seat.fake.is_down = False
        await seat.until(lambda: seat.events("not_enrolled"))
        await seat.type("quit")

    seat = Seat(tmp_path, FakeNod())
    play(seat, scene)
    assert len(seat.events("offline")) == 1


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_person_reads_everything_that_the_window_shows(tmp_path: Path, language: str) -> None:
    async def scene(seat: Seat) -> None:
        await seat.type("register momo Momo")
        await seat.until(lambda: seat.fake.streams)
        seat.fake.ask("req_1abcd")
        await seat.until(lambda: "1abc" in seat.out.getvalue())
        await seat.type("list", "help", "quit")

    seat = Seat(tmp_path, FakeNod(), as_json=False, language=language)
    play(seat, scene)
    shown = seat.out.getvalue()
    for words in ("Kitchen speaker", "Milk", "198", "Nod Shop", "kitchen", "Momo", "1abc"):
        assert words in shown
