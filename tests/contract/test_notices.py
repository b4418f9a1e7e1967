"""Several server processes on one PostgreSQL: each hears what the others commit, and outlives a cut."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from core.database.engine import open_engine
from core.database.errors import StoreUnavailable
from core.database.writer import MISSED, Unit, Writer
from tests.contract.conftest import Store
from tests.contract.writing import insert
from tests.waiting import wait_until


def test_two_writers_on_one_postgres_hear_each_other(postgres_store: Store) -> None:
    here, there = postgres_store.writer(), postgres_store.writer()
    heard_here, heard_there = list[tuple[str, str]](), list[tuple[str, str]]()
    here.subscribe(heard_here.extend)
    there.subscribe(heard_there.extend)

    def notify(unit: Unit) -> None:
        for number in range(500):
            unit.notify("request", f"id-{number:040}")

    here.submit_blocking(notify)
    wait_until(lambda: len(heard_there) == 500)
    assert heard_there == heard_here
    assert heard_here[0] == ("request", f"id-{0:040}")


def test_a_lost_listener_comes_back_and_says_that_it_may_have_missed_some(postgres_store: Store) -> None:
    writer, heard = postgres_store.writer(), list[tuple[str, str]]()
    writer.subscribe(heard.extend)
    with postgres_store.engine.begin() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        assert connection.execute(text(others)).scalars().all() == [True]
    wait_until(lambda: MISSED in heard)


def test_a_writer_outlives_its_lost_connection(postgres_store: Store) -> None:
    writer = postgres_store.writer()
    backend = writer.submit_blocking(
        lambda unit: unit.connection.execute(text("SELECT pg_backend_pid()")).scalar()
    )
    with postgres_store.engine.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": backend})
    with pytest.raises(StoreUnavailable):
        writer.submit_blocking(insert(1, "milk"))
    assert writer.submit_blocking(insert(1, "milk")) == 1


def test_two_writers_that_block_each_other_both_finish(postgres_store: Store) -> None:
    # Waiting longer for locks than PostgreSQL takes to notice a deadlock (1 s), as in real life.
    engines = [open_engine(postgres_store.url) for _ in range(2)]
    writers = [Writer(engine, now=postgres_store.now) for engine in engines]
    barrier = threading.Barrier(2)

    def both(first: int, second: int) -> Callable[[Unit], None]:
        runs: list[int] = []

        def guard(unit: Unit) -> None:
            rename = text("UPDATE orders SET name = name || '!' WHERE id = :id")
            unit.connection.execute(rename, {"id": first})
            runs.append(1)
            if len(runs) == 1:
                barrier.wait(10)
            unit.connection.execute(rename, {"id": second})

        return guard

    postgres_store.writers.extend(writers)
    for writer in writers:
        writer.start()
    for number, name in ((1, "milk"), (2, "rice")):
        writers[0].submit_blocking(insert(number, name))
    other = threading.Thread(target=writers[1].submit_blocking, args=(both(2, 1), 20.0))
    other.start()
    writers[0].submit_blocking(both(1, 2), 20.0)
    other.join(20)
    assert postgres_store.names() == ["milk!!", "rice!!"]
