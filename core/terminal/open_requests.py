"""What the session knows of each request that waits for an answer, and what a newer view of it means."""

from dataclasses import dataclass

from core.client.looking import PAYMENT_AWAY, Looked
from core.domain.request import State, is_settled
from core.terminal.countdown import Countdown
from core.terminal.events import Changed, Expired, Withdrawn
from core.wire.messages import RequestView


@dataclass
class OpenRequest:
    """One pending request."""

    view: RequestView
    """As last told by the server."""
    countdown: Countdown
    """How long is left."""
    looked: Looked | None = None
    """What the terminal's own look found; None while it looks."""
    is_deciding: bool = False
    """Whether a decision of ours is on its way, or was taken and its effect has not arrived yet."""
    told_at: float | None = None
    """When it was first told, on the steady clock."""
    is_told_expired: bool = False
    """Whether our own clock said that it is over."""

    def unlooked(self) -> Looked:
        """The finding where no payment server could be asked at all."""
        return Looked(self.view.details.sha256, PAYMENT_AWAY)

    @property
    def trouble(self) -> str | None:
        """Why it cannot be approved."""
        return self.looked.trouble if self.looked else PAYMENT_AWAY

    @property
    def is_told(self) -> bool:
        """Whether it was told as an inquiry and still waits."""
        return self.looked is not None and self.view.state is State.PENDING and not self.is_told_expired

    def shown_s(self, now: float) -> float:
        """Seconds since it was first told."""
        return 0.0 if self.told_at is None else now - self.told_at

    @property
    def has_run_out(self) -> bool:
        """Whether our clock says that it is over, for the first time."""
        return self.is_told and self.countdown.is_over and not self.is_deciding


def end_of(view: RequestView, *, was_open: bool) -> Changed | Withdrawn | Expired | None:
    """The event for a view that is not pending; None where it is settled by a decision."""
    if view.state is State.EXPIRED:
        return Expired(view, was_open)
    if view.state is State.WITHDRAWN:
        return Withdrawn(view, was_open)
    if is_settled(view.state, has_purchase=view.details.purchase is not None):
        return None
    return Changed(view)
