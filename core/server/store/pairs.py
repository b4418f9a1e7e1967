"""How a device and an approver got on so far: how often it ended, refused in a row, and what was spent."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, case, select

from core.database import upsert
from core.database.writer import Unit
from core.server.store.request_tables import pairs


class Figures(NamedTuple):
    """What an approver sees of a device's past."""

    requests: int
    """Requests that ended."""
    spent_value: int
    """Minor units paid."""
    spent_currency: str
    """ISO 4217."""


def figures_of(connection: Connection, user_id: str) -> dict[str, Figures]:
    """The figures of every device that ever asked this user, by client id."""
    columns = (pairs.c.client_id, pairs.c.ended, pairs.c.spent_value, pairs.c.spent_currency)
    rows = connection.execute(select(*columns).where(pairs.c.user_id == user_id))
    return {row[0]: Figures(row[1], row[2], row[3]) for row in rows}


def ended(unit: Unit, client_id: str, user_id: str, *, refused: bool | None) -> None:
    """Counts a request that is no longer pending.

    Args:
        unit: The writer's transaction.
        client_id: The device.
        user_id: The approver.
        refused: True lengthens the back-off, False ends it, None leaves it.
    """
    in_a_row = {True: pairs.c.refused_in_a_row + 1, False: 0, None: pairs.c.refused_in_a_row}[refused]
    at = unit.now if refused else pairs.c.refused_at
    upsert.add_or_change(
        unit.connection,
        pairs,
        {"client_id": client_id, "user_id": user_id, "refused_at": unit.now if refused else 0.0}
        | {"ended": 1, "refused_in_a_row": int(bool(refused)), "spent_value": 0, "spent_currency": "JPY"},
        {"ended": pairs.c.ended + 1, "refused_in_a_row": in_a_row, "refused_at": at},
    )


def spent(unit: Unit, client_id: str, user_id: str, value: int, currency: str) -> None:
    """Adds a payment; another currency than before starts the sum again."""
    statement = (
        pairs.update()
        .where(pairs.c.client_id == client_id, pairs.c.user_id == user_id)
        .values(spent_value=_sum(value, currency), spent_currency=currency)
    )
    unit.connection.execute(statement)


def _sum(value: int, currency: str) -> Any:
    return case((pairs.c.spent_currency == currency, pairs.c.spent_value + value), else_=value)
