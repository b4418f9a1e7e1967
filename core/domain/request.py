"""The states of a request and the only moves between them."""

from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"
    REPORTED = "reported"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    PAID = "paid"
    DECLINED = "declined"
    UNKNOWN = "unknown"


MOVES: dict[State, frozenset[State]] = {
    State.PENDING: frozenset(
        {State.APPROVED, State.DENIED, State.REPORTED, State.EXPIRED, State.WITHDRAWN},
    ),
    State.APPROVED: frozenset({State.PAID, State.DECLINED, State.UNKNOWN}),
    State.UNKNOWN: frozenset({State.PAID, State.DECLINED}),
    State.DENIED: frozenset(),
    State.REPORTED: frozenset(),
    State.EXPIRED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.PAID: frozenset(),
    State.DECLINED: frozenset(),
}
"""Every legal move. An arrow that is not here cannot happen."""


PROVEN = frozenset({State.PAID, State.DECLINED})
"""States of a purchase that a receipt of the shop proves."""


def can_move(current: State, target: State) -> bool:
    """Whether a request may go from `current` to `target`."""
    return target in MOVES[current]


def sources_of(target: State) -> frozenset[State]:
    """The states from which `target` may be reached: the guard of an update."""
    return frozenset(state for state, targets in MOVES.items() if target in targets)


def is_settled(state: State, *, has_purchase: bool) -> bool:
    """Whether the requester can be told how it ended: nothing of it is still under way."""
    if state is State.APPROVED:
        return not has_purchase
    return state is not State.PENDING


def as_requester_sees(state: State) -> State:
    """What the device is told: a report looks like a refusal."""
    return State.DENIED if state is State.REPORTED else state
