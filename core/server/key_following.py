"""Takes up a signing key that the operator made beside this server.

On PostgreSQL a notification says so at once; where the store is a file nobody can notify this process, so it
looks every five seconds.
"""

import asyncio
import logging

from core.database.errors import DatabaseError
from core.server.services import Services

LOOK_S = 5.0
_log = logging.getLogger(__name__)


async def follow_keys(services: Services) -> None:
    """Looks until the server leaves."""
    while not services.stopping.is_set():
        try:
            await asyncio.wait_for(services.stopping.wait(), LOOK_S)
        except TimeoutError:
            try:
                await services.store.read(services.keys.load)
            except DatabaseError as error:
                _log.warning("the signing keys could not be read again: %s", error)
