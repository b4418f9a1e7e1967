"""A store that takes no work is a 503 that says when to come back, and the server goes on afterwards."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from core.database.errors import StoreUnavailable
from core.payment.settings import Settings
from core.payment.store.tables import METADATA
from core.payment.wiring import audit, build
from tests.clock import FakeClock
from tests.no_room import no_room
from tests.payment.world import World, problem_of


def _file(world: World) -> Path:
    return Path(world.database_url.removeprefix("sqlite:///"))


def test_a_locked_database_is_a_503_and_then_all_is_well(world: World) -> None:
    _, token = world.order()
    other = sqlite3.connect(_file(world), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        refused = world.pay(token)
        assert problem_of(refused) == (503, "store_unavailable")
        assert refused.headers["retry-after"] == "2"
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert world.pay(token).status_code == 201
    assert world.merchant() == 248


def test_a_full_disk_is_a_503_and_then_all_is_well(world: World) -> None:
    """The same refusal as a full disk's, SQLITE_FULL, by a ceiling on the writer's own connection."""
    _, token = world.order()

    def at_most(pages: int) -> None:
        ceiling = f"PRAGMA max_page_count={pages}"
        world.payment.writer.submit_blocking(lambda unit: unit.connection.exec_driver_sql(ceiling).scalar())

    at_most(1)
    answers = [world.http.post("/quotes", json={"items": [{"id": "milk"}]}) for _ in range(60)]
    full = [answer for answer in answers if answer.status_code != 201]
    assert full
    assert {problem_of(answer) for answer in full} == {(503, "store_unavailable")}
    assert world.http.get("/health").status_code == 200
    at_most(2**30)
    assert world.pay(token).status_code == 201


def test_a_server_on_a_disk_without_room_is_not_ready(world: World) -> None:
    _, token = world.order()
    assert world.http.get("/ready").status_code == 200
    with no_room(world.database_url):
        assert problem_of(world.http.get("/ready")) == (503, "store_unavailable")
    assert world.http.get("/ready").status_code == 200
    assert world.pay(token).status_code == 201


def test_a_dead_writer_is_unhealthy_and_takes_no_work(world: World) -> None:
    _, token = world.order()
    world.payment.writer.stop(5)
    assert problem_of(world.http.get("/health")) == (503, "unhealthy")
    assert problem_of(world.pay(token)) == (503, "store_unavailable")


def test_the_first_schema_version_makes_the_tables_as_they_are_declared(world: World) -> None:
    migrated = inspect(create_engine(world.database_url))
    fresh_engine = create_engine("sqlite://")
    METADATA.create_all(fresh_engine)
    fresh = inspect(fresh_engine)
    assert set(migrated.get_table_names()) == {*fresh.get_table_names(), "alembic_version"}
    for table in fresh.get_table_names():
        columns = [
            {one["name"]: (str(one["type"]), one["nullable"]) for one in look}
            for look in (fresh.get_columns(table), migrated.get_columns(table))
        ]
        assert columns[0] == columns[1]
        assert fresh.get_pk_constraint(table) == migrated.get_pk_constraint(table)
        assert fresh.get_indexes(table) == migrated.get_indexes(table)
        assert fresh.get_unique_constraints(table) == migrated.get_unique_constraints(table)
        assert fresh.get_foreign_keys(table) == migrated.get_foreign_keys(table)


def test_the_database_with_its_keys_is_the_owners_alone(world: World) -> None:
    assert stat.S_IMODE(os.stat(_file(world)).st_mode) == 0o600  # noqa: PTH116


def test_a_missing_folder_is_one_clear_sentence(tmp_path: Path, clock: FakeClock) -> None:
    settings = Settings(f"sqlite:///{tmp_path}/none/payment.db", "http://127.0.0.1:1", "http://x", "s")
    with pytest.raises(StoreUnavailable, match="does not exist"):
        build(settings, now=clock)


def test_books_that_were_never_opened_are_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="No payment server"):
        audit(f"sqlite:///{tmp_path}/payment.db")
