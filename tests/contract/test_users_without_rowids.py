"""An older store's users are rebuilt without rowids, and a kill at any of its steps loses nobody."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from core.database.engine import open_engine, writing
from core.database.migrations import current_version, upgrade
from core.server.store.tables import asking_rules, terminals, users
from core.server.wiring import VERSIONS
from tests import blank_stores
from tests.contract.test_server_upgrade import RULES_OF_USERS
from tests.house.sources import TOP

STEPS = [
    "CREATE TABLE users_by_id",
    "INSERT INTO users_by_id",
    "DROP TABLE users",
    "RENAME TO users",
    "INSERT INTO asking_rules",
    "INSERT INTO _alembic_tmp_users",
    "UPDATE alembic_version",
]
DIES = """
import os, signal, sys
from sqlalchemy import event
from core.database.engine import open_engine
from core.database.migrations import upgrade
from core.server.wiring import VERSIONS

engine = open_engine(sys.argv[1])

@event.listens_for(engine, "after_cursor_execute")
def look(connection, cursor, statement, *more):
    if sys.argv[2] in " ".join(statement.split()):
        os.kill(os.getpid(), signal.SIGKILL)

upgrade(engine, VERSIONS)
"""
PEOPLE = 300


@pytest.fixture
def older(tmp_path: Path) -> str:
    """A store of version 0004, whose users have rowids; each has a terminal."""
    url = f"sqlite:///{tmp_path / 'server.db'}"
    blank_stores.lay(url, VERSIONS)
    engine = open_engine(url)
    with writing(engine) as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            connection.execute(text("DROP TABLE users"))
            made = str(CreateTable(users).compile(dialect=engine.dialect))
            connection.execute(text(made.replace("WITHOUT ROWID", "")))
            for statement in RULES_OF_USERS:
                connection.execute(text(statement))
            _fill(connection)
            connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    engine.dispose()
    return url


def _fill(connection: Connection) -> None:
    for at in reversed(range(PEOPLE)):
        person = {"user_id": f"user-{at:03}", "nickname": f"N{at}", "locale": "ja", "zone": "UTC"}
        connection.execute(users.insert(), person | {"created_at": at})
        if at:
            limit = text("UPDATE users SET pin_above = :at WHERE user_id = :who")
            connection.execute(limit, {"at": at, "who": person["user_id"]})
        terminal = {"terminal_id": f"term_{at}", "user_id": f"user-{at:03}", "name": "desk", "jwk": "{}"}
        more = {"thumbprint": "t", "proof_sha256": "p", "enrolled_at": 1.0}
        connection.execute(terminals.insert(), terminal | more)


def _everybody(url: str) -> list[tuple[object, ...]]:
    engine = open_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(select(users).order_by(users.c.user_id))]
    engine.dispose()
    return found


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_of_the_rebuilding_loses_nobody(older: str, step: str) -> None:
    before = _everybody(older)
    ended = subprocess.run([sys.executable, "-c", DIES, older, step], cwd=TOP, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert _everybody(older) == before
    engine = open_engine(older)
    with engine.connect() as connection:
        assert current_version(connection) == "0004"
    assert upgrade(engine, VERSIONS)
    engine.dispose()
    assert _everybody(older) == before


def test_users_stand_without_rowids_and_terminals_still_point_to_them(older: str) -> None:
    before = _everybody(older)
    engine = open_engine(older)
    assert upgrade(engine, VERSIONS)
    assert _everybody(older) == before
    assert len(before) == PEOPLE
    with writing(engine) as connection, connection.begin():
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'users'")).scalar_one()
        assert made.rstrip().endswith("WITHOUT ROWID")
        limits = connection.execute(select(asking_rules.c.user_id, asking_rules.c.pin_above)).all()
        assert sorted(limits) == [(f"user-{at:03}", at) for at in range(1, PEOPLE)]
        whole = connection.execute(text("PRAGMA integrity_check")).scalar_one()
        assert whole == "ok"
        joined = select(func.count()).select_from(terminals.join(users))
        assert connection.execute(joined).scalar_one() == PEOPLE
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            connection.execute(users.delete().where(users.c.user_id == "user-001"))
    engine.dispose()
