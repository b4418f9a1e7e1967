"""What a device gets back from asking: the open request, and how it ended. Plain values."""

from typing import Any

import msgspec

from core.domain.outcome import Outcome
from core.domain.request import State, is_settled
from core.wire.messages import OutcomeAnswer

PURCHASE = "urn:nod:purchase:1"
PROCEDURE = "urn:nod:procedure:1"
GRACE_S = 30.0
"""Waited beyond `expires_in` before the device says that it does not know."""


class Acknowledged(msgspec.Struct, frozen=True):
    """Answer of `/bc-authorize` (CIBA Core 1.0 section 7.3)."""

    auth_req_id: str
    expires_in: float
    interval: float = 5
    match_code: str | None = None
    decision_expires_in: float | None = None
    screen_connected: bool | None = None


class Asked(msgspec.Struct, frozen=True):
    """An open request, as its device holds it."""

    auth_req_id: str
    """The request's id; also the payment's."""
    match_code: str | None
    """Two digits to say aloud; None where the server gives none. Never logged."""
    window_s: float
    """Seconds that the approver has; to be spoken."""
    decide_by_steady: float
    """When the window ends, on the steady clock."""
    give_up_steady: float
    """When the device stops waiting, on the steady clock."""
    interval_s: float
    """Seconds between polls."""
    is_purchase: bool
    """Whether it ends with a payment."""
    has_screen: bool | None = None
    """Whether a screen of the approver is connected; None where devices may not learn it."""


class Ended(msgspec.Struct, frozen=True):
    """How a request ended."""

    outcome: Outcome
    """What to say and to exit with."""
    txn: str = ""
    """The request's id."""
    code: str | None = None
    """Why: a decline's code (`insufficient_funds` …), or what failed."""


_OF_STATE = {
    State.APPROVED: Outcome.APPROVED,
    State.DENIED: Outcome.DENIED,
    State.REPORTED: Outcome.DENIED,
    State.EXPIRED: Outcome.EXPIRED,
    State.WITHDRAWN: Outcome.WITHDRAWN,
    State.PAID: Outcome.PAID,
    State.DECLINED: Outcome.DECLINED,
    State.UNKNOWN: Outcome.UNKNOWN,
}
_OF_STATUS = {"paid": Outcome.PAID, "declined": Outcome.DECLINED, "unknown": Outcome.UNKNOWN}


def asked(said: Acknowledged, *, is_purchase: bool, sent_steady: float, took_s: float) -> Asked:
    """The open request; the window is counted from half a round trip before the answer came.

    Args:
        said: the server's acknowledgement.
        is_purchase: whether it ends with a payment.
        sent_steady: when it was sent, on the steady clock.
        took_s: seconds until the answer was there.
    """
    answered = sent_steady + took_s / 2
    window_s = said.expires_in if said.decision_expires_in is None else said.decision_expires_in
    return Asked(
        said.auth_req_id,
        said.match_code,
        window_s,
        answered + window_s,
        answered + said.expires_in + GRACE_S,
        max(1.0, said.interval),
        is_purchase,
        said.screen_connected,
    )


def of_tokens(answer: dict[str, Any], request: Asked) -> Ended:
    """How it ended, from the token endpoint's 200 (docs/wire.md "Hearing how it ended")."""
    if not request.is_purchase:
        return Ended(Outcome.APPROVED, request.auth_req_id)
    details = answer.get("authorization_details")
    first = details[0] if isinstance(details, list) and details and isinstance(details[0], dict) else {}
    said = first.get("outcome")
    if not isinstance(said, dict):
        return Ended(Outcome.UNKNOWN, request.auth_req_id, "bad_answer")
    code = said.get("code")
    status = _OF_STATUS.get(str(said.get("status")), Outcome.UNKNOWN)
    return Ended(status, request.auth_req_id, str(code) if code else None)


def of_state(state: State, request: Asked) -> Ended | None:
    """How it ended, from a state that stands; None while it is open or settling."""
    if not is_settled(state, has_purchase=request.is_purchase):
        return None
    return Ended(_OF_STATE[state], request.auth_req_id)


def of_outcome(answer: OutcomeAnswer, request: Asked) -> Ended | None:
    """How it ended, from `/outcome`; None while it is open or settling."""
    if answer.outcome is not None:
        status = _OF_STATUS.get(answer.outcome.status, Outcome.UNKNOWN)
        return Ended(status, request.auth_req_id, answer.outcome.code)
    return of_state(answer.state, request)
