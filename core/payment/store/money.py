"""Rows of the ledger: accounts, transfers, entries."""

from sqlalchemy import Connection, func, select, update

from core.payment.ledger import Transfer
from core.payment.store.tables import ACCOUNTS, ENTRIES, TRANSFERS


def balance_of(connection: Connection, account: str) -> int | None:
    """What an account holds, or None if it was never opened."""
    balance: int | None = connection.execute(
        select(ACCOUNTS.c.balance).where(ACCOUNTS.c.id == account)
    ).scalar()
    return balance


def post(connection: Connection, transfer: Transfer, *, receipt: int | None, now: float) -> None:
    """Writes a transfer and brings its accounts up to date, opening those that are new."""
    for entry in transfer.entries:
        changed = connection.execute(
            update(ACCOUNTS)
            .where(ACCOUNTS.c.id == entry.account)
            .values(balance=ACCOUNTS.c.balance + entry.value)
        )
        if changed.rowcount == 0:
            connection.execute(
                ACCOUNTS.insert().values(id=entry.account, currency=transfer.currency, balance=entry.value)
            )
    connection.execute(TRANSFERS.insert().values(id=transfer.id, receipt=receipt, at=now))
    rows = [
        {"transfer_id": transfer.id, "account": entry.account, "value": entry.value}
        for entry in transfer.entries
    ]
    connection.execute(ENTRIES.insert(), rows)


def balances(connection: Connection) -> list[tuple[str, str, int, int]]:
    """Each account: id, currency, balance as kept, and the sum of its entries."""
    total = func.coalesce(func.sum(ENTRIES.c.value), 0)
    statement = (
        select(ACCOUNTS.c.id, ACCOUNTS.c.currency, ACCOUNTS.c.balance, total)
        .select_from(ACCOUNTS.outerjoin(ENTRIES, ENTRIES.c.account == ACCOUNTS.c.id))
        .group_by(ACCOUNTS.c.id, ACCOUNTS.c.currency, ACCOUNTS.c.balance)
        .order_by(ACCOUNTS.c.id)
    )
    return [(row[0], row[1], int(row[2]), int(row[3])) for row in connection.execute(statement)]


def unbalanced_transfers(connection: Connection) -> list[str]:
    """Ids of transfers whose entries are missing or do not sum to zero."""
    joined = TRANSFERS.outerjoin(ENTRIES, ENTRIES.c.transfer_id == TRANSFERS.c.id)
    statement = (
        select(TRANSFERS.c.id)
        .select_from(joined)
        .group_by(TRANSFERS.c.id)
        .having((func.coalesce(func.sum(ENTRIES.c.value), 0) != 0) | (func.count(ENTRIES.c.account) < 2))
        .order_by(TRANSFERS.c.id)
    )
    return list(connection.execute(statement).scalars())


def moved_by_receipt(connection: Connection) -> dict[int, int]:
    """What the transfer of each receipt moved, in minor units."""
    statement = (
        select(TRANSFERS.c.receipt, func.sum(ENTRIES.c.value))
        .select_from(TRANSFERS.join(ENTRIES, ENTRIES.c.transfer_id == TRANSFERS.c.id))
        .where(TRANSFERS.c.receipt.is_not(None), ENTRIES.c.value > 0)
        .group_by(TRANSFERS.c.receipt)
    )
    return {int(row[0]): int(row[1]) for row in connection.execute(statement)}
