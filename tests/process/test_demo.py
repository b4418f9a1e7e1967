"""`main.py demo`: each scenario, played by real processes over real HTTP, ends as its file says."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from core.roles import scenarios
from core.wire.events import MESSAGES
from tests.house.sources import TOP
from tests.process.nod import command, nod

STATUS = {"purchase": 0, "deny": 3, "expire": 4, "unknown-contact": 6, "withdraw": 8}
OUTCOME = {
    "purchase": "paid",
    "deny": "denied",
    "expire": "expired",
    "unknown-contact": "unknown_contact",
    "withdraw": "withdrawn",
}
RECORDINGS = TOP / "tests" / "assistant" / "recordings"
LIMIT_S = 110.0


def _demo(*words: str | Path, status: int) -> dict[str, Any]:
    answer = nod("demo", "--headless", "--json", *words, limit_s=LIMIT_S)
    assert answer.returncode == status, answer.stderr
    assert answer.stdout.count("\n") == 1
    said: dict[str, Any] = json.loads(answer.stdout)
    return said


def test_every_scenario_has_a_file() -> None:
    assert set(scenarios.names()) == set(STATUS)


@pytest.mark.parametrize("name", sorted(STATUS))
def test_a_spoken_order_goes_through_every_party_and_ends_as_its_scenario_says(name: str) -> None:
    said = _demo("--scenario", name, status=STATUS[name])
    assert said["scenario"] == name
    assert said["outcome"] == OUTCOME[name]
    assert list(said)[-1] == "outcome"
    assert said["heard"] == {"item": "Milk", "quantity": 1, "nickname": "Momo"}
    assert said["amount"] == {"value": 248, "currency": "JPY"}
    assert said["ledger_balances"] is True
    _look_at_messages(name, said["messages"])
    was_asked = name != "unknown-contact"
    assert (said["requested_at"] is not None) is was_asked
    assert (said["place"] or {}).get("label") == ("Kitchen" if was_asked else None)
    window_s = 5 if name == "expire" else 60
    assert not was_asked or 0 < said["countdown_s"] <= window_s


def _look_at_messages(name: str, messages: list[dict[str, str]]) -> None:
    assert all(set(one) == {"from", "to", "name"} for one in messages)
    assert all((one["from"], one["to"]) == MESSAGES[one["name"]] for one in messages)
    told = [one["name"] for one in messages]
    if name == "withdraw" and told[-1] == "refusal":
        told.pop()  # the poll that waits may be told of the withdrawal too
    assert told == list(scenarios.read(name).messages)


@pytest.mark.parametrize("file", ["two-green-teas-for-momo-rms.wav", "buy-milk-for-momo-rms.flac"])
def test_a_recording_that_our_engine_did_not_make_is_heard(file: str) -> None:
    said = _demo("--scenario", "purchase", "--listen", RECORDINGS / file, status=0)
    tea = file.startswith("two")
    assert said["heard"] == {
        "item": "Green tea" if tea else "Milk",
        "quantity": 2 if tea else 1,
        "nickname": "Momo",
    }


def test_a_typed_order_for_somebody_who_has_unpaired_asks_nobody() -> None:
    said = _demo("--scenario", "unknown-contact", "--say", "buy two green teas for Momo", status=6)
    assert said["requested_at"] is None


def test_an_order_that_is_none_ends_with_1_since_the_scenario_did_not_end_as_it_says() -> None:
    said = _demo("--say", "what a lovely day", status=1)
    assert said["outcome"] == "not_understood"
    assert said["as_told"] is False


def test_in_words_each_message_is_printed_in_order() -> None:
    answer = nod("demo", "--headless", "--say", "buy milk for Momo", limit_s=LIMIT_S)
    assert answer.returncode == 0, answer.stderr
    parts = [part.strip().replace(" ", "_") for part in answer.stdout.replace("\n", "  ").split("  ")]
    assert [part for part in parts if part in MESSAGES] == list(scenarios.read("purchase").messages)
    assert answer.stdout.splitlines()[-1] == "Outcome: paid, as the scenario says."


def test_an_unknown_scenario_or_two_orders_are_a_wrong_command_line() -> None:
    unknown = nod("demo", "--scenario", "nonsense")
    assert (unknown.returncode, unknown.stderr.count("\n")) == (2, 1)
    assert "purchase" in unknown.stderr
    both = nod("demo", "--say", "buy milk for Momo", "--listen", "order.wav")
    assert (both.returncode, both.stderr.count("\n")) == (2, 1)


def test_a_missing_recording_is_one_sentence(tmp_path: Path) -> None:
    answer = nod("demo", "--headless", "--listen", tmp_path / "nothing.wav")
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)
    assert "nothing.wav" in answer.stderr


def test_the_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    words = ["demo", "--headless", "--json", "--say", "buy milk for Momo", "--scenario", "withdraw"]
    surroundings = os.environ | {"TMPDIR": str(tmp_path), "NOD_DATA": str(tmp_path / "never")}
    answer = subprocess.run(
        command(*words), env=surroundings, capture_output=True, timeout=LIMIT_S, check=False
    )
    assert answer.returncode == STATUS["withdraw"]
    assert list(tmp_path.iterdir()) == []
