"""What time alone does: undecided requests end, silent payments become `unknown`, old rows are let go.

A request that nobody touches again would otherwise stay pending for ever on its approver's screen. The
guarded update decides, as everywhere, so a decision that came in time is never swept away.
"""

import asyncio

from sqlalchemy import Connection, or_, select

from core.database.writer import Unit
from core.domain.times import SETTLING_ANSWER_S
from core.server import expiry
from core.server.resting import rest
from core.server.services import Services
from core.server.settlement import mark_unknown
from core.server.store import erasure
from core.server.store import outbox as payments
from core.server.store import requests as store
from core.server.store.request_tables import HAS_ENDED, requests

KEPT_S = 400 * 86_400
"""Seconds that an ended request is kept."""
KEPT_OF_NOBODY_S = 3_600
"""Seconds that it is kept how a request of a deleted person ended, for the device that asked."""
_LOOK_S, _WAIT_S = 0.5, 2.0
"""Between two looks while a payment is under way, and while a request waits: at its own end it is looked for
in any case, but the clock may be set and the machine may sleep."""
_IDLE_S = 4.0
"""Between two looks while nothing waits: shorter than the shortest window that a request can have."""
_SHORTEST_S = 0.02
_CLEAN_EVERY_S = 3_600.0
_AT_ONCE = 500


async def run(services: Services) -> None:
    """The worker: looks until the server leaves."""
    news, cleaned_s = asyncio.Event(), _CLEAN_EVERY_S
    off = services.hub.on_topic(store.INBOX, lambda _key: news.set())
    try:
        while not services.stopping.is_set():
            news.clear()
            wait_s = await turn(services)
            if cleaned_s >= _CLEAN_EVERY_S:
                await services.store.write(let_go)
                cleaned_s = 0.0
            cleaned_s += wait_s
            if wait_s >= _IDLE_S:  # else what comes in is seen soon enough, and there may be a lot of it
                await rest(news, wait_s)
            else:
                await asyncio.sleep(wait_s)
    finally:
        off()


async def turn(services: Services) -> float:
    """Ends what is over; returns the seconds until it is worth looking again."""
    now = services.now()

    def look(connection: Connection) -> tuple[list[str], list[str], float | None, bool]:
        silent = payments.stuck(connection, now - SETTLING_ANSWER_S)
        return (
            store.due(connection, now),
            silent,
            store.next_due(connection),
            payments.is_any_open(connection),
        )

    over, silent, next_due, is_settling = await services.store.read(look)
    if over or silent:
        await services.store.write(lambda unit: _end(unit, over, silent))
    if next_due is None:
        return _LOOK_S if is_settling else _IDLE_S
    if next_due <= now:
        return _LOOK_S
    return max(_SHORTEST_S, min(_LOOK_S if is_settling else _WAIT_S, next_due - now))


def _end(unit: Unit, over: list[str], silent: list[str]) -> None:
    for request_id in over:
        expiry.expire(unit, request_id)
    for txn in silent:
        mark_unknown(unit, txn)


def let_go(unit: Unit) -> None:
    """Deletes requests that ended long ago, or an hour ago where their person was deleted."""
    is_old = (requests.c.ended_at < unit.now - KEPT_S) & requests.c.state.not_in(("approved", "unknown"))
    of_nobody = (requests.c.user_id == erasure.NOBODY) & HAS_ENDED
    is_empty = of_nobody & (requests.c.ended_at < unit.now - KEPT_OF_NOBODY_S)
    old = select(requests.c.request_id).where(or_(is_old, is_empty)).limit(_AT_ONCE)
    erasure.forget_requests(unit, list(unit.connection.execute(old).scalars()))
