"""What a server says on standard error: sentences, or one JSON object a line for a collector.

A line carries ids and the first characters of hashes, never names, tokens or what was ordered: that is the
rule of everybody who logs, and `tests/security` looks. Fields that a call adds by `extra` become members.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

_Trace = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


class Lines(logging.Formatter):
    """A sentence for each record, and where it came about when something failed."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: _Trace) -> str:  # noqa: N802 (the name is the standard library's)
        """What failed, without anything that a database tells of the row that it refused."""
        return "" if ei[1] is None else "".join(_trace(ei[1]))


class JsonLines(Lines):
    """One JSON object for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(*, as_json: bool, level: str, out: TextIO | None = None) -> None:
    """Send every logger's lines of `level` and above to standard error."""
    handler = logging.StreamHandler(out or sys.stderr)
    handler.setFormatter(JsonLines() if as_json else Lines())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    # What they say below a warning is about themselves, or names addresses in full.
    for name in ("uvicorn", "httpx", "httpcore", "asyncio", "alembic"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def _trace(error: BaseException) -> Iterator[str]:
    """A traceback that keeps the first line of what each error says.

    Below it PostgreSQL tells the values of a refused row ("DETAIL: Failing row contains ..."), and SQLAlchemy
    the statement.
    """
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _trace(before)
        yield "\nand then:\n\n"
    yield from traceback.format_tb(error.__traceback__)
    said = str(error).partition("\n")[0]
    yield f"{type(error).__module__}.{type(error).__qualname__}: {said}\n"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _trace(part)
