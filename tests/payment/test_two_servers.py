"""Two payment servers of one name on the same rows, on either database, are as good as one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from core.payment.wiring import audit, build
from core.roles.serving import Served, ServerThread
from tests.clock import FakeClock
from tests.payment.world import World, listener, problem_of, statuses, url_of


@pytest.fixture
def first(tmp_path: Path, clock: FakeClock, store_url: str) -> Iterator[World]:
    """One of them, with everything that a test needs."""
    with World(tmp_path, clock, database_url=store_url) as world:
        yield world


@pytest.fixture
def second(first: World) -> Iterator[httpx.Client]:
    """A client of the other."""
    bound = listener()
    thread = ServerThread([Served(build(first.settings, now=first.clock), bound)])
    thread.start()
    with httpx.Client(base_url=url_of(bound), trust_env=False, verify=False, timeout=20) as client:
        yield client
    thread.stop()


def test_orders_through_two_servers_are_paid_once_and_the_books_hold(
    first: World, second: httpx.Client
) -> None:
    tokens = [first.order(sub=f"person-{number % 3}")[1] for number in range(12)]

    def pay(number: int) -> httpx.Response:
        client = (first.http, second)[number % 2]
        return client.post("/payments", json={"payment_token": tokens[number // 2]})

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(pay, range(24)))
    assert statuses(answers) == [200] * 12 + [201] * 12
    assert len({answer.json()["receipt"] for answer in answers}) == 12
    assert first.merchant() == 12 * 248
    report = audit(first.database_url, first.url)
    assert (report.findings, report.receipts) == ((), 12)


def test_both_publish_the_same_keys(first: World, second: httpx.Client) -> None:
    assert first.http.get("/jwks").json() == second.get("/jwks").json()


def test_a_payment_that_no_database_could_name_is_unknown(first: World) -> None:
    headers = {"authorization": f"Bearer {first.settings.operator_secret}"}
    for txn in ("%00", "a%00b", "x" * 300, "%F0%9F%8D%99"):
        answer = first.http.post(f"/payments/{txn}/refunds", json={"refund_id": "r"}, headers=headers)
        assert problem_of(answer) == (404, "unknown_payment")
