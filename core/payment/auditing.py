"""Checking a payment server's books from outside: receipts, audit log, ledger, and that they agree.

Reads only, so it can be run beside a living server. It finds what was changed, left out or put in
afterwards; a receipt chain whose newest end was cut off together with its head shows only against a copy.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from core.database import audit
from core.payment import ledger
from core.payment.signing import Signing
from core.payment.store import keys, money, payments
from core.wire import jose
from core.wire import receipt as wire
from core.wire.canonical import sha256
from core.wire.errors import ArtifactRefused
from core.wire.keys import PublicKeys


@dataclass(frozen=True, slots=True)
class Report:
    """What the books say."""

    receipts: int
    """How many receipts there are."""
    accounts: int
    """How many accounts there are."""
    findings: tuple[str, ...]
    """What is wrong, one sentence each; empty when all is well."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def examine(connection: Connection, issuer: str | None = None) -> Report:
    """Checks everything in one snapshot.

    Args:
        connection: a reader's.
        issuer: this server's issuer, where receipts shall be held against it.
    """
    chain = list(payments.receipts(connection))
    accounts = money.balances(connection)
    findings = [
        *_broken_receipts(connection, chain, issuer),
        *_broken_audit(connection),
        *_broken_ledger(connection, accounts),
        *_disagreements(connection, chain),
    ]
    return Report(len(chain), len(accounts), tuple(findings))


def _broken_receipts(
    connection: Connection, chain: list[payments.ReceiptRow], issuer: str | None
) -> Iterator[str]:
    trusted = Signing(kept).public_keys if (kept := keys.all_keys(connection)) else PublicKeys([])
    previous: str | None = None
    for number, row in enumerate(chain, 1):
        if row.sequence != number:
            yield f"Receipt {number} is missing."
            return
        if reason := _broken_receipt(row, previous, trusted, issuer):
            yield f"Receipt {number}: {reason}"
            return
        previous = row.sha256
    head = payments.read_head(connection)
    if (head.sequence, head.sha256) != (len(chain), previous):
        yield f"The newest receipt should be number {head.sequence}, but the chain ends with {len(chain)}."


def _broken_receipt(
    row: payments.ReceiptRow, previous: str | None, trusted: PublicKeys, issuer: str | None
) -> str | None:
    try:
        said = jose.verify(row.compact, trusted, wire.TYP, wire.Receipt)
    except ArtifactRefused as error:
        return f"its signed text is refused ({error.code})."
    if issuer is not None and said.iss != issuer:
        return "it names another server."
    if said.sequence != row.sequence or said.previous_sha256 != previous:
        return "it does not follow the one before."
    if (said.aud, said.txn, said.status) != (row.iss, row.txn, row.status):
        return "its row says something else than its signed text."
    return None if sha256(row.compact) == row.sha256 else "its hash has been changed."


def _broken_audit(connection: Connection) -> Iterator[str]:
    if found := audit.verify(connection):
        yield f"Audit log, event {found.sequence}: {found.reason}"


def _broken_ledger(connection: Connection, accounts: list[tuple[str, str, int, int]]) -> Iterator[str]:
    for transfer in money.unbalanced_transfers(connection):
        yield f"The entries of the transfer {transfer} do not sum to zero."
    for account, _, kept, summed in accounts:
        if kept != summed:
            yield f"The account {account} holds {kept}, but its entries sum to {summed}."
        if kept < 0 and account != ledger.EQUITY:
            yield f"The account {account} is overdrawn."
    if sum(kept for _, _, kept, _ in accounts) != 0:
        yield "All accounts together do not sum to zero."


def _disagreements(connection: Connection, chain: list[payments.ReceiptRow]) -> Iterator[str]:
    """Each receipt that moves money has its transfer, of the signed amount; no other transfer exists."""
    moved = money.moved_by_receipt(connection)
    signed = {
        row.sequence: jose.unsafe_read_payload(row.compact, wire.Receipt).amount.value
        for row in chain
        if row.status in ("paid", "refunded", "partially_refunded")
    }
    for sequence in sorted(moved.keys() | signed.keys()):
        if moved.get(sequence) != signed.get(sequence):
            yield f"Receipt {sequence} and the ledger disagree over what was moved."
    told = {row.sequence: (row.iss, row.txn, row.status) for row in chain}
    for row in payments.payments(connection):
        if told.get(row.receipt) != (row.iss, row.txn, row.status):
            yield f"The payment {row.txn} and its receipt disagree."
