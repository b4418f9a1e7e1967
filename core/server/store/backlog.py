"""How much work lies in the rows, counted over the partial indexes of what is open."""

from sqlalchemy import Connection, func, select

from core.server.store.request_tables import notices, outbox, requests


def counts(connection: Connection) -> dict[str, int]:
    """Requests that wait for a person, payments without a receipt, and notices not yet delivered."""
    open_rows = {
        "requests": select(func.count()).select_from(requests).where(requests.c.state == "pending"),
        "payments": select(func.count()).select_from(outbox).where(outbox.c.state == "open"),
        "notices": select(func.count()).select_from(notices),
    }
    return {kind: int(connection.execute(rows).scalar_one()) for kind, rows in open_rows.items()}
