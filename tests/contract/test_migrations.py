"""Versions of the tables: upgraded once, by one process, wholly or not at all; newer data is left alone."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from core.database.engine import open_engine
from core.database.errors import DatabaseError, SchemaBroken, SchemaTooNew
from core.database.migrations import current_version, upgrade

FIRST = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.create_table("people", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String))
    op.create_table("pets", sa.Column("id", sa.Integer, primary_key=True),
                    sa.Column("owner", sa.Integer, sa.ForeignKey("people.id")))
    op.execute("INSERT INTO people (id, name) VALUES (1, 'Momo')")
    op.execute("INSERT INTO pets (id, owner) VALUES (1, 1)")
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    with op.batch_alter_table("people") as table:
        table.alter_column("name", new_column_name="nickname", existing_type=sa.String(), nullable=False)
"""
BROKEN = SECOND + "    op.execute('SELECT nothing FROM nowhere')\n"


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    folder = tmp_path / "store" / "versions"
    folder.mkdir(parents=True)
    (folder / "0001_first.py").write_text(FIRST)
    return folder


def version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return current_version(connection)


def test_an_empty_store_gets_its_tables_once(store_url: str, versions: Path) -> None:
    engine = open_engine(store_url)
    assert upgrade(engine, versions)
    assert not upgrade(engine, versions)
    assert version(engine) == "0001"


def test_a_later_version_keeps_the_rows_and_what_points_at_them(store_url: str, versions: Path) -> None:
    engine = open_engine(store_url)
    upgrade(engine, versions)
    (versions / "0002_nickname.py").write_text(SECOND)
    assert upgrade(engine, versions)
    with engine.connect() as connection:
        joined = "SELECT nickname, pets.id FROM people JOIN pets ON owner = people.id"
        assert connection.execute(text(joined)).all() == [("Momo", 1)]


def test_a_failing_upgrade_changes_nothing(store_url: str, versions: Path) -> None:
    engine = open_engine(store_url)
    upgrade(engine, versions)
    (versions / "0002_broken.py").write_text(BROKEN)
    with pytest.raises(DatabaseError):
        upgrade(engine, versions)
    assert version(engine) == "0001"
    assert {column["name"] for column in inspect(engine).get_columns("people")} == {"id", "name"}


@pytest.mark.parametrize(("found", "error"), [("0002", SchemaTooNew), ("ae1027a6acf", SchemaBroken)])
def test_data_of_another_nod_is_left_alone(
    store_url: str, versions: Path, found: str, error: type[DatabaseError]
) -> None:
    engine = open_engine(store_url)
    upgrade(engine, versions)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :found"), {"found": found})
    with pytest.raises(error, match="Nod"):
        upgrade(engine, versions)
    assert version(engine) == found


def test_processes_that_start_at_once_upgrade_once(store_url: str, versions: Path) -> None:
    done: list[bool] = []
    engines = [open_engine(store_url, lock_wait_s=30) for _ in range(4)]
    threads = [
        threading.Thread(target=lambda own=engine: done.append(upgrade(own, versions))) for engine in engines
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, False, False, True]


def test_a_store_that_is_up_to_date_never_loads_alembic(tmp_path: Path, versions: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    upgrade(open_engine(url), versions)
    program = (
        "import sys, pathlib\n"
        "from core.database.engine import open_engine\n"
        "from core.database.migrations import upgrade\n"
        "upgrade(open_engine(sys.argv[1]), pathlib.Path(sys.argv[2]))\n"
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", program, url, str(versions)], check=True, cwd=Path(__file__).parents[2]
    )
