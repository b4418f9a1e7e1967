"""A payment server that is killed after it charged and before it answered has charged exactly once."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from core.payment.wiring import audit
from core.wire.canonical import sha256
from tests.house.sources import TOP
from tests.payment.world import World, listener


def _start(world: World) -> subprocess.Popen[str]:
    """Another payment server on the same rows and port, in a child that will not answer."""
    with listener(urlsplit(world.url).port or 0) as bound:
        number = bound.fileno()
        own = [world.database_url, world.url, world.issuer.url, str(number)]
        return subprocess.Popen(
            [sys.executable, "-m", "tests.payment.crash_child", *own],
            cwd=TOP,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=[number],
        )


def _charge_and_be_killed(world: World, token: str) -> None:
    world.stop_payment()
    with _start(world) as child, ThreadPoolExecutor(1) as pool:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        asked = pool.submit(_ask, f"{world.url}/payments", token)
        assert child.stdout.readline() == "charged\n"
        child.kill()
        with pytest.raises(httpx.TransportError):
            asked.result()
    world.start_payment()


def _ask(address: str, token: str) -> None:
    with httpx.Client(trust_env=False, timeout=60) as client:
        client.post(address, json={"payment_token": token})


def test_killed_after_charging_and_before_answering_it_has_charged_once(tmp_path: Path) -> None:
    with World(tmp_path, time.time) as world:
        quote = world.quote(("green-tea", 2))
        txn = world.claims(quote).txn
        first = world.token(quote, txn=txn)
        _charge_and_be_killed(world, first)
        minted_anew = world.token(quote, txn=txn)
        answers = [world.pay(first), world.pay(minted_anew), world.void(txn, minted_anew)]
        assert [answer.status_code for answer in answers] == [200, 200, 200]
        assert len({answer.json()["receipt"] for answer in answers}) == 1
        receipt = world.receipt(answers[0])
        assert (receipt.status, receipt.sequence) == ("paid", 1)
        assert receipt.token_sha256 == sha256(first)
        assert world.merchant() == 2 * 540
    report = audit(world.database_url, world.url)
    assert (report.findings, report.receipts) == ((), 1)


def test_an_order_that_was_not_charged_before_a_restart_is_charged_after_it(tmp_path: Path) -> None:
    with World(tmp_path, time.time) as world:
        _, token = world.order()
        world.stop_payment()
        world.start_payment()
        assert world.pay(token).status_code == 201
        assert world.merchant() == 248
