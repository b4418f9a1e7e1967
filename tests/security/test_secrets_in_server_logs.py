"""Threat 14: what must stay secret ends up in the user-management server's log."""

import logging
import sqlite3
from pathlib import Path

import pytest

from core.wire import approval as approvals
from tests.server.orders.world import SECRET, World


def test_the_log_of_a_whole_order_holds_no_secret(
    orders: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    momo, speaker = orders.paired()
    told = speaker.order(place_note="kept private")
    compact = approvals.sign(momo.approval(told["auth_req_id"], code=told["match_code"]), momo.key)
    assert momo.send(told["auth_req_id"], compact).status_code == 200
    speaker.settled(told["auth_req_id"])
    tokens = speaker.poll(told["auth_req_id"]).json()
    orders.http.post(f"{orders.url}/token", data={"grant_type": "x", "client_secret": "a-wrong-secret"})
    log = "\n".join(f"{record.getMessage()} {vars(record)}" for record in _ours(caplog))
    rows = sqlite3.connect(tmp_path / "server.db")
    jwk, *_ = rows.execute("SELECT jwk FROM signing_keys").fetchone()
    audit = "\n".join(row[0] for row in rows.execute("SELECT data FROM audit_events"))
    rows.close()
    secrets = [compact, jwk, tokens["access_token"], tokens["id_token"], speaker.secret, momo._token]
    for secret in [*secrets, SECRET, "a-wrong-secret", "kept private", "Milk"]:
        assert secret not in log
        assert secret not in audit
    assert f'"{told["match_code"]}"' not in audit


def _ours(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name.split(".")[0] in ("core", "uvicorn")]
