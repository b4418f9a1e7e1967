"""The two ways to the rows: a read on a snapshot, and a guard function in the writer's next commit."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from core.database.engine import is_postgres
from core.database.prepared import Prepared, Row
from core.database.reader import Reader
from core.database.writer import Unit, Writer

T = TypeVar("T")


class Store:
    """The server's rows.

    Args:
        engine: Opened and migrated.
        writer: The process's one writer.
        reader: Its readers.
    """

    def __init__(self, engine: Engine, writer: Writer, reader: Reader) -> None:
        self.engine, self.writer, self.reader = engine, writer, reader
        self._is_far = is_postgres(engine)

    @property
    def has_one_process(self) -> bool:
        """Whether nobody else can serve from these rows: a local file is locked by its server."""
        return not self._is_far

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Runs a short read: on this thread where the store is a local file, in a thread otherwise.

        Raises:
            StoreUnavailable: The store does not answer.
        """
        if self._is_far:
            return await self.reader.aread(fn)
        return self.reader.read(fn)

    async def one(self, prepared: Prepared, /, **parameters: Any) -> Row | None:
        """Runs one prepared select and returns its first row: the cheapest read there is.

        Raises:
            StoreUnavailable: The store does not answer.
        """
        if self._is_far:
            return await self.reader.aread(lambda connection: prepared.one(connection, **parameters))
        return self.reader.one(prepared, **parameters)

    async def write(self, guard: Callable[[Unit], T]) -> T:
        """Runs a guard in the next commit and returns its value after the COMMIT; see `Writer.submit`.

        Raises:
            DatabaseError: Nothing happened, or the outcome is unknown; the tree is in `core.database.errors`.
        """
        return await self.writer.submit(guard)
