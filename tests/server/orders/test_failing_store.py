"""A store that takes nothing is a 503 that says when to come back: nothing half done, no restart needed."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event, text

from core.server.limits import UNLIMITED
from core.wire import approval as approvals
from tests.clock import FakeClock
from tests.no_room import no_room
from tests.server.orders.world import World, error_of
from tests.waiting import wait_until


@contextmanager
def _locked(world: World) -> Iterator[None]:
    """Another program holds the database."""
    other = sqlite3.connect(world.database_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def _full(world: World) -> Iterator[None]:
    """No page more: SQLite refuses as on a full disk (SQLITE_FULL), on every connection that is opened."""
    engine = world.server.services.store.engine

    def ceil(connection: Any, _record: object, pages: int = 1) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    def at_most(pages: int) -> None:
        ceiling = f"PRAGMA max_page_count={pages}"
        writer = world.server.services.store.writer
        writer.submit_blocking(lambda unit: unit.connection.exec_driver_sql(ceiling).scalar())

    event.listen(engine, "connect", ceil)
    at_most(1)
    try:
        yield
    finally:
        event.remove(engine, "connect", ceil)
        at_most(2**30)


def _is_503(answer: httpx.Response) -> bool:
    return error_of(answer) == (503, "temporarily_unavailable") and answer.headers["retry-after"] == "2"


def test_a_locked_database_is_a_503_and_then_the_same_decision_is_taken(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    compact = approvals.sign(momo.approval(told["auth_req_id"], code=told["match_code"]), momo.key)
    quote = world.quote()
    with _locked(world), ThreadPoolExecutor(4) as pool:
        acts = (
            lambda: momo.send(told["auth_req_id"], compact),
            lambda: speaker.ask(quote=quote),
            lambda: speaker.withdraw(told["auth_req_id"]),
            lambda: world.http.get(f"{world.url}/ready"),
        )
        answers = [future.result() for future in [pool.submit(act) for act in acts]]
        assert all(_is_503(answer) for answer in answers), [answer.text for answer in answers]
        assert momo.state(told["auth_req_id"]) == "pending"
        assert world.http.get(f"{world.url}/health").status_code == 200
    assert world.http.get(f"{world.url}/ready").status_code == 200
    assert momo.send(told["auth_req_id"], compact).json()["state"] == "approved"
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"
    assert speaker.ask(quote=quote).status_code == 200


def test_a_full_disk_is_a_503_and_then_everything_goes_on(tmp_path: Path) -> None:
    with World(tmp_path, FakeClock(), limits=UNLIMITED) as world:
        momo, speaker = world.paired()
        told = [speaker.order() for _ in range(12)]
        compacts = {
            one["auth_req_id"]: approvals.sign(
                momo.approval(one["auth_req_id"], code=one["match_code"]), momo.key
            )
            for one in told
        }
        with _full(world):
            first = {key: momo.send(key, compact) for key, compact in compacts.items()}
            refused = [key for key, answer in first.items() if answer.status_code != 200]
            assert refused, "the disk was not full"
            assert all(_is_503(first[key]) for key in refused)
            assert {momo.state(key) for key in refused} == {"pending"}
            assert _is_503(speaker.ask(quote=""))
        for key, compact in compacts.items():
            assert momo.send(key, compact).json()["state"] in ("approved", "paid")
            assert speaker.settled(key)["outcome"]["status"] == "paid"
        assert world.earned() == 12 * 248


def test_a_server_on_a_disk_without_room_is_not_ready(world: World) -> None:
    _, speaker = world.paired()
    assert world.http.get(f"{world.url}/ready").status_code == 200
    with no_room(world.database_url):
        # A log that was worked in has room for some pages more.
        answers = [world.http.get(f"{world.url}/ready") for _ in range(100)]
        assert _is_503(answers[-1])
        assert _is_503(speaker.ask(quote=""))
    assert world.http.get(f"{world.url}/ready").status_code == 200
    assert speaker.ask(quote="").status_code == 200


@pytest.mark.parametrize("world", ["postgres"], indirect=True)
def test_lost_connections_to_postgresql_are_made_anew(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with world.server.services.store.engine.connect() as connection:
        connection.execute(text(f"{cut} AND datname = current_database()"))
    compact = approvals.sign(momo.approval(told["auth_req_id"], code=told["match_code"]), momo.key)

    def sent() -> httpx.Response | None:
        answer = momo.send(told["auth_req_id"], compact)
        assert answer.status_code in (200, 503), answer.text
        return answer if answer.status_code == 200 else None

    assert wait_until(sent).json()["state"] in ("approved", "paid")
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"
