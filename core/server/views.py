"""What each side is told of a stored request: its approver everything, its requester the reduced part."""

from datetime import UTC, datetime

from core.domain.decision import Presence, Reason
from core.domain.request import State, as_requester_sees
from core.domain.times import SETTLING_ANSWER_S
from core.server.store.requests import Stored
from core.wire.messages import Asker, Outcome, OutcomeAnswer, RequestView


def for_approver(stored: Stored, now: float) -> RequestView:
    """A request as its approver's terminals get it.

    Args:
        stored: The request.
        now: Epoch seconds, for the time left.
    """
    details = stored.shown()
    is_pending = stored.state == State.PENDING
    return RequestView(
        id=stored.request_id,
        state=State(stored.state),
        revision=stored.revision,
        details=details,
        details_sha256=details.sha256,
        asker=Asker(rfc3339(stored.paired_at), bool(stored.first_request)),
        presence=Presence(stored.presence),
        challenge=stored.challenge if is_pending else None,
        quote=stored.quote,
        expires_in_s=max(0.0, stored.decide_by - now) if is_pending else None,
        reason=Reason(stored.reason) if stored.reason else None,
        decided_at=rfc3339(stored.ended_at) if stored.ended_at is not None else None,
        outcome=outcome_of(stored, now),
        receipt=stored.receipt,
    )


def for_requester(stored: Stored, now: float) -> OutcomeAnswer:
    """What the device may know: a report and a wrong code look like a refusal."""
    return OutcomeAnswer(
        state=as_requester_sees(State(stored.state)),
        txn=stored.request_id,
        outcome=outcome_of(stored, now),
    )


def outcome_of(stored: Stored, now: float) -> Outcome | None:
    """How a purchase ended; `unknown` when nothing is heard 10 s after the approval, None before."""
    if not stored.has_purchase:
        return None
    if stored.state in (State.PAID, State.DECLINED, State.UNKNOWN):
        return Outcome(stored.state, stored.request_id, stored.outcome_code)
    if stored.state == State.APPROVED and not is_settling(stored, now):
        return Outcome(State.UNKNOWN.value, stored.request_id)
    return None


def is_settling(stored: Stored, now: float) -> bool:
    """Whether a purchase was approved within the last 10 s and its receipt is not there yet."""
    is_under_way = stored.state == State.APPROVED and bool(stored.has_purchase)
    return is_under_way and stored.ended_at is not None and now - stored.ended_at < SETTLING_ANSWER_S


def rfc3339(at: float) -> str:
    """An instant in UTC, to the second."""
    return datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
