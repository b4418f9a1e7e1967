"""Two processes in the same moment: what one has begun and not committed when the other is asked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import text

from core.database.batch import Appends
from core.database.engine import open_engine, writing
from core.database.writer import Unit
from tests.waiting import wait_until

T = TypeVar("T")
_WAITERS = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


def meanwhile(url: str, now: float, begun: Callable[[Unit], Any], act: Callable[[], T]) -> T:
    """Begins something in one transaction, lets `act` come to where it waits for it or ends, and commits.

    Args:
        url: of the PostgreSQL.
        now: epoch seconds.
        begun: a guard, as a process's writer would run it.
        act: asks another process, or is one.

    Returns:
        What `act` gave.
    """
    engine = open_engine(url)

    def waits() -> bool:
        with engine.connect() as connection:
            return acting.done() or bool(connection.execute(_WAITERS).scalar())

    with writing(engine) as connection, ThreadPoolExecutor() as threads, connection.begin():
        appends = Appends(is_one_by_one=False)
        begun(Unit(connection, now, appends))
        appends.write(connection)
        acting = threads.submit(act)
        wait_until(waits, what="what is done meanwhile")
        connection.commit()
        answer = acting.result(20)
    engine.dispose()
    return answer
