"""Threats 11 and 13: text that hides, reorders, or is read as a command."""

import json
import sqlite3
from pathlib import Path

from tests.server.orders.world import PROCEDURE, World, error_of

HOSTILE = [
    "\u202egnp.exe",
    "mi\u200blk",
    "a\x00b",
    "line\nline",
    "x" * 10_000,
    "e" + "\u0301" * 40,
    "\ue000",
]


def test_a_message_that_cannot_be_shown_is_refused(orders: World) -> None:
    momo, speaker = orders.paired()
    for text in HOSTILE:
        answer = speaker.ask(quote="", binding_message=text)
        assert answer.status_code == 400, text
    assert momo.call("GET", "/requests").json()["requests"] == []


def test_a_procedure_that_cannot_be_shown_is_refused(orders: World) -> None:
    momo, speaker = orders.paired()
    for text in [*HOSTILE, "\ud83d"]:
        details = json.dumps([{"type": PROCEDURE, "procedure": text, "fields": []}])
        answer = speaker.ask(quote="", authorization_details=details)
        assert error_of(answer) == (400, "invalid_authorization_details"), text
    assert momo.call("GET", "/requests").json()["requests"] == []


def test_text_that_looks_like_a_command_stays_text(orders: World, tmp_path: Path) -> None:
    momo = orders.person()
    for text in ("'; DROP TABLE users; --", "<b>Milk</b>", "%s%n{0}"):
        speaker = orders.device()
        momo.pair(speaker, nickname=text)
        told = speaker.order(text, quote="")
        assert momo.view(told["auth_req_id"]).details.context.nickname == text
    rows = sqlite3.connect(tmp_path / "server.db")
    assert rows.execute("SELECT count(*) FROM users").fetchone() == (1,)
    rows.close()
