"""Giving money back: in parts or whole, never more than was paid, each time with a receipt of its own."""

import logging
import re
from collections.abc import Callable

from core.database.batch import Unit
from core.database.writer import Writer
from core.domain.money import Money
from core.domain.purchase import Payee
from core.payment import ledger
from core.payment.errors import BadValue, NotPaid, PaymentError, RefundIdUsed, TooMuch, UnknownPayment
from core.payment.orders import NAME as PAYMENT_NAME
from core.payment.receipts import Answered, Signer, Verdict, issue
from core.payment.store import money, payments
from core.wire.messages import RefundBody

_log = logging.getLogger(__name__)
_NAME = re.compile(r"[\x21-\x7e]{1,64}")


class Refunds:
    """What the operator gives back.

    Args:
        writer: the store's.
        signer: who signs receipts, asked at each use.
    """

    def __init__(self, writer: Writer, signer: Callable[[], Signer]) -> None:
        self._writer, self._signer = writer, signer

    async def refund(self, txn: str, body: RefundBody) -> Answered:
        """Gives back `body.value`, or all that is left; the same `refund_id` again repeats its receipt.

        Raises:
            BadValue: the value is below 1, or the refund's id is not 1 to 64 printable characters.
            UnknownPayment: no payment is called so.
            NotPaid: it was declined or voided.
            TooMuch: more than is left.
            RefundIdUsed: the id belongs to another refund.
        """
        if not _NAME.fullmatch(body.refund_id) or (body.value is not None and body.value < 1):
            raise BadValue("A refund has an id of 1 to 64 printable characters and a value of at least 1.")
        if not PAYMENT_NAME.fullmatch(txn):
            raise UnknownPayment("No payment of that name was made here.")
        signer = self._signer()
        answer = await self._writer.submit(lambda unit: _refund(unit, txn, body, signer))
        if isinstance(answer, PaymentError):
            raise answer
        _log.info("refund answered", extra={"txn": txn, "is_new": answer.is_new})
        return answer


def _refund(unit: Unit, txn: str, body: RefundBody, signer: Signer) -> Answered | PaymentError:
    head = payments.lock_head(unit.connection)
    before = payments.find_refund(unit.connection, body.refund_id)
    if before is not None:
        if (before.txn, before.asked) != (txn, body.value):
            return RefundIdUsed("This refund id was used for another refund. Choose a new one.")
        return Answered(payments.receipt_text(unit.connection, before.receipt), is_new=False)
    called = payments.payments_called(unit.connection, txn)
    if len(called) != 1:
        return UnknownPayment("No payment of that name was made here.")
    payment = called[0]
    if payment.status != "paid":
        return NotPaid(f"This payment was {payment.status}; there is nothing to give back.")
    left = payment.value - payments.refunded(unit.connection, payment.iss, txn)
    value = left if body.value is None else body.value
    if not 1 <= value <= left:
        return TooMuch(f"Only {left} is left of this payment, in minor units.")
    return _give_back(unit, head, payment, body, value, is_last=value == left, signer=signer)


def _give_back(
    unit: Unit,
    head: payments.Head,
    payment: payments.PaymentRow,
    body: RefundBody,
    value: int,
    *,
    is_last: bool,
    signer: Signer,
) -> Answered:
    amount = Money(value, payment.currency)
    verdict = Verdict(
        iss=payment.iss,
        txn=payment.txn,
        token_sha256=payment.token_sha256,
        approval_sha256=payment.approval_sha256,
        status="refunded" if is_last else "partially_refunded",
        amount=amount,
        payee=Payee(payment.payee_id, payment.payee_name),
    )
    row = issue(unit, head, verdict, signer)
    refund = payments.RefundRow(body.refund_id, payment.iss, payment.txn, body.value, value, row.sequence)
    payments.add_refund(unit.connection, refund)
    back = ledger.move(
        f"refund:{row.sequence}", amount, source=ledger.merchant(payment.payee_id), target=payment.wallet
    )
    money.post(unit.connection, back, receipt=row.sequence, now=unit.now)
    return Answered(row.compact, is_new=True)
