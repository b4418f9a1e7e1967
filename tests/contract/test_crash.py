"""SIGKILL at any moment: what was acknowledged is there after it, and nothing is there by half."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from core.database import audit
from core.database.engine import open_engine
from core.database.reader import Reader
from tests.contract.conftest import METADATA

KILLS = 10
CHILD = """
import os, sys, threading, time
from core.database.engine import open_engine
from core.database.writer import Writer
from tests.contract.conftest import LINES, ORDERS

writer = Writer(open_engine(sys.argv[1]), now=time.time)
writer.start()

def work(lane):
    for step in range(100_000):
        number = int(sys.argv[2]) + lane * 100_000 + step
        def guard(unit):
            unit.append(ORDERS, {"id": number, "name": str(number)})
            unit.append(LINES, {"id": number, "order_id": number})
            unit.record("order", str(number), {})
        writer.submit_blocking(guard)
        os.write(1, f"{number}\\n".encode())

for lane in range(16):
    threading.Thread(target=work, args=(lane,), daemon=True).start()
sys.stdin.read()
"""


def _acknowledged_until_killed(url: str, start: int, lines: int) -> list[int]:
    """Lets a child write until it has acknowledged some, kills it, and returns all that it acknowledged."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, url, str(start)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    written = b""
    try:
        while written.count(b"\n") < lines:
            assert select.select([child.stdout], [], [], 30)[0], "the child wrote nothing"
            chunk = os.read(child.stdout.fileno(), 65_536)
            assert chunk, "the child ended by itself"
            written += chunk
    finally:
        child.send_signal(signal.SIGKILL)
        rest, _ = child.communicate()
    return [int(line) for line in (written + rest).split(b"\n")[:-1]]


@pytest.mark.parametrize("kills", [KILLS, pytest.param(20 * KILLS, marks=pytest.mark.soak)])
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(store_url: str, kills: int) -> None:
    engine = open_engine(store_url)
    METADATA.create_all(engine)
    acknowledged: set[int] = set()
    for kill in range(kills):
        acknowledged |= set(_acknowledged_until_killed(store_url, kill * 2_000_000, 40 + 97 * kill % 400))
    reader = Reader(engine)
    assert reader.read(lambda connection: _check(connection, acknowledged)) is None
    reader.close()
    engine.dispose()


def _check(connection: Connection, acknowledged: set[int]) -> audit.Break | None:
    # In one snapshot: PostgreSQL may still be finishing what the last child sent.
    orders = set(connection.execute(text("SELECT id FROM orders")).scalars())
    lines = set(connection.execute(text("SELECT id FROM lines")).scalars())
    recorded = {int(event.subject) for event in audit.events_after(connection, 0, 10_000_000)}
    assert acknowledged <= orders
    assert orders == lines == recorded
    return audit.verify(connection)
