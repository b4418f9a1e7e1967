"""Changes for a person who may have been deleted by another process, which this one has not heard of yet.

Their terminal's token is remembered for a moment longer there. So whoever writes something that names the
person first takes hold of their row: a deletion under way is waited for, and none begins before the commit.
"""

from collections.abc import Callable
from typing import TypeVar

from core.database.writer import Unit
from core.server.errors import BadBearer
from core.server.services import Services
from core.server.store import profiles

T = TypeVar("T")


async def write_for(services: Services, user_id: str, guard: Callable[[Unit], T]) -> T:
    """Runs a guard in the next commit, if the person is there.

    Raises:
        BadBearer: 401: they are not; nothing has changed.
        DatabaseError: as `Store.write`.
    """

    def held(unit: Unit) -> tuple[T] | None:
        return (guard(unit),) if profiles.hold(unit, user_id) else None

    done = await services.store.write(held)
    if done is None:
        raise BadBearer
    return done[0]
