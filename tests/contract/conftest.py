"""The same promises on both stores: a test that asks for `store` runs on SQLite and on a real PostgreSQL."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, ForeignKey, Integer, MetaData, String, Table, create_engine, text

from core.database import audit
from core.database.engine import open_engine
from core.database.reader import Reader
from core.database.writer import Writer
from tests import postgres
from tests.clock import FakeClock

METADATA = MetaData()
AUDIT = audit.tables(METADATA)
ORDERS = Table(
    "orders", METADATA, Column("id", Integer, primary_key=True), Column("name", String, unique=True)
)
LINES = Table(
    "lines",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False),
)


@dataclass
class Store:
    """One empty store, and whatever a test opens on it."""

    url: str
    engine: Engine
    now: Callable[[], float]
    writers: list[Writer] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)

    def writer(self, now: Callable[[], float] | None = None) -> Writer:
        """A started writer, on an engine of its own as another process would have."""
        engine = self.engine if not self.writers else open_engine(self.url, lock_wait_s=0.2)
        writer = Writer(engine, now=now or self.now)
        writer.start()
        self.writers.append(writer)
        return writer

    def reader(self) -> Reader:
        """A reader."""
        reader = Reader(self.engine)
        self.readers.append(reader)
        return reader

    def names(self) -> list[str]:
        """The names of all orders, by number."""
        with self.engine.connect() as connection:
            return list(connection.execute(text("SELECT name FROM orders ORDER BY id")).scalars())

    def close(self) -> None:
        """Ends what was opened."""
        for reader in self.readers:
            reader.close()
        for writer in self.writers:
            assert writer.stop(10)


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    """One cluster for this worker's whole session."""
    programs = postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed (Debian: postgresql)")
    with postgres.cluster(programs) as socket_folder:
        yield socket_folder


@pytest.fixture
def postgres_url(postgres_socket: Path) -> str:
    """An empty database of this test alone."""
    name = f"t{uuid.uuid4().hex}"
    admin = create_engine(postgres.url(postgres_socket, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return postgres.url(postgres_socket, name)


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def store(store_url: str, clock: FakeClock) -> Iterator[Store]:
    """An empty store with the tests' tables, on both databases in turn."""
    yield from _opened(store_url, clock)


@pytest.fixture
def sqlite_store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    """The same on SQLite only."""
    yield from _opened(f"sqlite:///{tmp_path}/store.db", clock)


@pytest.fixture
def postgres_store(postgres_url: str, clock: FakeClock) -> Iterator[Store]:
    """The same on PostgreSQL only."""
    yield from _opened(postgres_url, clock)


def _opened(url: str, clock: FakeClock) -> Iterator[Store]:
    engine = open_engine(url, lock_wait_s=0.2)
    METADATA.create_all(engine)
    store = Store(url, engine, clock)
    yield store
    store.close()
    engine.dispose()
