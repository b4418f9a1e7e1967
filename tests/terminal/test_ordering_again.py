"""Ordering again by typing: only what the assistant beside the terminal has asked for before."""

from pathlib import Path

import pytest

from core.domain.request import State
from core.wire.messages import OrderAgain, OrderLine
from tests.terminal.fake_nod import FakeNod
from tests.terminal.seat import Seat, play, registered


async def _two_that_were_bought_and_one_that_waits(seat: Seat) -> None:
    await registered(seat)
    for name in ("req_1abcd", "req_1bcde", "req_2cdef"):
        seat.fake.ask(name)
    seat.fake.change("req_1abcd", state=State.PAID, challenge=None, receipt="r")
    seat.fake.change("req_1bcde", state=State.EXPIRED, challenge=None)
    await seat.until(lambda: seat.events("settled"))


@pytest.mark.parametrize(
    ("line", "request_id"),
    [("again", "req_1bcde"), ("again 1abc", "req_1abcd"), ("again 1bcde", "req_1bcde")],
)
def test_an_order_of_the_past_is_handed_to_the_assistant(tmp_path: Path, line: str, request_id: str) -> None:
    async def scene(seat: Seat) -> None:
        await _two_that_were_bought_and_one_that_waits(seat)
        await seat.type(line)
        await seat.until(lambda: seat.events("again") or seat.events("error"))
        await seat.type("quit")

    seat = Seat(tmp_path, FakeNod())
    play(seat, scene)
    assert [one["id"] for one in seat.events("again")] == [request_id]
    assert seat.orders == [OrderAgain("Momo", (OrderLine("milk", 1),))]
    assert "1 × Milk" in seat.events("again")[0]["sentence"]


@pytest.mark.parametrize(
    ("line", "own", "code"),
    [
        ("again 2cde", "dev_1", "not_again"),
        ("again zzzz", "dev_1", "not_again"),
        ("again 1", "dev_1", "ambiguous_id"),
        ("again", "dev_2", "nothing_again"),
        ("again", None, "assistant_not_ready"),
        ("again one two", "dev_1", "usage"),
    ],
)
def test_what_cannot_be_ordered_again_is_said_and_nobody_is_asked(
    tmp_path: Path, line: str, own: str | None, code: str
) -> None:
    async def scene(seat: Seat) -> None:
        seat.own = own
        await _two_that_were_bought_and_one_that_waits(seat)
        await seat.type(line)
        await seat.until(lambda: seat.events("error"))
        await seat.type("quit")

    seat = Seat(tmp_path, FakeNod())
    play(seat, scene)
    assert [one["code"] for one in seat.events("error")] == [code]
    assert seat.orders == []
