"""Why the payment server refuses, each with the code and status of docs/wire.md.

NodError
└── PaymentError
    ├── UnknownItem         422 unknown_item
    ├── OutOfStock          422 out_of_stock
    ├── BadQuantity         422 bad_quantity
    ├── TooManyQuotes       429 too_many_requests
    ├── BadToken            400 bad_token
    ├── NotProven           401 bad_token: a payment is looked up without its token
    ├── NotOperator         401 not_operator
    ├── IssuerUnavailable   503 issuer_unavailable
    ├── UnknownPayment      404 unknown_payment
    ├── TooMuch             409 too_much
    ├── NotPaid             409 not_paid
    ├── RefundIdUsed        409 refund_id_used
    ├── BadValue            422 bad_value
    └── CatalogueBroken     the operator's data file, at start only

A decline (too little money, no stock) is a signed receipt, never one of these.
"""

from typing import ClassVar

from core.domain.errors import NodError


class PaymentError(NodError):
    """The payment server refuses, and nothing has changed."""

    status: ClassVar[int] = 400
    """HTTP status."""


class UnknownItem(PaymentError):
    """The shop does not sell it."""

    code, status = "unknown_item", 422


class OutOfStock(PaymentError):
    """The shop has less of it than was asked for."""

    code, status = "out_of_stock", 422


class BadQuantity(PaymentError):
    """No lines, too many lines, or a quantity outside 1 to 999."""

    code, status = "bad_quantity", 422


class TooManyQuotes(PaymentError):
    """One address asks for quotes too often."""

    code, status = "too_many_requests", 429

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("Too many quotes were asked for. Try again a little later.")
        self.retry_after_s = retry_after_s


class BadToken(PaymentError):
    """The payment token is not one that this server may redeem for that payment."""

    code, status = "bad_token", 400


class NotProven(PaymentError):
    """A payment is asked about without a valid token of its own."""

    code, status = "bad_token", 401


class NotOperator(PaymentError):
    """The operator's secret is missing or wrong."""

    code, status = "not_operator", 401


class IssuerUnavailable(PaymentError):
    """The user-management server's keys cannot be had just now."""

    code, status = "issuer_unavailable", 503


class UnknownPayment(PaymentError):
    """No payment of that name."""

    code, status = "unknown_payment", 404


class TooMuch(PaymentError):
    """A refund exceeds what is left of the payment."""

    code, status = "too_much", 409


class NotPaid(PaymentError):
    """A refund of something that was declined or voided."""

    code, status = "not_paid", 409


class RefundIdUsed(PaymentError):
    """The refund's idempotency key was used for another refund."""

    code, status = "refund_id_used", 409


class BadValue(PaymentError):
    """A refund of nothing, of less than nothing, or without a proper name."""

    code, status = "bad_value", 422


class CatalogueBroken(PaymentError):
    """The catalogue's data file cannot be read or does not make sense; the server does not start."""

    code, status = "catalogue_broken", 500
