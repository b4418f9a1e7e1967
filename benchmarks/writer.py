"""What a submission costs: 64 callers on one loop, one row each, SQLite with full durability.

Run `python -m benchmarks.writer`. Figures are CPU microseconds of the whole process for each submission,
callers included; compare the lines of one run, since the machine's mood moves them all.
"""

import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import uvloop
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam

from core.database import audit
from core.database.engine import open_engine
from core.database.prepared import Prepared
from core.database.reader import Reader
from core.database.writer import Unit, Writer

CALLERS, EACH = 64, 300
METADATA = MetaData()
audit.tables(METADATA)
REQUESTS = Table("requests", METADATA, Column("id", Integer, primary_key=True), Column("state", String))
BY_ID = Prepared(REQUESTS.select().where(REQUESTS.c.id == bindparam("id")))
DECIDE = Prepared(
    REQUESTS.update()
    .where(REQUESTS.c.id == bindparam("request"), REQUESTS.c.state == "pending")
    .values(state="approved")
    .returning(REQUESTS.c.id)
)
Make = Callable[[int], Callable[[Unit], object]]


def appended(number: int) -> Callable[[Unit], object]:
    """A new request: one merged row."""
    return lambda unit: unit.append(REQUESTS, {"id": number, "state": "pending"})


def recorded(number: int) -> Callable[[Unit], object]:
    """A new request with its audit event."""

    def guard(unit: Unit) -> None:
        unit.append(REQUESTS, {"id": number, "state": "pending"})
        unit.record("request.asked", "request", {"number": number})

    return guard


def decided(number: int) -> Callable[[Unit], object]:
    """A guarded update of one row, prepared."""
    return lambda unit: DECIDE.one(unit.connection, request=number % 1000)


def through_sqlalchemy(number: int) -> Callable[[Unit], object]:
    """The same update as SQLAlchemy runs it."""
    statement = REQUESTS.update().where(REQUESTS.c.id == number % 1000, REQUESTS.c.state == "pending")
    return lambda unit: unit.connection.execute(
        statement.values(state="approved").returning(REQUESTS.c.id)
    ).first()


async def _run(writer: Writer, make: Make, numbers: Iterator[int]) -> list[float]:
    waits: list[float] = []

    async def caller() -> None:
        for _ in range(EACH):
            began = time.perf_counter()
            await writer.submit(make(next(numbers)), timeout_s=60)
            waits.append(time.perf_counter() - began)

    await asyncio.gather(*[caller() for _ in range(CALLERS)])
    return sorted(waits)


def main() -> None:
    """Prints one line for each kind of submission, and one for a read by key."""
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{Path(folder)}/bench.db"
        engine = open_engine(url)
        METADATA.create_all(engine)
        writer = Writer(engine, now=time.time)
        writer.start()
        numbers = itertools.count(1)
        for make in (appended, appended, recorded, decided, through_sqlalchemy):
            cpu, began = time.process_time(), time.perf_counter()
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                waits = runner.run(_run(writer, make, numbers))
            cpu, wall = time.process_time() - cpu, time.perf_counter() - began
            print(
                f"{make.__name__:20} {cpu / len(waits) * 1e6:6.1f} us CPU, {len(waits) / wall:7.0f}/s, "
                f"p99 {waits[len(waits) * 99 // 100] * 1e3:5.1f} ms"
            )
        writer.stop(10)
        _read(Reader(engine))


def _read(reader: Reader) -> None:
    cpu, count = time.process_time(), 20_000
    for number in range(count):
        reader.one(BY_ID, id=number)
    print(f"{'read by key':20} {(time.process_time() - cpu) / count * 1e6:6.1f} us CPU")
    reader.close()


if __name__ == "__main__":
    main()
