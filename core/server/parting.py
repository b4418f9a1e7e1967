"""Ends what a device still asks a person, and what it was given, when that person unpairs or blocks it.

All of it in the same transaction. The requests become `denied`: it is the approver's will, and the device
hears what it hears of every refusal, so it cannot tell a blocked contact from a person who said no. Tokens of
earlier approvals are worth nothing from then on, also when the two are paired again.
"""

from core.database.writer import Unit
from core.domain.request import State
from core.server import issuing
from core.server.services import Services
from core.server.store import pairs
from core.server.store import requests as store


def part(services: Services, unit: Unit, client_id: str, user_id: str, terminal_id: str) -> None:
    """Denies every pending request of this device to this person, and ends its tokens.

    Args:
        services: The server's.
        unit: The writer's transaction.
        client_id: The device.
        user_id: The approver.
        terminal_id: Where the approver did it, for the record.
    """
    store.lock_user(unit.connection, user_id)  # what another process is just taking in is waited for
    issuing.revoke_pair(services, unit, client_id, user_id)
    unit.catch_up(user_id)
    for request_id in store.pending_between(unit.connection, client_id, user_id):
        if store.move(unit, request_id, State.DENIED, ended_at=unit.now) is None:
            continue
        pairs.ended(unit, client_id, user_id, refused=True)
        unit.record("decision", request_id, {"state": State.DENIED.value, "terminal_id": terminal_id})
