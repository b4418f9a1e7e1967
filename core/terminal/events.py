"""What a terminal's session tells whoever shows it: plain values, each once.

Every request that was an `Inquiry` ends in exactly one of `Withdrawn`, `Expired` and `Settled`; after an
`unknown` payment a second `Settled` brings the last word, and so does an answer that another terminal gave
while ours saw the time run out.
"""

import msgspec

from core.domain.decision import Decision, Reason
from core.domain.doubt import Doubt
from core.domain.request import State
from core.terminal.countdown import Countdown
from core.wire.messages import Profile, RequestView
from core.wire.receipt import Receipt


class NotEnrolled(msgspec.Struct, frozen=True):
    """This terminal has no user yet: register a profile or enrol with a code."""


class ProfileKnown(msgspec.Struct, frozen=True):
    """The user's profile was read or has changed."""

    profile: Profile
    """As the server has it."""


class Online(msgspec.Struct, frozen=True):
    """The inbox is open."""

    pending: tuple[str, ...]
    """Ids of everything that waits for an answer."""


class Offline(msgspec.Struct, frozen=True):
    """The inbox is closed; it is tried again."""

    code: str
    """Why: `server_away`, `bad_answer` or a refusal's code."""
    retry_in_s: float
    """Seconds until the next try."""


class Removed(msgspec.Struct, frozen=True):
    """This terminal was removed by its user; the session ends."""


class Deleted(msgspec.Struct, frozen=True):
    """The person had everything about them deleted from here; the keys are gone and the session ends."""


class Inquiry(msgspec.Struct, frozen=True):
    """Somebody asks. Told again when the look at it or its countdown has changed."""

    view: RequestView
    """The request."""
    countdown: Countdown
    """How long is left; the same object for the whole life of the request."""
    trouble: str | None = None
    """Why it cannot be approved here (`core.client.looking`); None: all holds."""
    is_again: bool = False
    """Whether it was told before."""

    @property
    def id(self) -> str:
        """The request's id."""
        return self.view.id


class Changed(msgspec.Struct, frozen=True):
    """A request moved on and has not ended: approved, and its payment is under way."""

    view: RequestView
    """As it is now."""


class Withdrawn(msgspec.Struct, frozen=True):
    """The device took its request back."""

    view: RequestView
    """As it is now."""
    was_open: bool = True
    """Whether this session had told it as an inquiry."""


class Expired(msgspec.Struct, frozen=True):
    """The time ran out; by our clock when the server has not said so yet."""

    view: RequestView
    """As last known."""
    was_open: bool = True
    """Whether this session had told it as an inquiry."""


class Settled(msgspec.Struct, frozen=True):
    """A request has ended by a decision, and its payment, if it has one, is known or `unknown`."""

    view: RequestView
    """As it is now."""
    receipt: Receipt | None = None
    """The verified receipt."""
    receipt_trouble: Doubt | None = None
    """Why it could not be verified."""
    was_open: bool = True
    """Whether this session had told it as an inquiry."""


class Answered(msgspec.Struct, frozen=True):
    """The server's answer to our decision."""

    id: str
    """The request."""
    decision: Decision
    """What we had decided."""
    state: State
    """What stands; another one than ours when somebody was first, or the code was wrong."""
    reason: Reason | None = None
    """Why it stands."""


class NotSent(msgspec.Struct, frozen=True):
    """A decision was not taken; the request stands as it did, and may be decided again."""

    id: str
    """The request."""
    code: str
    """`wrong_pin`, `pin_needed`, `cannot_approve`, `not_pending`, `deciding` or the server's code."""


class Unanswered(msgspec.Struct, frozen=True):
    """A decision was sent, and the server stayed away: the inbox will tell what became of it."""

    id: str
    """The request."""


Event = (
    NotEnrolled
    | ProfileKnown
    | Online
    | Offline
    | Removed
    | Deleted
    | Inquiry
    | Changed
    | Withdrawn
    | Expired
    | Settled
    | Answered
    | NotSent
    | Unanswered
)
