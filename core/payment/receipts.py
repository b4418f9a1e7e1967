"""Making a receipt: numbered, naming the one before by hash, signed, kept; all inside the writer's guard.

The chain's order is the writer's order: whoever issues a receipt holds the head's lock until the commit.
"""

from dataclasses import dataclass

from core.database.batch import Unit
from core.domain.money import Money
from core.domain.purchase import Payee
from core.payment.store import payments
from core.wire import receipt as wire
from core.wire.canonical import sha256, short
from core.wire.keys import SigningKey


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a receipt shall say."""

    iss: str
    """The user-management server; the receipt's audience."""
    txn: str
    """The request id."""
    token_sha256: str
    """Hash of the token."""
    approval_sha256: str
    """Hash of the approval."""
    status: wire.Status
    """What happened."""
    amount: Money
    """How much."""
    payee: Payee
    """To whom."""
    error: wire.ReceiptError | None = None
    """Why nothing was paid."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A receipt that stands."""

    compact: str
    """The signed text."""
    is_new: bool
    """Whether this request made it; False for one that stood already."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs."""

    issuer: str
    """This server."""
    key: SigningKey
    """Its key."""


def issue(unit: Unit, head: payments.Head, verdict: Verdict, signer: Signer) -> payments.ReceiptRow:
    """Signs the next receipt of the chain and keeps it.

    Args:
        unit: the running guard's.
        head: from `lock_head` in the same guard, with no receipt issued since.
        verdict: what it says.
        signer: who says it.
    """
    said = wire.Receipt(
        iss=signer.issuer,
        aud=verdict.iss,
        iat=int(unit.now),
        txn=verdict.txn,
        token_sha256=verdict.token_sha256,
        approval_sha256=verdict.approval_sha256,
        status=verdict.status,
        amount=verdict.amount,
        payee=verdict.payee,
        sequence=head.sequence + 1,
        previous_sha256=head.sha256,
        error=verdict.error,
    )
    compact = wire.sign(said, signer.key)
    row = payments.ReceiptRow(
        said.sequence, verdict.iss, verdict.txn, verdict.status, sha256(compact), compact, unit.now
    )
    payments.add_receipt(unit.connection, row)
    _record(unit, row, verdict)
    return row


def _record(unit: Unit, row: payments.ReceiptRow, verdict: Verdict) -> None:
    told: dict[str, object] = {"status": row.status, "sequence": row.sequence, "sha256": short(row.sha256)}
    if verdict.error is not None:
        told["code"] = verdict.error.code
    unit.record("receipt", verdict.txn, told)
    unit.notify("events", "")
