"""Threat: one approval is paid twice, by a token sent again, raced, minted anew or put to another order."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.payment.world import World, problem_of, statuses


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A payment server that everybody attacks at once."""
    with World(tmp_path) as made:
        yield made


def _at_once(world: World, tokens: list[str]) -> list[str]:
    with ThreadPoolExecutor(16) as pool:
        return [world.receipt(answer).status for answer in pool.map(world.pay, tokens)]


def test_one_token_sent_sixteen_times_at_once_is_spent_once(world: World) -> None:
    _, token = world.order()
    assert _at_once(world, [token] * 16) == ["paid"] * 16
    assert world.merchant() == 248


def test_sixteen_tokens_for_one_order_are_spent_once(world: World) -> None:
    quote = world.quote()
    txn = world.claims(quote).txn
    assert _at_once(world, [world.token(quote, txn=txn) for _ in range(16)]) == ["paid"] * 16
    assert world.merchant() == 248


def test_sixteen_orders_on_one_quote_are_paid_once(world: World) -> None:
    quote = world.quote()
    paid = _at_once(world, [world.token(quote) for _ in range(16)])
    assert sorted(paid) == ["declined"] * 15 + ["paid"]
    assert world.merchant() == 248


def test_sixteen_orders_with_one_token_id_are_paid_once(world: World) -> None:
    tokens = [world.order(jti="one")[1] for _ in range(16)]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(world.pay, tokens))
    assert statuses(answers) == [201] + [400] * 15
    assert {problem_of(answer) for answer in answers if answer.status_code == 400} == {(400, "bad_token")}
    assert world.merchant() == 248


def test_a_wallet_is_never_overdrawn_by_orders_at_once(world: World) -> None:
    tokens = [world.order(("rice", 4))[1] for _ in range(16)]
    paid = _at_once(world, tokens)
    assert paid.count("paid") == 50_000 // (4 * 2480)
    assert min(value for name, value in world.balances().items() if name != "equity:opening") >= 0


def test_the_last_thing_on_the_shelf_is_sold_once(world: World) -> None:
    tokens = [world.order(("umbrella", 40), sub=f"person-{number}")[1] for number in range(16)]
    assert _at_once(world, tokens).count("paid") == 5


@pytest.mark.parametrize("column", ["jti", "quote_id", "iss, txn"])
def test_the_database_itself_refuses_a_second_row(world: World, column: str) -> None:
    """The belt behind the guard: even code that forgot to look could not write it."""
    world.pay(world.order()[1])
    others = {"iss": "'x'", "txn": "'x'", "jti": "'x'", "quote_id": "'x'"}
    others |= {name: name for name in column.split(", ")}
    names = "iss, txn, jti, quote_id, status, value, currency, payee_id, payee_name, wallet, token_sha256,"
    names += " approval_sha256, receipt"
    picked = ", ".join(others.get(name, name) for name in names.split(", "))
    rows = sqlite3.connect(world.database_url.removeprefix("sqlite:///"))
    try:
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            rows.execute(f"INSERT INTO payments ({names}) SELECT {picked} FROM payments")
    finally:
        rows.close()
