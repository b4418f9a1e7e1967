"""How long a worker rests when nobody has told it of anything.

Whoever adds a row tells the worker, in the same process at once. Only where other processes write the store
as well, or while something is under way, is it worth looking again and again; a server that is alone with its
file and has nothing to do sleeps, as a desktop's does nearly all day.
"""

import asyncio

from core.database.engine import is_postgres
from core.server.services import Services

LOOK_S = 0.5
"""Between two looks while something is under way."""
REST_S = 30.0
"""Between two looks while nothing is; a belt, should a word be lost."""


def pause_s(services: Services, *, has_work: bool) -> float:
    """Seconds until it is worth looking again."""
    return LOOK_S if has_work or is_postgres(services.store.engine) else REST_S


async def rest(wake: asyncio.Event, seconds: float) -> None:
    """Returns when something was told, or after so long."""
    try:
        await asyncio.wait_for(wake.wait(), seconds)
    except TimeoutError:
        return
    wake.clear()
