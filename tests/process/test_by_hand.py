"""Four processes on one data folder, as the README starts them: one order, and what a killed server does."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.house.sources import TOP
from tests.process.household import Household, Line, Talker, household, pair, registered
from tests.process.nod import healthy
from tests.waiting import wait_until

ORDER = ("--say", "buy two green teas for Momo", "--once")
TEAS_YEN = 2 * 540


@pytest.fixture
def house(data_folder: Path) -> Iterator[Household]:
    """A household on a fresh data folder."""
    with household(data_folder) as made:
        yield made


def _asked(house: Household) -> tuple[Talker, Talker, Line, str]:
    """A paired device that has asked; terminal, device, the inquiry and the code that the device said."""
    terminal = registered(house)
    device = house.assistant(*ORDER)
    pair(house, terminal, device)
    code = device.wait_for("asked")["match_code"]
    return terminal, device, terminal.wait_for("inquiry"), code


def _paid(terminal: Talker, device: Talker) -> None:
    end = device.end()
    assert (end["outcome"], device.process.returncode) == ("paid", 0)
    settled = terminal.wait_for("settled")
    assert settled["state"] == "paid"
    assert settled["receipt_verified"] is True


def _settled_at_last(terminal: Talker, device: Talker) -> None:
    """Paid at last; after ten seconds of settling, as on a busy machine, both are first told "unknown"."""
    settled = terminal.wait_for("settled")
    if settled["state"] == "unknown":
        settled = terminal.wait_for("settled")
    assert (settled["state"], settled["receipt_verified"]) == ("paid", True)
    assert device.end()["outcome"] in ("paid", "unknown")


def _receipts(house: Household, database: str, statement: str) -> list[tuple[str]]:
    with closing(sqlite3.connect(f"file:{house.data}/{database}.db?mode=ro", uri=True)) as rows:
        return rows.execute(statement).fetchall()


def test_four_processes_on_one_folder_buy_two_green_teas(house: Household) -> None:
    house.serve("payment")
    house.serve("server")
    terminal, device, inquiry, code = _asked(house)
    assert inquiry["amount"] == {"value": TEAS_YEN, "currency": "JPY"}
    assert inquiry["what"] == ["2 × Green tea"]
    assert 50 < inquiry["expires_in_s"] <= 60
    terminal.type(f"approve {inquiry['id']} {code}")
    terminal.wait_for("approved")
    _paid(terminal, device)
    assert house.audit()["receipts"] == 1


def test_the_device_asks_again_without_being_paired_again(house: Household) -> None:
    house.serve("payment")
    house.serve("server")
    terminal, first, inquiry, _ = _asked(house)
    terminal.type(f"deny {inquiry['id']}")
    assert first.end()["outcome"] == "denied"
    assert first.process.returncode == 3
    second = house.assistant(*ORDER)
    code = second.wait_for("asked")["match_code"]
    terminal.type(f"approve {terminal.wait_for('inquiry')['id']} {code}")
    _paid(terminal, second)
    assert "pairing" not in [line.get("event") for line in second.lines]


def test_a_server_killed_between_approval_and_payment_pays_exactly_once(house: Household) -> None:
    """The payment server is stopped in its tracks, so that the approval stands and its payment cannot."""
    house.serve("payment")
    house.serve("server")
    terminal, device, inquiry, code = _asked(house)
    payment = house.processes["payment"]
    payment.send_signal(signal.SIGSTOP)
    try:
        terminal.type(f"approve {inquiry['id']} {code}")
        terminal.wait_for("approved")
        house.kill("server")
    finally:
        payment.send_signal(signal.SIGCONT)
    house.serve("server")
    _settled_at_last(terminal, device)
    assert house.audit()["receipts"] == 1


def test_a_payment_server_killed_after_it_charged_and_before_it_answered_has_charged_once(
    house: Household,
) -> None:
    with _silent(house) as silent:
        house.serve("server")
        terminal, device, inquiry, code = _asked(house)
        terminal.type(f"approve {inquiry['id']} {code}")
        assert silent.stdout is not None
        assert silent.stdout.readline() == "charged\n"
        silent.kill()
        silent.wait()
    before = _receipts(house, "payment", "SELECT compact FROM receipts")
    house.serve("payment")
    _settled_at_last(terminal, device)
    assert house.audit()["receipts"] == 1
    assert len(before) == 1
    assert _receipts(house, "payment", "SELECT compact FROM receipts") == before
    assert _receipts(house, "server", "SELECT receipt FROM requests") == before


def _silent(house: Household) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "tests.process.slow_payment", str(house.data)]
    process = subprocess.Popen(words, cwd=TOP, stdout=subprocess.PIPE, text=True)
    healthy(house.data, "payment", process)
    return process


def test_a_server_that_is_down_is_a_sentence_and_status_1(house: Household) -> None:
    house.serve("payment")
    device = house.assistant(*ORDER)
    assert device.end()["outcome"] == "error"
    assert device.process.returncode == 1
    assert [line["text"] for line in device.lines if line.get("event") == "said"] != []


def test_a_payment_server_that_is_down_is_a_sentence_and_nothing_is_asked(house: Household) -> None:
    house.serve("payment")
    house.serve("server")
    terminal, first, inquiry, _ = _asked(house)
    terminal.type(f"deny {inquiry['id']}")
    first.end()
    house.kill("payment")
    device = house.assistant(*ORDER)
    end = device.end()
    assert (end["outcome"], device.process.returncode) == ("error", 1)
    assert "asked" not in [line.get("event") for line in device.lines]


def test_a_terminal_lives_through_a_server_that_goes_and_comes(house: Household) -> None:
    house.serve("server")
    terminal = registered(house)
    house.kill("server")
    terminal.wait_for("offline")
    house.serve("server")
    terminal.wait_for("online")
    terminal.type("quit")
    wait_until(lambda: terminal.process.poll() is not None, what="the terminal's end")
    assert terminal.process.returncode == 0


def test_a_terminal_whose_input_ends_before_anybody_is_registered_ends_with_2(house: Household) -> None:
    house.serve("server")
    terminal = house.terminal()
    terminal.wait_for("not_enrolled")
    terminal.hang_up()
    said = [line for line in [terminal.end()] if line["event"] == "help"]
    assert terminal.process.returncode == 2
    assert any("register USER_ID NICKNAME" in usage for usage in said[0]["lines"])
