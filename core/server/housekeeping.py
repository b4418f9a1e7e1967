"""Deletes what has run out: spent assertion ids, access tokens, codes; all are refused by time already."""

import asyncio
from contextlib import suppress

from core.database.errors import DatabaseError
from core.database.writer import Unit
from core.server.services import Services
from core.server.store.oauth_tables import browser_requests, refresh_tokens
from core.server.store.tables import access_tokens, code_locks, device_grants, enrolment_codes, spent_jtis

EVERY_S = 60.0
_KEPT_S = 3600.0


async def keep_house(services: Services) -> None:
    """Sweeps every minute until the server stops."""
    while not services.stopping.is_set():
        with suppress(DatabaseError):  # the store is away; what has run out can wait
            await services.store.write(sweep)
        try:
            await asyncio.wait_for(services.stopping.wait(), EVERY_S)
        except TimeoutError:
            continue


def sweep(unit: Unit) -> None:
    """Deletes, as a guard."""
    for table in (access_tokens, spent_jtis, refresh_tokens):
        unit.connection.execute(table.delete().where(table.c.expires_at <= unit.now))
    for table in (device_grants, enrolment_codes, browser_requests):
        unit.connection.execute(table.delete().where(table.c.expires_at <= unit.now - _KEPT_S))
    old = (code_locks.c.locked_until <= unit.now) & (code_locks.c.since <= unit.now - _KEPT_S)
    unit.connection.execute(code_locks.delete().where(old))
