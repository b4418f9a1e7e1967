"""The evidence of one request as a file that anybody checks offline: `main.py verify FILE`.

It holds what was quoted, shown, approved, ordered and paid, with the public keys of the three
signers. Each link names the one before by hash, so one changed byte breaks the chain where it is.
"""

from typing import Any

import msgspec

from core.domain.decision import Decision
from core.domain.errors import NodError
from core.wire import approval, details, payment_token, quote, receipt
from core.wire.canonical import sha256
from core.wire.errors import BadClaim
from core.wire.jose import unsafe_read_payload, verify
from core.wire.keys import PublicKeys


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Everything about one request."""

    details: details.Details
    """What was shown."""
    approval: str
    """The terminal's signed decision."""
    terminal_keys: tuple[dict[str, Any], ...]
    """The approver's public keys."""
    quote: str | None = None
    """What was quoted, for a purchase."""
    payment_token: str | None = None
    """The server's order to the payment server."""
    receipts: tuple[str, ...] = ()
    """What the payment server answered, in order."""
    server_keys: tuple[dict[str, Any], ...] = ()
    """The user-management server's public keys."""
    payment_keys: tuple[dict[str, Any], ...] = ()
    """The payment server's public keys."""


class Link(msgspec.Struct, frozen=True):
    """One link of the chain and whether it holds."""

    name: str
    """details, quote, approval, payment_token, receipt."""
    holds: bool
    """Whether it holds."""
    why: str = ""
    """What is wrong with it."""


def check(evidence: Evidence) -> tuple[Link, ...]:
    """Checks every link, without any server, in the order in which they were made."""
    steps = [("approval", _check_approval)]
    if evidence.details.purchase is not None:
        steps.insert(0, ("quote", _check_quote))
    if evidence.payment_token is not None:
        steps.append(("payment_token", _check_token))
    if evidence.receipts:
        steps.append(("receipt", _check_receipts))
    return tuple(_link(name, step, evidence) for name, step in steps)


def _link(name: str, step: Any, evidence: Evidence) -> Link:
    try:
        step(evidence)
    except NodError as error:
        return Link(name, False, error.description)
    return Link(name, True)


def _check_quote(evidence: Evidence) -> None:
    purchase = evidence.details.purchase
    if purchase is None or evidence.quote is None:
        raise BadClaim("The quote is missing.")
    quoted = verify(evidence.quote, PublicKeys(evidence.payment_keys), quote.TYP, quote.Quote)
    details.check_quote(purchase, evidence.quote, quoted.purchase())


def _check_approval(evidence: Evidence) -> None:
    keys = PublicKeys(evidence.terminal_keys)
    decided = verify(evidence.approval, keys, approval.TYP, approval.Approval)
    if decided.details_sha256 != evidence.details.sha256:
        raise BadClaim("The decision was made on something else than these details.")
    if decided.txn != evidence.details.context.request_id:
        raise BadClaim("The decision was made for another request.")


def _check_token(evidence: Evidence) -> None:
    keys = PublicKeys(evidence.server_keys)
    token = verify(_text(evidence.payment_token), keys, payment_token.TYP, payment_token.PaymentToken)
    decided = unsafe_read_payload(evidence.approval, approval.Approval)  # checked one link before
    found = (token.txn, token.purchase, token.details_sha256, token.approval_sha256)
    shown = evidence.details
    if found != (shown.context.request_id, shown.purchase, shown.sha256, sha256(evidence.approval)):
        raise BadClaim("The payment token orders something else than what was approved.")
    if decided.decision is not Decision.APPROVE:
        raise BadClaim("A payment token was made without an approval.")


def _check_receipts(evidence: Evidence) -> None:
    keys = PublicKeys(evidence.payment_keys)
    for compact in evidence.receipts:
        paper = verify(compact, keys, receipt.TYP, receipt.Receipt)
        if paper.txn != evidence.details.context.request_id:
            raise BadClaim("A receipt is for another request.")
        if paper.approval_sha256 != sha256(evidence.approval):
            raise BadClaim("A receipt names another approval.")
        purchase = evidence.details.purchase
        if purchase is None or (paper.status == "paid" and paper.amount != purchase.amount):
            raise BadClaim("A receipt is over another amount.")


def _text(compact: str | None) -> str:
    if compact is None:
        raise BadClaim("A part is missing.")
    return compact
