"""What may be typed, and what a wrong line is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.decision import Reason
from core.terminal import commands
from core.terminal.commands import Ambiguous, Mistake, find_id, parse, short_id


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("register momo Momo", commands.Register("momo", "Momo")),
        ("register momo  桃 ちゃん ", commands.Register("momo", "桃 ちゃん")),
        ("approve req_1 47", commands.Approve("req_1", "47")),
        ("approve req_1 ４７ ２５８０", commands.Approve("req_1", "47", "２５８０")),
        ("APPROVE req_1", commands.Approve("req_1")),
        ("approve a 47 2580", commands.Approve("a", "47", "2580")),
        ("deny a", commands.Deny("a")),
        ("deny a not now", commands.Deny("a", Reason.NOT_NOW)),
        ("deny a wrong-order", commands.Deny("a", Reason.WRONG_ORDER)),
        ("report a", commands.Report("a")),
        ("pair ABCD-EFGH", commands.Pair("ABCD-EFGH")),
        ("pair ABCD-EFGH Momo san", commands.Pair("ABCD-EFGH", "Momo san")),
        ("say buy milk for Momo", commands.Say("buy milk for Momo")),
        ("user-code 4711 x", commands.UserCode("4711 x")),
        ("user-code OFF", commands.UserCode(None)),
        ("user-code", Mistake("usage", "user-code")),
        ("export my copy.json", commands.Export("my copy.json")),
        ("export", Mistake("usage", "export")),
        ("delete-my-data momo 2580", commands.DeleteMyData("momo", "2580")),
        ("delete-my-data", Mistake("usage", "delete-my-data")),
        ("  list ", commands.ListPending()),
        ("help", commands.Help()),
        ("quit", commands.Quit()),
        ("", None),
        ("   ", None),
        ("approve", Mistake("usage", "approve")),
        ("register momo", Mistake("usage", "register")),
        ("report a b", Mistake("usage", "report")),
        ("deny a because", Mistake("unknown_reason", "because")),
        ("yes", Mistake("unknown_command", "yes")),
    ],
)
def test_a_line_is_read(line: str, command: object) -> None:
    assert parse(line) == command


@given(st.text(max_size=200))
def test_no_line_is_too_strange(line: str) -> None:
    assert parse(line) is None or parse(line) is not None


def test_a_code_and_a_pin_are_not_in_a_commands_text_form() -> None:
    assert "47" not in repr(parse("approve req_1 47 2580"))
    assert "2580" not in repr(parse("approve req_1 47 2580"))
    assert "2580" not in repr(parse("delete-my-data momo 2580"))
    assert "4711" not in repr(parse("user-code 4711"))


def test_an_id_may_be_shortened_while_it_is_clear() -> None:
    ids = ("req_abcd1", "req_abce2")
    assert find_id("abcd", ids) == "req_abcd1"
    assert find_id("req_abce", ids) == "req_abce2"
    assert find_id("abc", ids) == Ambiguous(2)
    assert find_id("x", ids) is None
    assert find_id("", ids) is None
    assert find_id("req_a", ("req_a", "req_ab")) == "req_a"


@given(st.sets(st.text("abc", min_size=8, max_size=8), min_size=1, max_size=30))
def test_the_short_form_of_an_id_always_finds_it(names: set[str]) -> None:
    ids = [f"req_{name}" for name in names]
    for one in ids:
        assert find_id(short_id(one, ids), ids) == one
