"""Several server processes on one PostgreSQL: each hears what the others commit, and outlives a cut."""

import pytest
from sqlalchemy import text

from core.database.errors import StoreUnavailable
from core.database.writer import MISSED, Unit
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
