"""The receipt: the payment server's signed last word, chained to the one before it."""

from typing import Literal

import msgspec

from core.domain.money import Money
from core.domain.purchase import Payee
from core.wire import jose
from core.wire.errors import BadClaim
from core.wire.keys import PublicKeys, SigningKey

TYP = "nod-receipt+jws"

Status = Literal["paid", "declined", "voided", "refunded", "partially_refunded"]
PAID: frozenset[Status] = frozenset({"paid", "refunded", "partially_refunded"})
"""What a receipt says of a payment that was made, whatever became of it later."""
DeclineCode = Literal["insufficient_funds", "out_of_stock", "too_late", "quote_spent"]


class ReceiptError(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why nothing was paid."""

    code: str
    """insufficient_funds, out_of_stock, too_late, quote_spent."""
    description: str
    """One English sentence."""


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The payload of a receipt."""

    iss: str
    """The payment server."""
    aud: str
    """The user-management server whose token was redeemed."""
    iat: int
    """Epoch seconds."""
    txn: str
    """The request id."""
    token_sha256: str
    """Hash of the compact text of the token that was redeemed, or that asked for the void."""
    approval_sha256: str
    """Hash of the approval's compact text."""
    status: Status
    """What happened."""
    amount: Money
    """How much."""
    payee: Payee
    """To whom."""
    sequence: int
    """1, 2, 3 …: a missing one shows."""
    previous_sha256: str | None
    """Hash of the compact text of the receipt before; null for the first."""
    error: ReceiptError | None = None
    """Why nothing was paid."""


def sign(receipt: Receipt, key: SigningKey) -> str:
    """Signs a receipt."""
    return jose.sign(receipt, key, TYP)


def verify(compact: str, keys: PublicKeys, *, issuer: str, txn: str) -> Receipt:
    """Checks a receipt's form, signature, issuer and transaction.

    Raises:
        ArtifactRefused: if any of them is wrong.
    """
    receipt = jose.verify(compact, keys, TYP, Receipt)
    if receipt.iss != issuer or receipt.txn != txn:
        raise BadClaim("The receipt is for something else.")
    return receipt
