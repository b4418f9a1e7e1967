"""The device against the real servers: orders become requests, and every end has its sentence and status."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from core.client.answer import Refusal
from core.domain.decision import Decision, Reason
from core.domain.place import PlaceClaim
from core.domain.request import State
from core.wire.messages import ProfileChange
from tests.assistant.household import Event, Home, play

MILK = "buy milk for Momo"


def start(home: Home, **options: Any) -> "asyncio.Task[int]":
    """Starts a `--once --json` run."""
    return asyncio.create_task(home.session(home.options(once=True, json=True, **options)).run())


async def paired(home: Home) -> None:
    """Pairs the device by a first run that buys nothing."""
    run = start(home, say="what can I buy")
    await home.pair()
    assert await run == 5
    home.events.clear()
    home.said.clear()


async def ended(home: Home, run: "asyncio.Task[int]") -> tuple[int, Event]:
    """Exit status and last line of a run."""
    status = await run
    last = home.events[-1]
    assert list(last)[-1] == "outcome"
    json.dumps(last)
    return status, last


def test_a_typed_order_of_a_new_device_is_paired_asked_approved_and_paid(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        run = start(home, say="buy two green teas for Momo")
        await home.pair()
        asked = await home.event("asked")
        assert (asked["nickname"], asked["decision_expires_in"]) == ("Momo", 60)
        await home.approver.decide(Decision.APPROVE, asked["match_code"])
        status, last = await ended(home, run)
        assert (status, last["outcome"], last["id"]) == (0, "paid", asked["id"])
        assert last["heard"] == {"item": "Green tea", "quantity": 2, "nickname": "Momo"}
        assert last["amount"] == {"value": 1080, "currency": "JPY"}
        code = ", ".join(asked["match_code"])
        assert any(f"The code is {code}." in said for said in home.said)
        assert home.said[-1] == "Momo approved. I ordered 2 green teas."

    play(tmp_path, scene)


def test_a_denial_a_report_and_a_wrong_code_sound_the_same(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        for decision in (Decision.DENY, Decision.REPORT, Decision.APPROVE):
            run = start(home, say=MILK)
            asked = await home.event("asked")
            wrong = f"{(int(asked['match_code']) + 1) % 100:02}"
            await home.approver.decide(decision, wrong if decision is Decision.APPROVE else None)
            status, last = await ended(home, run)
            assert (status, last["outcome"], last["code"]) == (3, "denied", None)
            assert home.said[-1] == "Momo did not approve. Nothing was bought."
        assert {view.reason for view in await home.approver.requests()} >= {Reason.WRONG_MATCH_CODE}

    play(tmp_path, scene)


def test_cancel_withdraws_the_open_request(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        session = home.session(home.options(once=True, json=True, say=MILK))
        run = asyncio.create_task(session.run())
        await home.event("asked")
        session.runner.cancel()
        status, last = await ended(home, run)
        assert (status, last["outcome"]) == (8, "withdrawn")
        assert home.said[-1] == "I cancelled the request."
        assert [view.state for view in await home.approver.requests()] == [State.WITHDRAWN]

    play(tmp_path, scene)


def test_a_contact_who_has_unpaired_since_is_an_unknown_contact(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        await home.approver.unpair()
        status, last = await ended(home, start(home, say=MILK))
        assert (status, last["outcome"]) == (6, "unknown_contact")

    play(tmp_path, scene)


def test_a_contact_who_unpairs_while_the_device_runs_is_an_unknown_contact(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.event("ready")
        await home.approver.unpair()
        await session.runner.typed(MILK)
        assert (await home.event("outcome"))["outcome"] == "unknown_contact"
        assert home.said[-1] == "I’m not allowed to ask Momo. Nothing was bought."
        await home.leave(session, run)

    play(tmp_path, scene)


@pytest.mark.parametrize(
    ("line", "status", "outcome", "nickname"),
    [
        ("buy milk for Zacharias", 6, "unknown_contact", None),
        ("buy milk for Moma", 6, "unknown_contact", None),
        ("buy a sofa for Momo", 5, "not_understood", None),
        ("don't buy milk for Momo", 5, "not_understood", None),
        ("I bought milk for Momo", 5, "not_understood", None),
        ("buy milk", 5, "not_understood", None),
        ("hello there", 5, "not_understood", None),
    ],
)
def test_a_line_that_is_no_clear_order_asks_nobody(
    tmp_path: Path, line: str, status: int, outcome: str, nickname: str | None
) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        found, last = await ended(home, start(home, say=line))
        assert (found, last["outcome"]) == (status, outcome)
        assert (last["heard"] or {}).get("nickname") is nickname
        assert home.said
        assert await home.approver.requests() == ()

    play(tmp_path, scene)


def test_the_owner_is_meant_by_me(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        run = start(home, say="get me some bread please")
        assert (await home.event("asked"))["nickname"] == "Momo"
        await home.approver.decide(Decision.DENY)
        assert await run == 3

    play(tmp_path, scene)


def test_the_place_of_the_command_line_is_shown_as_reported(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        run = start(home, say=MILK, place=PlaceClaim("Kitchen", 35.66, 139.7, 30.0))
        await home.event("asked")
        view = await home.approver.decide(Decision.DENY)
        place = view.details.context.place
        assert (place.label, place.source, place.latitude) == ("Kitchen", "reported", 35.66)
        assert await run == 3

    play(tmp_path, scene)


def test_a_server_that_is_away_gets_one_sentence_and_status_1(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        away = home.options(once=True, json=True, say=MILK, server="http://127.0.0.1:9")
        status = await home.session(away).run()
        assert (status, home.events[-1]["outcome"]) == (1, "error")
        assert home.said == ["The server isn’t answering. Nothing was asked. Try again when it’s running."]

    play(tmp_path, scene)


def test_two_things_for_one_person_are_one_request(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        run = start(home, say="buy milk for Momo and two apples for me")
        asked = await home.event("asked")
        view = await home.approver.decide(Decision.APPROVE, asked["match_code"])
        assert view.details.purchase is not None
        assert [item.quantity for item in view.details.purchase.items] == [1, 2]
        status, last = await ended(home, run)
        assert (status, last["amount"]) == (0, {"value": 248 + 2 * 130, "currency": "JPY"})
        assert home.said[-1] == "Momo approved. I ordered milk and 2 apples."

    play(tmp_path, scene)


def test_a_device_says_that_no_screen_is_connected_if_its_approver_lets_it_know(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        shared = ProfileChange(presence_shared=True)
        assert not isinstance(await home.approver.terminal.home.change_profile(shared), Refusal)
        run = start(home, say=MILK)
        asked = await home.event("asked")
        await home.approver.decide(Decision.APPROVE, asked["match_code"])
        await run
        assert any(said.startswith("Momo has no screen open right now.") for said in home.said)

    play(tmp_path, scene)


def test_one_tone_sounds_at_half_time_while_somebody_is_asked(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        run = start(home, say=MILK)
        asked = await home.event("asked")
        await home.event("chime")
        await home.approver.decide(Decision.APPROVE, asked["match_code"])
        await run
        assert not [event for event in home.events if event.get("event") == "chime"]

    play(tmp_path, scene)


def test_no_tone_sounds_once_the_answer_is_there(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        run = start(home, say=MILK, window_s=300)  # half of it is longer than the test's clock cuts short
        asked = await home.event("asked")
        await home.approver.decide(Decision.APPROVE, asked["match_code"])
        await run
        assert not [event for event in home.events if event.get("event") == "chime"]
        assert not [task for task in asyncio.all_tasks() if "half_time" in repr(task)]

    play(tmp_path, scene)


def test_a_second_order_waits_until_the_first_is_answered(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.event("ready")
        await session.runner.typed(MILK)
        first = await home.event("asked")
        await session.runner.typed("buy bread for Momo")
        assert home.said[-1] == "Momo hasn’t answered yet. I’ll ask for this afterwards."
        await home.approver.decide(Decision.APPROVE, first["match_code"])
        second = await home.event("asked")
        await home.approver.decide(Decision.APPROVE, second["match_code"])
        assert [(await home.event("outcome"))["outcome"] for _ in "ab"] == ["paid", "paid"]
        await home.leave(session, run)

    play(tmp_path, scene)
