"""Rows of payments, refunds and the receipt chain."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, func, select, update

from core.payment.store.tables import PAYMENTS, RECEIPT_HEAD, RECEIPTS, REFUNDS


@dataclass(frozen=True, slots=True)
class Head:
    """The newest receipt."""

    sequence: int
    """0 before the first."""
    sha256: str | None
    """Hash of its compact text."""


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt."""

    sequence: int
    """Its place in the chain."""
    iss: str
    """Whose token it answers."""
    txn: str
    """The request id."""
    status: str
    """What happened."""
    sha256: str
    """Hash of its compact text."""
    compact: str
    """The signed text."""
    at: float
    """Epoch seconds."""


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment, decline or tombstone."""

    iss: str
    """The user-management server."""
    txn: str
    """The request id."""
    jti: str
    """The token that was redeemed, or that asked for the void."""
    quote_id: str | None
    """The quote that it used up; None unless paid."""
    status: str
    """paid, declined, voided."""
    value: int
    """Minor units."""
    currency: str
    """ISO 4217."""
    payee_id: str
    """To whom."""
    payee_name: str
    """As displayed."""
    wallet: str
    """The payer's account."""
    token_sha256: str
    """Hash of the token."""
    approval_sha256: str
    """Hash of the approval."""
    receipt: int
    """Sequence of its receipt."""


@dataclass(frozen=True, slots=True)
class RefundRow:
    """One refund."""

    refund_id: str
    """Idempotency key."""
    iss: str
    """The payment's."""
    txn: str
    """The payment's."""
    asked: int | None
    """What the request said; None for all that was left."""
    value: int
    """Minor units given back."""
    receipt: int
    """Sequence of its receipt."""


def lock_head(connection: Connection) -> Head:
    """Reads the newest receipt and keeps every other writer of money waiting until the commit."""
    columns = (RECEIPT_HEAD.c.sequence, RECEIPT_HEAD.c.sha256)
    return Head(*connection.execute(select(*columns).with_for_update()).one())


def add_receipt(connection: Connection, row: ReceiptRow) -> None:
    """Appends to the chain."""
    connection.execute(RECEIPTS.insert().values(**asdict(row)))
    connection.execute(update(RECEIPT_HEAD).values(sequence=row.sequence, sha256=row.sha256))


def read_head(connection: Connection) -> Head:
    """The newest receipt, without a lock."""
    return Head(*connection.execute(select(RECEIPT_HEAD.c.sequence, RECEIPT_HEAD.c.sha256)).one())


def receipt_text(connection: Connection, sequence: int) -> str:
    """The compact text of a receipt."""
    text: str = connection.execute(
        select(RECEIPTS.c.compact).where(RECEIPTS.c.sequence == sequence)
    ).scalar_one()
    return text


def receipts(connection: Connection) -> Iterator[ReceiptRow]:
    """The whole chain, in order."""
    columns = [RECEIPTS.c[name] for name in ReceiptRow.__dataclass_fields__]
    for row in connection.execute(select(*columns).order_by(RECEIPTS.c.sequence)):
        yield ReceiptRow(*row)


def add_payment(connection: Connection, row: PaymentRow) -> None:
    """Keeps a payment; its keys are unique."""
    connection.execute(PAYMENTS.insert().values(**asdict(row)))


def find_payment(connection: Connection, iss: str, txn: str) -> PaymentRow | None:
    """The payment of an issuer's transaction."""
    found = payments(connection, PAYMENTS.c.iss == iss, PAYMENTS.c.txn == txn)
    return found[0] if found else None


def payments_called(connection: Connection, txn: str) -> list[PaymentRow]:
    """Every issuer's payment of that name: one, save for a chance in a world."""
    return payments(connection, PAYMENTS.c.txn == txn)


def payments(connection: Connection, *conditions: object) -> list[PaymentRow]:
    """Payments that meet all conditions, in order of their receipts."""
    columns = [PAYMENTS.c[name] for name in PaymentRow.__dataclass_fields__]
    statement = select(*columns).where(*conditions).order_by(PAYMENTS.c.receipt)  # type: ignore[arg-type]
    return [PaymentRow(*row) for row in connection.execute(statement)]


def is_token_known(connection: Connection, jti: str) -> bool:
    """Whether a token of that id made a payment row."""
    return connection.execute(select(PAYMENTS.c.txn).where(PAYMENTS.c.jti == jti)).first() is not None


def is_quote_spent(connection: Connection, quote_id: str) -> bool:
    """Whether a payment used the quote up."""
    statement = select(PAYMENTS.c.txn).where(PAYMENTS.c.quote_id == quote_id)
    return connection.execute(statement).first() is not None


def add_refund(connection: Connection, row: RefundRow) -> None:
    """Keeps a refund."""
    connection.execute(REFUNDS.insert().values(**asdict(row)))


def find_refund(connection: Connection, refund_id: str) -> RefundRow | None:
    """The refund with that key."""
    columns = [REFUNDS.c[name] for name in RefundRow.__dataclass_fields__]
    row = connection.execute(select(*columns).where(REFUNDS.c.refund_id == refund_id)).first()
    return RefundRow(*row) if row else None


def refunded(connection: Connection, iss: str, txn: str) -> int:
    """What was given back of a payment so far, minor units."""
    statement = select(func.coalesce(func.sum(REFUNDS.c.value), 0)).where(
        REFUNDS.c.iss == iss, REFUNDS.c.txn == txn
    )
    return int(connection.execute(statement).scalar_one())
