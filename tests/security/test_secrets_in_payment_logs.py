"""Threat: tokens, keys or what somebody buys end up in the payment server's log."""

import logging
import sqlite3
from pathlib import Path

import pytest

from tests.payment.world import OPERATOR, SECRET, World


def test_the_log_holds_ids_and_short_hashes_only(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with World(tmp_path) as world:
        txn, token = world.order(("green-tea", 1), sub="sub-of-momo")
        broken = token[:-6] + "AAAAAA"
        receipt = world.pay(token).json()["receipt"]
        for answer in (world.pay(broken), world.pay("x"), world.void(txn, token)):
            assert answer.status_code in (200, 400)
        world.refund(txn, refund_id="a")
        world.http.get("/accounts", headers=OPERATOR)
        world.http.get("/accounts", headers={"authorization": "Bearer wrong"})
        rows = sqlite3.connect(world.database_url.removeprefix("sqlite:///"))
        (jwk,) = rows.execute("SELECT jwk FROM signing_keys").fetchone()
        rows.close()
    ours = [record for record in caplog.records if record.name.split(".")[0] in ("core", "uvicorn")]
    log = "\n".join(f"{record.getMessage()} {vars(record)}" for record in ours)
    assert txn in log
    for secret in (token, broken, receipt, SECRET, jwk, "sub-of-momo", token.split(".")[2]):
        assert secret not in log
    assert "green" not in log.lower()


def test_settings_and_keys_do_not_show_their_secrets(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        assert SECRET not in repr(world.settings)
