"""Requests, decisions and outcomes."""

from core.domain.decision import Presence, Reason
from core.domain.request import PROVEN, State
from core.wire.details import Details
from core.wire.messages.codec import In, Out


class Outcome(Out, frozen=True):
    """How a purchase ended."""

    status: str
    """paid, declined, unknown."""
    txn: str
    """The request id."""
    code: str | None = None
    """Why it was declined."""


class Asker(Out, frozen=True):
    """What the approver should know of the device beside its name."""

    paired_at: str
    """RFC 3339."""
    first_request: bool = False
    """Whether it never asked this user before."""


class RequestView(Out, frozen=True):
    """A request as its approver's terminal gets it."""

    id: str
    state: State
    revision: int
    """Grows with each change of any of this user's requests."""
    details: Details
    """What is shown."""
    details_sha256: str
    """Its hash by the server; the terminal computes its own."""
    asker: Asker
    presence: Presence = Presence.CLICK
    """What the server demands for an approval."""
    challenge: str | None = None
    """While pending: the value to sign."""
    quote: str | None = None
    """The quote's compact text, for the terminal's own look."""
    expires_in_s: float | None = None
    """While pending: seconds left when this was sent."""
    reason: Reason | None = None
    """Why it ended so."""
    decided_at: str | None = None
    outcome: Outcome | None = None
    receipt: str | None = None
    """The receipt's compact text, once there is one."""

    @property
    def lacks_receipt(self) -> bool:
        """Whether the server says how the payment ended and shows nothing for it."""
        return self.receipt is None and self.details.purchase is not None and self.state in PROVEN


class Snapshot(Out, frozen=True):
    """First event of `GET /inbox`."""

    revision: int
    """The user's revision now."""
    pending: tuple[RequestView, ...]
    """Everything pending."""
    settled: tuple[RequestView, ...]
    """Everything else that changed after the terminal's revision, oldest first."""


class Requests(Out, frozen=True):
    """Answer to `GET /requests`."""

    requests: tuple[RequestView, ...]
    """Newest first."""


class DecisionBody(In, frozen=True):
    """`POST /requests/{id}/decision`."""

    approval: str
    """`nod-approval+jws`."""


class DecisionAnswer(Out, frozen=True):
    """The state that stands after a decision (200), or instead of it (in the problem's `state`, 409)."""

    id: str
    state: State
    revision: int
    reason: Reason | None = None


class OutcomeAnswer(Out, frozen=True):
    """Answer to `POST /outcome`, for the device."""

    state: State
    """`reported` is never seen here: it looks like `denied`."""
    txn: str
    outcome: Outcome | None = None
    """Once a purchase is settled."""
