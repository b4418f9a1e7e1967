"""Ends a request that nobody decided in time; the guarded update says whether it was still open."""

from core.database.writer import Unit
from core.domain.request import State
from core.server.store import pairs
from core.server.store import requests as store
from core.server.store.request_tables import requests


def expire(unit: Unit, request_id: str) -> bool:
    """Moves a pending request whose window is over to `expired`.

    Returns:
        False when it was decided, withdrawn, or still has time by the writer's clock.
    """
    over = requests.c.decide_by <= unit.now
    moved = store.move(unit, request_id, State.EXPIRED, over, ended_at=unit.now)
    if moved is None:
        return False
    stored = store.find(unit.connection, request_id)
    if stored is not None:
        pairs.ended(unit, stored.client_id, stored.user_id, refused=True)
    unit.record("expiry", request_id, {"state": State.EXPIRED.value})
    return True
