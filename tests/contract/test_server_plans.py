"""Nothing that is asked about one person reads the whole table of requests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from core.database.engine import open_engine
from core.database.migrations import upgrade
from core.server.store import asking, erasure
from core.server.store import requests as store
from core.server.wiring import VERSIONS

READS: dict[str, Callable[[Connection], object]] = {
    "the person behind a nickname": lambda rows: asking.callee(rows, "speaker", "momo"),
    "what waits": lambda rows: asking.open_of(rows, "momo"),
    "whether a quote was asked for": lambda rows: asking.is_quote_taken(rows, "quote"),
    "what changed": lambda rows: store.changed_after(rows, "momo", 5),
    "the past": lambda rows: store.latest(rows, "momo", 5, 10),
    "the newest revision": lambda rows: store.revision_of(rows, "momo"),
    "what a device still asks": lambda rows: store.pending_between(rows, "speaker", "momo"),
    "what is due": lambda rows: store.due(rows, 1.0),
    "what a leaving person has open": lambda rows: erasure.pending(rows, "momo"),
    "whether a leaving person still pays": lambda rows: erasure.is_paying(rows, "momo"),
}


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Connection]:
    engine = open_engine(f"sqlite:///{tmp_path}/server.db")
    upgrade(engine, VERSIONS)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize("what", READS)
def test_one_person_is_found_by_an_index(rows: Connection, what: str) -> None:
    plans = _plans(rows, READS[what])
    assert plans
    assert [step for step in plans if step.startswith("SCAN") and step != "SCAN CONSTANT ROW"] == []


def test_an_inquiry_reads_no_row_of_a_user(rows: Connection) -> None:
    plans = _plans(rows, READS["the person behind a nickname"])
    assert any("contacts" in step for step in plans)
    assert [step for step in plans if "users" in step] == []


def _plans(rows: Connection, read: Callable[[Connection], object]) -> list[str]:
    """The steps that SQLite takes for what is read."""
    driver: Any = rows.connection.dbapi_connection
    statements: list[str] = []
    driver.set_trace_callback(statements.append)
    read(rows)
    driver.set_trace_callback(None)
    asked = [statement for statement in statements if statement.lstrip().upper().startswith("SELECT")]
    return [step[3] for statement in asked for step in driver.execute(f"EXPLAIN QUERY PLAN {statement}")]
