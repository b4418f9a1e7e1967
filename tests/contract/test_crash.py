"""SIGKILL at any moment: what was acknowledged is there after it, and nothing is there by half."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from core.database import audit
from core.database.engine import open_engine
from core.database.reader import Reader
from tests.contract.conftest import METADATA

KILLS = 10
NURSERY = """
import os, sys, threading, time
from core.database.engine import open_engine
from core.database.writer import Writer
from tests.contract.conftest import LINES, ORDERS

def live(start):
    writer = Writer(open_engine(sys.argv[1]), now=time.time)
    writer.start()

    def work(lane):
        for step in range(100_000):
            number = start + lane * 100_000 + step
            def guard(unit):
                unit.append(ORDERS, {"id": number, "name": str(number)})
                unit.append(LINES, {"id": number, "order_id": number})
                unit.record("order", str(number), {})
            writer.submit_blocking(guard)
            os.write(1, f"{number}\\n".encode())

    for lane in range(16):
        threading.Thread(target=work, args=(lane,), daemon=True).start()
    os.read(0, 1)
    os._exit(0)

for line in iter(sys.stdin.readline, ""):
    child = os.fork()
    if child == 0:
        os.write(1, f"{os.getpid()}\\n".encode())
        live(int(line))
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
"""
"""Bears one writing process after another, so that each life costs no start of Python; an input line is where
its numbers begin. A child says its process id and then each number that was acknowledged."""


@pytest.fixture
def nursery(store_url: str) -> Iterator["subprocess.Popen[bytes]"]:
    words = [sys.executable, "-c", NURSERY, store_url]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, cwd=Path(__file__).parents[2]
    ) as process:
        yield process
        process.communicate()


def _acknowledged_until_killed(process: "subprocess.Popen[bytes]", start: int, lines: int) -> list[int]:
    """Lets a child write until it has acknowledged some, kills it, and returns all that it acknowledged."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{start}\n".encode())
    said = b""
    while said.count(b"\n") <= lines:
        said += _heard(process)
    os.kill(int(said.partition(b"\n")[0]), signal.SIGKILL)
    while not said.endswith(b"dead\n"):
        said += _heard(process)
    return [int(line) for line in said.split(b"\n")[1:-2]]


def _heard(process: "subprocess.Popen[bytes]") -> bytes:
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], 30)[0], "the child wrote nothing"
    chunk = os.read(process.stdout.fileno(), 65_536)
    assert chunk, "the nursery ended by itself"
    return chunk


@pytest.mark.parametrize("kills", [KILLS, pytest.param(20 * KILLS, marks=pytest.mark.soak)])
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    store_url: str, nursery: "subprocess.Popen[bytes]", kills: int
) -> None:
    engine = open_engine(store_url)
    METADATA.create_all(engine)
    acknowledged: set[int] = set()
    for kill in range(kills):
        acknowledged |= set(_acknowledged_until_killed(nursery, kill * 2_000_000, 40 + 97 * kill % 400))
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
