"""A store that refuses: the caller is told in a sentence, nothing is half done, and no restart is needed."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy.exc
from sqlalchemy import bindparam, event, select, text

from core.database import errors
from core.database.engine import open_engine
from core.database.errors import DatabaseError, StatementFailed, StoreUnavailable
from core.database.prepared import Prepared
from tests.contract.conftest import ORDERS, Store
from tests.contract.writing import insert, together

BY_ID = Prepared(select(ORDERS.c.name).where(ORDERS.c.id == bindparam("id")))


def test_a_locked_database_is_told_and_then_overcome(sqlite_store: Store) -> None:
    writer, reader = sqlite_store.writer(), sqlite_store.reader()
    writer.submit_blocking(insert(1, "milk"))
    other = sqlite3.connect(sqlite_store.engine.url.database or "", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    answers = asyncio.run(together_or_fail(writer.submit_blocking, insert(2, "rice")))
    assert reader.one(BY_ID, id=1) == ("milk",)
    other.execute("ROLLBACK")
    other.close()
    assert isinstance(answers, StoreUnavailable)
    assert "locked by another program" in str(answers)
    assert writer.healthy
    assert writer.submit_blocking(insert(2, "rice")) == 2


async def together_or_fail(submit: Callable[..., Any], guard: Callable[..., Any]) -> object:
    """Returns the answer or the exception of a submission made from a thread."""
    return (await asyncio.gather(asyncio.to_thread(submit, guard), return_exceptions=True))[0]


def test_a_full_disk_fails_the_whole_batch_and_is_overcome_when_there_is_room(sqlite_store: Store) -> None:
    pages = {"max": 0}

    def limit(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages['max'] or 1_000_000}")

    event.listen(sqlite_store.engine, "connect", limit)
    with sqlite_store.engine.connect() as connection:
        pages["max"] = int(connection.execute(text("PRAGMA page_count")).scalar_one())
    writer = sqlite_store.writer()
    answers = asyncio.run(together(writer, insert(1, "milk"), insert(2, "x" * 100_000), insert(3, "rice")))
    assert [type(answer) for answer in answers] == [StoreUnavailable] * 3
    assert "disk is full" in str(answers[0])
    assert sqlite_store.names() == []
    pages["max"] = 0
    assert writer.submit_blocking(insert(2, "x" * 100_000)) == 2


def test_a_row_locked_elsewhere_is_told_and_then_overcome(postgres_store: Store) -> None:
    writer = postgres_store.writer()
    writer.submit_blocking(insert(1, "milk"))
    with postgres_store.engine.begin() as other:
        other.execute(text("SELECT * FROM orders FOR UPDATE"))
        with pytest.raises(StoreUnavailable):
            writer.submit_blocking(
                lambda unit: unit.connection.execute(text("UPDATE orders SET name = 'rice'"))
            )
    writer.submit_blocking(insert(2, "tea"))
    assert postgres_store.names() == ["milk", "tea"]


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(DatabaseError):
        store.reader().read(
            lambda connection: connection.execute(text("INSERT INTO orders VALUES (1, 'milk')"))
        )
    assert store.names() == []


def test_a_read_sees_one_moment(store: Store) -> None:
    writer, reader = store.writer(), store.reader()

    def twice(connection: Any) -> list[object]:
        before = connection.execute(text("SELECT count(*) FROM orders")).scalar()
        writer.submit_blocking(insert(1, "milk"))
        return [before, connection.execute(text("SELECT count(*) FROM orders")).scalar()]

    assert asyncio.run(reader.aread(twice)) == [0, 0]
    assert reader.one(BY_ID, id=1) == ("milk",)
    assert reader.one(BY_ID, id=2) is None


def test_a_reader_outlives_its_lost_connection(postgres_store: Store) -> None:
    reader = postgres_store.reader()
    backend = reader.read(lambda connection: connection.execute(text("SELECT pg_backend_pid()")).scalar())
    with postgres_store.engine.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": backend})
    assert reader.read(lambda connection: connection.execute(text("SELECT 5")).scalar()) == 5


def test_a_prepared_change_answers_with_its_rows_and_counts(store: Store) -> None:
    rename = Prepared(
        ORDERS.update()
        .where(ORDERS.c.id == bindparam("order"), ORDERS.c.name.in_(["milk", "rice"]))
        .values(name=bindparam("new"))
        .returning(ORDERS.c.id)
    )
    remove = Prepared(ORDERS.delete().where(ORDERS.c.id == bindparam("order")))
    writer = store.writer()
    writer.submit_blocking(insert(1, "milk"))
    assert writer.submit_blocking(lambda unit: rename.one(unit.connection, order=1, new="tea")) == (1,)
    assert writer.submit_blocking(lambda unit: rename.one(unit.connection, order=1, new="salt")) is None
    assert store.names() == ["tea"]
    assert writer.submit_blocking(lambda unit: remove.count(unit.connection, order=1)) == 1


def test_no_exception_of_a_driver_crosses_the_layer(store: Store) -> None:
    writer, reader = store.writer(), store.reader()
    nonsense = Prepared(text("SELECT nothing FROM nowhere"))
    for attempt in (
        lambda: writer.submit_blocking(
            lambda unit: unit.connection.execute(text("SELECT nothing FROM nowhere"))
        ),
        lambda: writer.submit_blocking(lambda unit: nonsense.one(unit.connection)),
        lambda: reader.read(lambda connection: connection.execute(text("SELECT nothing FROM nowhere"))),
        lambda: reader.one(nonsense),
    ):
        with pytest.raises(StatementFailed):
            attempt()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///{folder}/missing/store.db",
        "sqlite:///{folder}",
        "sqlite:///{folder}/text.db",
        "sqlite://",
        "mysql://localhost/x",
        "postgresql+psycopg://nod@127.0.0.1:1/x",
        "nonsense",
    ],
)
def test_a_store_that_cannot_be_opened_is_told_in_a_sentence(url: str, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is a letter to somebody, and no database at all " * 30)
    with pytest.raises(StoreUnavailable, match=r"\w+ \w+ \w+"):
        open_engine(url.format(folder=tmp_path))


def test_a_store_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    open_engine(f"sqlite:///{tmp_path}/store.db").dispose()
    assert (tmp_path / "store.db").stat().st_mode & 0o777 == 0o600


def test_every_error_of_the_layer_has_its_own_code() -> None:
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DatabaseError)
    ]
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert not any(issubclass(kind, sqlalchemy.exc.SQLAlchemyError | sqlite3.Error) for kind in kinds)
