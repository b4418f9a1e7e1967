"""What a failure leaves in the log: where it came about, and nothing of what people sent."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.database.engine import open_engine
from core.database.errors import StatementFailed, translated
from core.roles import logs

ITEM = "Milk for Momo"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def _logged(error: BaseException, *, as_json: bool) -> str:
    out = io.StringIO()
    logs.configure(as_json=as_json, level="warning", out=out)
    logging.getLogger("core.test").error("a statement failed", exc_info=error)
    return out.getvalue()


@pytest.mark.parametrize("as_json", [False, True])
def test_a_refused_rows_values_stay_out_of_the_log(store_url: str, as_json: bool) -> None:
    engine = open_engine(store_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE shelves (item TEXT NOT NULL, place TEXT NOT NULL)"))
    try:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO shelves (item) VALUES (:item)"), {"item": ITEM})
        pytest.fail("the row was taken")
    except IntegrityError as refused:
        try:
            raise translated(refused) from refused
        except StatementFailed as failed:
            line = _logged(failed, as_json=as_json)
    engine.dispose()
    assert ITEM not in line
    assert "StatementFailed: The store refused a statement" in line
    assert "IntegrityError" in line
    assert __file__ in line


def test_each_part_of_a_group_is_told() -> None:
    line = _logged(ExceptionGroup("two parts failed", [ValueError("one"), OSError("other")]), as_json=True)
    trace = json.loads(line)["trace"]
    assert "two parts failed" in trace
    assert "ValueError: one" in trace
    assert "OSError: other" in trace
