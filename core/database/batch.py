"""One commit batch: functions run one after another in one transaction, appends go out merged at its end.

No savepoints: measured, they cost more than the work. A function that fails is dropped and the rest run
again in a new transaction, so **a function touches only its `Unit` and may run twice**; what it expects (a
name taken, a decision too late) is a return value, taken from a row count, never an exception.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, MetaData, Table, bindparam
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from core.database import audit, notices
from core.database.errors import DatabaseError, OutcomeUnknown, StoreUnavailable, is_contention, translated
from core.database.prepared import Prepared

_CONTENTION_TRIES = 5
_encode = msgspec.json.Encoder(order="deterministic").encode


class Unit:
    """What one function works with, from its start to its return."""

    __slots__ = ("_appends", "connection", "now", "recorded", "topics")

    def __init__(self, connection: Connection, now: float, appends: "Appends") -> None:
        self.connection = connection
        self.now = now
        """The server's clock in epoch seconds, read by the writer just before this function."""
        self._appends = appends
        self.recorded: list[audit.Recorded] = []
        self.topics: list[tuple[str, str]] = []

    def append(self, table: Table, row: dict[str, Any]) -> None:
        """Adds a row to an append-only table at the batch's end; the batch's own statements don't see it,
        unless one of its functions catches up."""
        self._appends.rows.append((table, row))

    def catch_up(self, key: str) -> bool:
        """Makes visible what earlier functions of this batch appended about the same thing.

        Called before reading what such rows would change, by whoever appends them and whoever reads them.

        Args:
            key: What the rows are about, for example a user ID.

        Returns:
            Whether rows were written: what was read before is out of date.
        """
        if key not in self._appends.keys:
            self._appends.keys.add(key)
            return False
        return self._appends.write(self.connection)

    def record(self, kind: str, subject: str, data: Mapping[str, Any]) -> None:
        """Adds an event to the audit log; `data` is what JSON can carry, without secrets or item text."""
        self.recorded.append(audit.Recorded(float(self.now), kind, subject, _encode(data).decode()))

    def notify(self, topic: str, key: str) -> None:
        """Tells every subscriber of every process after the commit; ids only, never contents."""
        self.topics.append((topic, key))


class Outcome(NamedTuple):
    """What became of one function."""

    value: Any
    """What it returned, or None."""
    error: Exception | None
    """Why it was dropped, or None."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a batch."""

    outcomes: list[Outcome]
    """One for each function, in order of arrival."""
    topics: list[tuple[str, str]]
    """Notifications of what was committed."""
    recorded: bool
    """Whether an audit link was written."""


Guard = Callable[[Unit], Any]


class Appends:
    """What the functions of one transaction have appended and is not written yet.

    Args:
        is_one_by_one: Whether rows are written behind each function, so that a refusal is its own.
    """

    __slots__ = ("_is_one_by_one", "keys", "rows")

    def __init__(self, *, is_one_by_one: bool) -> None:
        self._is_one_by_one = is_one_by_one
        self.rows: list[tuple[Table, dict[str, Any]]] = []
        self.keys: set[str] = set()
        """What functions of this transaction caught up with."""

    def write(self, connection: Connection) -> bool:
        """Writes like rows together; returns whether there were any.

        Raises:
            _AppendFailed: A row was refused; whose it is shows when each function's rows are written alone.
            SQLAlchemyError: A row was refused, and it is this function's; or the store does not answer.
        """
        rows, self.rows = self.rows, []
        try:
            _write(connection, rows)
        except SQLAlchemyError as error:
            if self._is_one_by_one or isinstance(translated(error), StoreUnavailable):
                raise
            raise _AppendFailed from error
        return bool(rows)


class _Culprit(Exception):
    """One function failed: run the others again without it."""

    def __init__(self, index: int, error: Exception) -> None:
        self.index, self.error = index, error


class _AppendFailed(Exception):
    """Some merged row was refused: run again, writing each function's rows behind it, to find whose."""


class Batch:
    """Runs functions in one transaction on one connection.

    Args:
        connection: One made by `engine.writing`.
        now: Epoch seconds.
        writer: The id of this writer, named by its audit links and notifications.
        number: Which batch of this writer this is.
    """

    def __init__(self, connection: Connection, now: Callable[[], float], writer: str, number: int) -> None:
        self._connection, self._now = connection, now
        self._writer, self._number = writer, number

    def run(self, guards: Sequence[Guard]) -> Result:
        """Commits as many functions as succeed.

        Raises:
            StoreUnavailable: None of them was committed, for reasons outside of them.
            OutcomeUnknown: The connection broke during COMMIT.
        """
        dropped: dict[int, Exception] = {}
        one_by_one, contentions = False, 0
        while True:
            try:
                units, values = self._commit(guards, dropped, one_by_one)
                return self._result(guards, dropped, units, values)
            except _Culprit as culprit:
                dropped[culprit.index] = culprit.error
            except _AppendFailed:
                one_by_one = True
            except DBAPIError as error:
                contentions += 1
                if not is_contention(error) or contentions == _CONTENTION_TRIES:
                    raise _unavailable(error) from error

    def _commit(
        self, guards: Sequence[Guard], dropped: Mapping[int, Exception], one_by_one: bool
    ) -> tuple[list[Unit], dict[int, Any]]:
        units: list[Unit] = []
        values: dict[int, Any] = {}
        kept = [index for index in range(len(guards)) if index not in dropped]
        if not kept:
            return units, values
        appends = Appends(is_one_by_one=one_by_one)
        transaction = self._connection.begin()
        try:
            for index in kept:
                unit = Unit(self._connection, self._now(), appends)
                values[index] = self._call(guards[index], unit, index, appends if one_by_one else None)
                units.append(unit)
            appends.write(self._connection)
            self._finish(units)
        except BaseException:
            _roll_back(self._connection)
            raise
        _commit(transaction)
        return units, values

    def _call(self, guard: Guard, unit: Unit, index: int, its_rows: Appends | None) -> Any:
        try:
            value = guard(unit)
            if its_rows is not None:
                its_rows.write(self._connection)
        except _AppendFailed:
            raise
        except SQLAlchemyError as error:
            reason = translated(error)
            if isinstance(reason, StoreUnavailable):
                raise
            reason.__cause__ = error
            raise _Culprit(index, reason) from error
        except Exception as error:
            raise _Culprit(index, error) from error
        return value

    def _finish(self, units: Sequence[Unit]) -> None:
        if recorded := [event for unit in units for event in unit.recorded]:
            audit.append(self._connection, recorded, self._writer, self._number)
        if topics := [topic for unit in units for topic in unit.topics]:
            notices.send(self._connection, self._writer, topics)

    def _result(
        self,
        guards: Sequence[Guard],
        dropped: Mapping[int, Exception],
        units: list[Unit],
        values: Mapping[int, Any],
    ) -> Result:
        outcomes = [Outcome(values.get(index), dropped.get(index)) for index in range(len(guards))]
        topics = [topic for unit in units for topic in unit.topics]
        return Result(outcomes, topics, any(unit.recorded for unit in units))


def _write(connection: Connection, appended: Sequence[tuple[Table, dict[str, Any]]]) -> None:
    """Inserts rows, like ones together, parents before children."""
    groups: dict[tuple[Table, tuple[str, ...]], list[tuple[Any, ...]]] = {}
    for table, row in appended:
        groups.setdefault((table, tuple(row)), []).append(tuple(row.values()))
    for (table, columns), rows in sorted(groups.items(), key=lambda group: _rank(group[0][0])):
        _insert(table, columns).many(connection, columns, rows)


@cache
def _insert(table: Table, columns: tuple[str, ...]) -> Prepared:
    return Prepared(table.insert().values({name: bindparam(name) for name in columns}))


def _rank(table: Table) -> int:
    return _ranks(table.metadata)[table]


@cache
def _ranks(metadata: MetaData) -> dict[Table, int]:
    return {table: rank for rank, table in enumerate(metadata.sorted_tables)}


def _roll_back(connection: Connection) -> None:
    try:
        connection.rollback()
    except SQLAlchemyError:
        # The connection is gone, and with it the transaction; the writer opens another.
        connection.invalidate()


def _commit(transaction: Any) -> None:
    try:
        transaction.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise OutcomeUnknown(
                "The connection broke while committing; ask again to learn what stands."
            ) from error
        raise


def _unavailable(error: DBAPIError) -> DatabaseError:
    reason = translated(error)
    return (
        reason
        if isinstance(reason, StoreUnavailable)
        else StoreUnavailable(f"The batch was refused. {reason}")
    )
