"""Redeeming a payment token: charged once, declined, or voided, each in one guarded transaction.

Which of them it was is read from the rows under the head's lock; any later token for the same `txn` gets the
receipt that stands. The answer leaves after the commit.
"""

import logging
from collections.abc import Callable

from core.database.batch import Unit
from core.database.reader import Reader
from core.database.writer import Writer
from core.payment import ledger
from core.payment.catalogue import wanted
from core.payment.errors import BadToken, PaymentError, UnknownPayment
from core.payment.judging import Circumstances, explain, judge
from core.payment.orders import Order, quoted
from core.payment.receipts import Answered, Signer, Verdict, issue
from core.payment.store import money, payments, shop
from core.wire.canonical import short
from core.wire.quote import Quote
from core.wire.receipt import DeclineCode, Status

_log = logging.getLogger(__name__)


class Cashier:
    """Takes orders whose tokens were found good.

    Args:
        writer: the store's.
        reader: the store's.
        signer: who signs receipts, asked at each use.
    """

    def __init__(self, writer: Writer, reader: Reader, signer: Callable[[], Signer]) -> None:
        self._writer, self._reader, self._signer = writer, reader, signer

    async def pay(self, order: Order) -> Answered:
        """Charges, or declines, or repeats the receipt that stands.

        Raises:
            BadToken: the order is not what was quoted, or its token was used for another; nothing changed.
        """
        return await self._do("payment", order, _redeem)

    async def void(self, order: Order) -> Answered:
        """Leaves a tombstone where nothing was paid, or repeats the receipt that stands.

        Raises:
            BadToken: the token was used for another payment; nothing changed.
        """
        return await self._do("void", order, _void)

    async def find(self, order: Order) -> str:
        """The receipt of the token's payment.

        Raises:
            UnknownPayment: there is none.
        """
        iss, txn = order.token.iss, order.token.txn
        row = await self._reader.aread(lambda connection: payments.find_payment(connection, iss, txn))
        if row is None:
            raise UnknownPayment("No payment of that name was made or voided here.")
        return await self._reader.aread(lambda connection: payments.receipt_text(connection, row.receipt))

    async def _do(
        self, what: str, order: Order, act: Callable[[Unit, Order, Signer], Answered | PaymentError]
    ) -> Answered:
        signer = self._signer()
        answer = await self._writer.submit(lambda unit: act(unit, order, signer))
        ids = {"txn": order.token.txn, "token": short(order.token_sha256)}
        if isinstance(answer, PaymentError):
            _log.info("%s refused", what, extra={**ids, "code": answer.code})
            raise answer
        _log.info("%s answered", what, extra={**ids, "is_new": answer.is_new})
        return answer


def _redeem(unit: Unit, order: Order, signer: Signer) -> Answered | PaymentError:
    head = payments.lock_head(unit.connection)
    if refused_or_known := _stands(unit, order):
        return refused_or_known
    compact = shop.find_quote(unit.connection, order.token.quote_id)
    quote = quoted(order, compact) if compact is not None else None
    if quote is None:
        return BadToken("The payment token is refused: it does not repeat a quote that was given here.")
    code = _decide(unit, order, quote)
    status: Status = "paid" if code is None else "declined"
    unit.record("payment_token", order.token.txn, {"token_sha256": short(order.token_sha256)})
    row = _settle(unit, head, order, status, signer, code)
    if code is None:
        shop.take_stock(unit.connection, wanted(quote.items))
        paid = ledger.move(
            f"payment:{row.sequence}",
            quote.amount,
            source=_wallet(order),
            target=ledger.merchant(quote.payee.id),
        )
        money.post(unit.connection, paid, receipt=row.sequence, now=unit.now)
    return Answered(row.compact, is_new=True)


def _void(unit: Unit, order: Order, signer: Signer) -> Answered | PaymentError:
    head = payments.lock_head(unit.connection)
    if refused_or_known := _stands(unit, order):
        return refused_or_known
    row = _settle(unit, head, order, "voided", signer)
    return Answered(row.compact, is_new=True)


def _stands(unit: Unit, order: Order) -> Answered | PaymentError | None:
    known = payments.find_payment(unit.connection, order.token.iss, order.token.txn)
    if known is not None:
        return Answered(payments.receipt_text(unit.connection, known.receipt), is_new=False)
    if payments.is_token_known(unit.connection, order.token.jti):
        return BadToken("The payment token is refused: its id was used for another payment.")
    return None


def _decide(unit: Unit, order: Order, quote: Quote) -> DeclineCode | None:
    case = Circumstances(
        now=unit.now,
        quote_exp=quote.exp,
        is_quote_spent=payments.is_quote_spent(unit.connection, quote.jti),
        wanted=wanted(quote.items),
        stock=shop.stock_of(unit.connection, [item.id for item in quote.items]),
        price=quote.amount.value,
        balance=_open_wallet(unit, _wallet(order)),
    )
    return judge(case)


def _open_wallet(unit: Unit, account: str) -> int:
    balance = money.balance_of(unit.connection, account)
    if balance is None:
        money.post(unit.connection, ledger.opening(account), receipt=None, now=unit.now)
        balance = ledger.OPENING.value
    return balance


def _wallet(order: Order) -> str:
    return ledger.wallet(order.token.iss, order.token.sub)


def _settle(
    unit: Unit,
    head: payments.Head,
    order: Order,
    status: Status,
    signer: Signer,
    code: DeclineCode | None = None,
) -> payments.ReceiptRow:
    token = order.token
    amount, payee = token.purchase.amount, token.purchase.payee
    error = explain(code) if code is not None else None
    verdict = Verdict(
        token.iss, token.txn, order.token_sha256, token.approval_sha256, status, amount, payee, error
    )
    receipt = issue(unit, head, verdict, signer)
    payment = payments.PaymentRow(
        iss=token.iss,
        txn=token.txn,
        jti=token.jti,
        quote_id=token.quote_id if status == "paid" else None,
        status=status,
        value=amount.value,
        currency=amount.currency,
        payee_id=payee.id,
        payee_name=payee.name,
        wallet=_wallet(order),
        token_sha256=order.token_sha256,
        approval_sha256=token.approval_sha256,
        receipt=receipt.sequence,
    )
    payments.add_payment(unit.connection, payment)
    return receipt
