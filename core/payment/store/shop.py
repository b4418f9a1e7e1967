"""Rows of the shop: how much is left, and the quotes that were given."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, select, update

from core.payment.store.tables import QUOTES, STOCK


def seed_stock(connection: Connection, counts: Mapping[str, int]) -> None:
    """Adds what the shop sells but has never counted; what it has counted stays."""
    known = stock_of(connection, counts.keys())
    new = [{"item_id": item, "remaining": count} for item, count in counts.items() if item not in known]
    if new:
        connection.execute(STOCK.insert(), new)


def stock_of(connection: Connection, items: Collection[str]) -> dict[str, int]:
    """What is left, by item id."""
    rows = connection.execute(
        select(STOCK.c.item_id, STOCK.c.remaining).where(STOCK.c.item_id.in_(list(items)))
    )
    return {row.item_id: row.remaining for row in rows}


def take_stock(connection: Connection, wanted: Mapping[str, int]) -> None:
    """Takes an order's quantities out of the stock."""
    for item, quantity in wanted.items():
        connection.execute(
            update(STOCK).where(STOCK.c.item_id == item).values(remaining=STOCK.c.remaining - quantity)
        )


def add_quote(connection: Connection, quote_id: str, compact: str, expires_at: int) -> None:
    """Keeps a quote."""
    connection.execute(QUOTES.insert().values(quote_id=quote_id, compact=compact, expires_at=expires_at))


def find_quote(connection: Connection, quote_id: str) -> str | None:
    """The compact text of a quote that was given."""
    compact: str | None = connection.execute(
        select(QUOTES.c.compact).where(QUOTES.c.quote_id == quote_id)
    ).scalar()
    return compact


def forget_quotes(connection: Connection, before: float) -> None:
    """Drops quotes that ended before an instant, epoch seconds."""
    connection.execute(delete(QUOTES).where(QUOTES.c.expires_at < int(before)))
