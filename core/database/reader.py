"""Reading: every thread keeps a connection of its own, so a select by key costs microseconds and waits for
nobody.

A read sees one consistent snapshot and cannot write. On SQLite short reads run right on the loop's thread
(`read`); long ones, and all on PostgreSQL, go to a few threads (`aread`).
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from core.database.engine import is_postgres
from core.database.errors import StoreUnavailable, translated
from core.database.prepared import Prepared, Row

T = TypeVar("T")


class Reader:
    """Reads of one store.

    Args:
        engine: From `open_engine`.
        threads: Threads for `aread`, each with a connection.
    """

    def __init__(self, engine: Engine, *, threads: int = 4) -> None:
        self._engine = engine
        self._local = threading.local()
        self._single_needs_no_transaction = not is_postgres(engine)
        self._lock = threading.Lock()
        self._connections: list[Connection] = []
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="nod-reader")

    def read(self, fn: Callable[[Connection], T]) -> T:
        """Runs a read on this thread; a broken connection is replaced once, so `fn` may run twice.

        Raises:
            StoreUnavailable: The store does not answer.
            StatementFailed: The statement is refused: a bug.
        """
        try:
            return self._read(fn)
        except StoreUnavailable:
            return self._read(fn)

    def one(self, prepared: Prepared, /, **parameters: Any) -> Row | None:
        """Runs one prepared select on this thread and returns its first row: the cheapest read there is.

        Raises:
            StoreUnavailable: The store does not answer.
            StatementFailed: The statement is refused: a bug.
        """
        if self._single_needs_no_transaction:
            try:
                return prepared.one(self._mine(), **parameters)
            except SQLAlchemyError as error:
                raise translated(error) from error
        return self.read(lambda connection: prepared.one(connection, **parameters))

    async def aread(self, fn: Callable[[Connection], T]) -> T:
        """Does what `read` does, in a thread: for long reads, and for PostgreSQL."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self.read, fn)

    def close(self) -> None:
        """Closes every connection; nothing may be reading."""
        self._pool.shutdown()
        with self._lock:
            connections, self._connections = self._connections, []
        for connection in connections:
            _close(connection)

    def _read(self, fn: Callable[[Connection], T]) -> T:
        try:
            connection = self._mine()
            with connection.begin():
                return fn(connection)
        except SQLAlchemyError as error:
            reason = translated(error)
            if isinstance(reason, StoreUnavailable):
                self._forget()
            raise reason from error

    def _mine(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._open()
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection

    def _open(self) -> Connection:
        connection = self._engine.connect()
        if is_postgres(self._engine):
            return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        connection.connection.cursor().execute("PRAGMA query_only=ON")
        return connection

    def _forget(self) -> None:
        connection: Connection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            with self._lock:
                self._connections = [other for other in self._connections if other is not connection]
            _close(connection)


def _close(connection: Connection) -> None:
    try:
        connection.close()
    except SQLAlchemyError:
        connection.invalidate()
