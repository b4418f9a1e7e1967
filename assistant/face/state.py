"""What the window shows, computed from the device's events; without Qt."""

from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.telling import Event

KEPT_LINES = 200
_UNREACHED = ("server_away", "temporarily_unavailable")
"""Codes of an order whose server did not answer."""
_PAIRING_ENDS = ("pair-refused", "pair-expired", "pair-failed")
"""What is said when a pairing code is of no more use."""
_QUESTIONS = ("confirm", "offer", "answer-please")
"""What is said and waits for a yes or a no."""
_GIVEN_UP = ("no-answer", "dropped")
"""What is said when a question is asked no more."""


class Light(StrEnum):
    """What the ring tells."""

    IDLE = "idle"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"
    WAITING = "waiting"
    GOOD = "good"
    BAD = "bad"
    ASKING = "asking"
    """The device has asked for a yes or a no."""
    DENIED = "denied"
    """The approver did not want it."""
    LATE = "late"
    """The approver's time ran out."""
    CANCELLED = "cancelled"
    """It was taken back."""
    UNSURE = "unsure"
    """Nobody knows whether it was paid."""
    AWAY = "away"
    """The server does not answer."""


_OF_OUTCOME = {
    "paid": Light.GOOD,
    "approved": Light.GOOD,
    "denied": Light.DENIED,
    "expired": Light.LATE,
    "withdrawn": Light.CANCELLED,
    "unknown": Light.UNSURE,
    "unreached": Light.AWAY,
}
"""What the ring tells of how an order ended; `BAD` where nothing else is said."""
ENDS = frozenset((*_OF_OUTCOME.values(), Light.BAD))
"""Lights that tell how an order ended."""
_IN_OTHER_WORDS = ("declined", "unreached")
"""Outcomes that are told in words of their own, under the light of several."""


@dataclass(frozen=True, slots=True)
class Open:
    """A request that waits for its approver."""

    id: str
    nickname: str
    window_s: float
    """Seconds that the approver has in all."""
    ends: float
    """On the steady clock."""
    match_code: str = ""
    """To be typed by the approver."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript."""

    who: str
    """`you` or `device`."""
    text: str


@dataclass(frozen=True, slots=True)
class FaceState:
    """Everything that is shown."""

    lines: tuple[Line, ...] = ()
    """The transcript, oldest first."""
    open: tuple[Open, ...] = ()
    """Requests that wait, oldest first."""
    pairing_code: str = ""
    """To be typed on somebody's terminal; empty when none is."""
    contacts: tuple[str, ...] = ()
    """Who can be asked."""
    level: float = 0.0
    """0 to 1."""
    is_speaking: bool = False
    is_listening: bool = False
    is_thinking: bool = False
    is_asking: bool = False
    """Whether the device's own question waits for a yes or a no."""
    outcome: str = ""
    """How the last order ended; `unreached` where the server did not answer."""
    has_arrived: bool = False
    """Whether the server has told who can be asked."""
    is_at_work: bool = False
    """Whether there is an order, or a question about one, to take back."""
    is_deaf: bool = False
    """Whether no microphone was found when one was wanted."""
    away_since: str = ""
    """Since when the server has not answered, RFC 3339; empty when it did."""
    is_refused: bool = False
    """Whether the server will not have this device."""

    @property
    def light(self) -> Light:
        """What the ring tells; what happens now goes before what waits."""
        if self.is_speaking:
            return Light.SPEAKING
        if self.is_listening:
            return Light.LISTENING
        if self.is_thinking:
            return Light.THINKING
        if self.open:
            return Light.WAITING
        if self.is_asking:
            return Light.ASKING
        if self.outcome:
            return _OF_OUTCOME.get(self.outcome, Light.BAD)
        if self.is_refused:
            return Light.BAD
        return Light.AWAY if self.away_since else Light.IDLE

    @property
    def status(self) -> str:
        """What the ring's light means in words; where it is idle, what it waits for."""
        if self.light in ENDS and self.outcome in _IN_OTHER_WORDS:
            return self.outcome
        if self.light is Light.BAD and not self.outcome:
            return "refused"
        if self.light is not Light.IDLE or self.contacts:
            return self.light
        if not self.has_arrived:
            return "connecting"
        return "pairing" if self.pairing_code else "unpaired"

    @property
    def hint(self) -> str:
        """What the sentence under the status is about: the status, but an approval that paid nothing."""
        return "approved" if self.light is Light.GOOD and self.outcome == "approved" else self.status

    @property
    def can_cancel(self) -> bool:
        """Whether "Cancel" takes anything away: an order, a question, or the pairing code."""
        return self.is_at_work or bool(self.pairing_code)

    @property
    def can_talk(self) -> bool:
        """Whether there is a server for what would be said, and somebody who could be asked."""
        return self.is_listening or (bool(self.contacts) and not (self.away_since or self.is_refused))

    @property
    def can_send(self) -> bool:
        """Whether a typed line comes to anything: kept for a server that is away, lost on one that refuses.

        Where nobody is known yet it makes the device look whether somebody has just agreed.
        """
        return not self.is_refused

    @property
    def can_pair(self) -> bool:
        """Whether there is a server that can give a pairing code."""
        return self.has_arrived and not (self.away_since or self.is_refused)

    @property
    def first(self) -> Open | None:
        """The request that ends first."""
        return min(self.open, key=lambda one: one.ends, default=None)

    def seconds_left(self, now: float) -> float:
        """Of the request that ends first; 0 when none waits."""
        return max(0.0, self.first.ends - now) if self.first else 0.0


def after(state: FaceState, event: Event) -> FaceState:
    """The state after an event."""
    match event.get("event"):
        case "said":
            code = "" if event.get("key") in _PAIRING_ENDS else state.pairing_code
            deaf = state.is_deaf or event.get("key") == "no_microphone"
            asking = event.get("key") in _QUESTIONS or (state.is_asking and event.get("key") not in _GIVEN_UP)
            state = replace(state, is_thinking=False, is_asking=asking, pairing_code=code, is_deaf=deaf)
            return _said(state, "device", str(event["text"]))
        case "heard":
            return _heard(state, event)
        case "asked":
            return _asked(state, event)
        case "outcome":
            left = tuple(one for one in state.open if one.id != event.get("id"))
            end = "unreached" if event.get("code") in _UNREACHED else str(event["outcome"])
            return replace(state, open=left, outcome=end, is_thinking=False)
        case "away":
            return replace(state, away_since=str(event["since"]))
        case "refused":
            return replace(state, is_refused=True, away_since="")
        case "pairing":
            return replace(state, pairing_code=str(event["user_code"]), has_arrived=True, outcome="")
        case "pairing_hidden":
            return replace(state, pairing_code="")
        case "outcome_seen":
            return replace(state, outcome="")
        case "paired" | "ready":
            contacts = tuple(event["contacts"])
            return replace(state, pairing_code="", contacts=contacts, has_arrived=True, away_since="")
        case "at_work":
            is_on = bool(event["on"])
            return replace(state, is_at_work=is_on, is_asking=state.is_asking and is_on)
        case "speaking":
            return replace(state, is_speaking=bool(event["on"]))
        case "microphone":
            is_open = bool(event["open"])
            return replace(state, is_listening=is_open, level=0.0, is_deaf=state.is_deaf and not is_open)
        case "level":
            return replace(state, level=float(event["value"]))
    return state


def _said(state: FaceState, who: str, text: str) -> FaceState:
    return replace(state, lines=(*state.lines, Line(who, text))[-KEPT_LINES:])


def _heard(state: FaceState, event: Event) -> FaceState:
    state = replace(state, is_thinking=event.get("heard") is not None, is_asking=False, outcome="")
    return _said(state, "you", str(event.get("text") or _in_words(event)))


def _in_words(event: Event) -> str:
    heard = event.get("heard")
    if not isinstance(heard, dict):
        return "…"
    parts = [str(heard["quantity"]) + " ×" if heard.get("item") else "", heard.get("item"), heard["nickname"]]
    words = " ".join(str(part) for part in parts if part)
    return words or str(heard["action"])


def _asked(state: FaceState, event: Event) -> FaceState:
    """It ends when the device says, however late the window hears of it."""
    window_s, ends = float(event["decision_expires_in"]), float(event["decide_by_steady"])
    code = str(event.get("match_code") or "")
    one = Open(str(event["id"]), str(event["nickname"]), window_s, ends, code)
    return replace(state, open=(*state.open, one), is_thinking=False, is_asking=False)
