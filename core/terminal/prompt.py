"""The rules of one approval prompt, without any window: when its buttons work and what a press does.

The dialog forwards what happens to it and shows what this says. Times are seconds on the steady clock,
handed in as `now`; the phase is computed at each look, so a late tick changes nothing.

    hidden → disarmed → arming → armed → deciding → decided
    and from each undecided phase → expired, withdrawn

Buttons arm after 700 ms of quiet in an active prompt. Stray keys and clicks start the quiet anew, up to a
cap, so that nobody can be locked out of answering. A prompt that is inactive, minimised or has just been
moved is disarmed, and the first click on it only activates it (`research/gui.md` section 6).
"""

from enum import StrEnum

import msgspec

from core.domain.decision import Decision, Presence, Reason
from core.domain.request import State

QUIET_S = 0.7
"""No stray key or click for so long, then the buttons work."""
CAP_S = 5.0
"""After so long in an active prompt stray keys do not delay it any more."""
PIN_TRIES = 5
"""Wrong PINs until only a refusal is possible here."""


class Phase(StrEnum):
    """What the prompt is doing."""

    HIDDEN = "hidden"
    DISARMED = "disarmed"
    ARMING = "arming"
    ARMED = "armed"
    DECIDING = "deciding"
    DECIDED = "decided"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


OVER = frozenset({Phase.DECIDED, Phase.EXPIRED, Phase.WITHDRAWN})


class Complaint(StrEnum):
    """Why a press did nothing, or what went wrong; each has a sentence `terminal-complaint-…`."""

    NOT_READY = "not_ready"
    CODE_MISSING = "code_missing"
    PIN_MISSING = "pin_missing"
    WRONG_PIN = "wrong_pin"
    PIN_LOCKED = "pin_locked"
    CANNOT_APPROVE = "cannot_approve"
    REFUSED = "refused"
    UNANSWERED = "unanswered"


class Press(msgspec.Struct, frozen=True):
    """What the person wants, to be sent by the session."""

    decision: Decision
    """approve, deny or report."""
    match_code: str | None
    """Digits as typed, with an approval. Never logged."""
    pin: str | None
    """The PIN as typed, where one is needed. Never logged."""
    reason: Reason | None
    """Why not."""
    shown_ms: int
    """Milliseconds since it was first shown."""

    def __repr__(self) -> str:
        return f"Press({self.decision})"


class Prompt(msgspec.Struct, frozen=True):
    """One prompt; each method returns the prompt after something has happened."""

    request_id: str
    """The request."""
    ends: float
    """When the time is over, on the steady clock."""
    code_digits: int = 0
    """Digits to type; 0 where no code is asked for."""
    presence: Presence = Presence.CLICK
    """What an approval needs."""
    can_approve: bool = True
    """False where the look at the request found trouble: it can only be refused."""
    is_visible: bool = False
    """Whether it is on screen and not minimised."""
    is_active: bool = False
    """Whether it has the focus of the desktop."""
    first_shown: float | None = None
    """When it came on screen."""
    quiet_since: float = 0.0
    """The last stray event."""
    cap_at: float = 0.0
    """When stray events stop delaying."""
    code: str = ""
    """Digits typed so far. Never logged."""
    pin: str = ""
    """PIN typed so far. Never logged."""
    wrong_pins: int = 0
    """How often the PIN was wrong."""
    is_deciding: bool = False
    """Whether a decision is on its way."""
    over: Phase | None = None
    """How it ended."""
    state: State | None = None
    """The state that the server told."""
    reason: Reason | None = None
    """Why it ended so."""
    complaint: Complaint | None = None
    """What the last press lacked."""

    def __repr__(self) -> str:
        return f"Prompt({self.request_id})"

    def phase(self, now: float) -> Phase:
        """What the prompt is doing at `now`."""
        if self.over is not None:
            return self.over
        if self.is_deciding:
            return Phase.DECIDING
        if now >= self.ends:
            return Phase.EXPIRED
        if not self.is_visible:
            return Phase.HIDDEN
        if not self.is_active:
            return Phase.DISARMED
        return Phase.ARMED if now >= self.arms_at else Phase.ARMING

    @property
    def arms_at(self) -> float:
        """When the buttons work, if nothing stray happens until then."""
        return min(self.quiet_since + QUIET_S, self.cap_at)

    @property
    def is_pin_locked(self) -> bool:
        """Whether it takes the PIN, which was wrong too often; so until this request ends."""
        return self.presence is Presence.PIN and self.wrong_pins >= PIN_TRIES

    def may_approve(self, now: float) -> bool:
        """Whether Approve is there to be pressed at all; at expiry it goes away."""
        return self.can_approve and self.wrong_pins < PIN_TRIES and self.phase(now) not in OVER

    def shown(self, now: float, *, active: bool = False) -> "Prompt":
        """It came on screen, normally without taking the focus."""
        first = now if self.first_shown is None else self.first_shown
        seen = msgspec.structs.replace(self, is_visible=True, is_active=False, first_shown=first)
        return seen.activated(now) if active else seen

    def hidden(self) -> "Prompt":
        """It was put aside or minimised: nothing is decided, nothing typed is kept."""
        return msgspec.structs.replace(self, is_visible=False, is_active=False, code="", pin="")

    def activated(self, now: float) -> "Prompt":
        """It got the focus: the quiet begins."""
        if self.is_active:
            return self
        return msgspec.structs.replace(self, is_active=True, quiet_since=now, cap_at=now + CAP_S)

    def deactivated(self) -> "Prompt":
        """It lost the focus."""
        return msgspec.structs.replace(self, is_active=False)

    def moved(self, now: float) -> "Prompt":
        """It was moved, resized or covered: what is under the pointer is not what was."""
        return msgspec.structs.replace(self, quiet_since=now, cap_at=now + CAP_S)

    def stray(self, now: float) -> "Prompt":
        """A key or click that was not meant for any control of the prompt."""
        if self.phase(now) not in (Phase.ARMING, Phase.ARMED) or now >= self.cap_at:
            return self
        return msgspec.structs.replace(self, quiet_since=now)

    def clicked_while_inactive(self, now: float) -> "Prompt":
        """The first click on an inactive prompt: it only activates."""
        return self.activated(now)

    def typed_code(self, text: str, now: float) -> "Prompt":
        """The code field's text; typing before the buttons are armed delays them like any stray key."""
        digits = "".join(char for char in text if char.isdecimal() and char.isascii())
        quiet = self.stray(now) if self.phase(now) is Phase.ARMING else self
        return msgspec.structs.replace(quiet, code=digits[: self.code_digits], complaint=None)

    def typed_pin(self, text: str, now: float) -> "Prompt":
        """The PIN field's text; as `typed_code`."""
        quiet = self.stray(now) if self.phase(now) is Phase.ARMING else self
        return msgspec.structs.replace(quiet, pin=text, complaint=None)

    def press(
        self, decision: Decision, now: float, reason: Reason | None = None
    ) -> tuple["Prompt", Press | None]:
        """A button of the prompt is pressed.

        Returns:
            The prompt after it, and what to send; None where the press does nothing (see `complaint`).
        """
        phase = self.phase(now)
        if phase is Phase.DISARMED:
            return self.clicked_while_inactive(now), None
        if phase is not Phase.ARMED:
            return self._complaining(Complaint.NOT_READY, now), None
        lacks = self._lacks() if decision is Decision.APPROVE else None
        if lacks is not None:
            return msgspec.structs.replace(self, complaint=lacks), None
        approving = decision is Decision.APPROVE
        wanted = Press(
            decision,
            self.code if approving and self.code_digits else None,
            self.pin if approving and self.presence is Presence.PIN else None,
            None if approving else reason,
            int((now - (now if self.first_shown is None else self.first_shown)) * 1000),
        )
        return msgspec.structs.replace(self, is_deciding=True, complaint=None), wanted

    def _complaining(self, complaint: Complaint, now: float) -> "Prompt":
        if self.phase(now) is not Phase.ARMING:
            return self
        return msgspec.structs.replace(self.stray(now), complaint=complaint)

    def _lacks(self) -> Complaint | None:
        if not self.can_approve:
            return Complaint.CANNOT_APPROVE
        if len(self.code) < self.code_digits:
            return Complaint.CODE_MISSING
        if self.presence is Presence.CLICK:
            return None
        if self.wrong_pins >= PIN_TRIES:
            return Complaint.PIN_LOCKED
        return None if self.pin else Complaint.PIN_MISSING

    def pin_was_wrong(self, now: float) -> "Prompt":
        """The PIN did not open the key: nothing was sent; the buttons must arm again."""
        wrong = self.wrong_pins + 1
        complaint = Complaint.PIN_LOCKED if wrong >= PIN_TRIES else Complaint.WRONG_PIN
        return self._again(now, complaint, wrong_pins=wrong, pin="")

    def pin_is_needed(self, now: float) -> "Prompt":
        """The server demands a PIN after all: nothing has changed there."""
        return self._again(now, Complaint.PIN_MISSING, presence=Presence.PIN)

    def was_refused(self, now: float) -> "Prompt":
        """The server refused the signed decision; nothing has changed there."""
        return self._again(now, Complaint.REFUSED)

    def _again(self, now: float, complaint: Complaint, **changes: object) -> "Prompt":
        again = msgspec.structs.replace(self, is_deciding=False, complaint=complaint, **changes)
        return again.moved(now)

    def went_unanswered(self) -> "Prompt":
        """The decision was sent and nobody knows what became of it; the inbox will tell."""
        return msgspec.structs.replace(self, over=Phase.DECIDED, complaint=Complaint.UNANSWERED)

    def recounted(self, ends: float) -> "Prompt":
        """The server said again how long is left."""
        return msgspec.structs.replace(self, ends=ends)

    def checked(self, *, can_approve: bool) -> "Prompt":
        """The look at the request was repeated: the shop's keys came back."""
        return msgspec.structs.replace(self, can_approve=can_approve)

    def ended(self, state: State, reason: Reason | None = None) -> "Prompt":
        """The server says what stands: by this terminal, another one, the device or the clock."""
        if state is State.PENDING:
            return self
        over = {State.EXPIRED: Phase.EXPIRED, State.WITHDRAWN: Phase.WITHDRAWN}.get(state, Phase.DECIDED)
        return msgspec.structs.replace(
            self, is_deciding=False, over=over, state=state, reason=reason, code="", pin="", complaint=None
        )
