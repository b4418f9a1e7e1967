"""What an approver can answer, and what the answer does to the request."""

import hmac
from enum import StrEnum

import msgspec

from core.domain.request import State


class Decision(StrEnum):
    """The three signed answers."""

    APPROVE = "approve"
    DENY = "deny"
    REPORT = "report"


class Presence(StrEnum):
    """How the person showed to be there."""

    CLICK = "click"
    PIN = "pin"


class Reason(StrEnum):
    """Why a request ended as it did; told to the approver only."""

    NOT_NOW = "not_now"
    WRONG_ORDER = "wrong_order"
    WRONG_MATCH_CODE = "wrong_match_code"
    NOT_MINE = "not_mine"


class Verdict(msgspec.Struct, frozen=True):
    """What a decision does."""

    state: State
    """The state that the request moves to."""
    reason: Reason | None = None
    """Why, where there is more to say than the state."""


def judge(decision: Decision, typed: str | None, expected: str | None, why: Reason | None = None) -> Verdict:
    """The state that a well-signed decision leads to.

    Args:
        decision: the signed answer.
        typed: the match code as typed, digits only, or None.
        expected: the request's match code, or None where it has none.
        why: the reason that the approver gave for a refusal.
    """
    if decision is Decision.REPORT:
        return Verdict(State.REPORTED, Reason.NOT_MINE)
    if decision is Decision.DENY:
        return Verdict(State.DENIED, why)
    if expected is not None and not hmac.compare_digest((typed or "").encode(), expected.encode()):
        return Verdict(State.DENIED, Reason.WRONG_MATCH_CODE)
    return Verdict(State.APPROVED)


def presence_needed(amount_value: int | None, pin_above: int | None) -> Presence:
    """PIN for an amount above the profile's limit, a click otherwise.

    Args:
        amount_value: minor units, None where no money moves.
        pin_above: the profile's limit in minor units, None where no PIN is set.
    """
    if pin_above is None or amount_value is None or amount_value <= pin_above:
        return Presence.CLICK
    return Presence.PIN
