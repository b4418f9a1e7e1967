"""The values of a conversation: what happens to it, what it wants done, and where it stands.

Nothing here does anything; `dialogue.step` turns a conversation and an event into the next conversation and
effects, and the runner carries the effects out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from assistant.ears.interface import Heard, Slot
from assistant.known import Known
from core.client.asking import Asked, Ended
from core.domain.money import Money
from core.domain.outcome import Outcome

ReadBack = Literal["always", "unsure", "never"]
By = Literal["text", "button", "open_microphone"]
Kind = Literal["confirm", "name", "offer_name", "offer_item"]


@dataclass(frozen=True, slots=True)
class Thing:
    """A number of one article."""

    item: str
    """The article's name."""
    quantity: int
    """How many."""


Sayable = str | int | Money | tuple[str, ...] | tuple[Thing, ...]


class Stage(StrEnum):
    """Where an errand stands."""

    UNCLEAR = "unclear"
    HELD = "held"
    QUOTING = "quoting"
    CONFIRMING = "confirming"
    ASKING = "asking"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Manners:
    """How the device talks."""

    read_back: ReadBack = "unsure"
    """When an order is read back before anybody is asked."""
    once: bool = False
    """Never asks back: what is unsure is not understood."""
    spoken_answer_s: float = 6.0
    """Seconds to answer a question by voice."""
    typed_answer_s: float = 60.0
    """Seconds to answer a question by typing."""

    def answer_s(self, by: By) -> float:
        """Seconds that who ordered so has to answer a question."""
        return self.typed_answer_s if by == "text" else self.spoken_answer_s


@dataclass(frozen=True, slots=True)
class Errand:
    """One order, from what was heard until it ended."""

    number: int
    """Its own, in this conversation."""
    item: str | None
    """The article's name."""
    quantity: int
    """How many."""
    nickname: str | None
    """Who is asked."""
    by: By = "text"
    """How it was said."""
    is_sure: bool = True
    """Whether it was understood without doubt."""
    stage: Stage = Stage.UNCLEAR
    """Where it stands."""
    is_nameless: bool = False
    """Whether nobody was named, and the only contact is meant."""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    """Candidates for what is unclear."""
    also: tuple[Thing, ...] = ()
    """What else the same person is asked for, in the same request."""
    amount: Money | None = None
    """The quoted total."""
    quote: str | None = None
    """The quote's compact text."""
    asked: Asked | None = None
    """The open request."""
    is_cancelled: bool = False
    """Taken back while a server was busy with it."""

    @property
    def things(self) -> tuple[Thing, ...]:
        """Everything that is ordered."""
        return () if self.item is None else (Thing(self.item, self.quantity), *self.also)


@dataclass(frozen=True, slots=True)
class Question:
    """What the device wants to know now."""

    number: int
    """Its own; a late time-out of an earlier question does nothing."""
    errand: int
    """Of which errand."""
    kind: Kind
    """What about it."""
    tries: int = 1
    """How often it was asked."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything that the device has in mind."""

    manners: Manners = Manners()
    """How it talks."""
    known: Known = field(default_factory=Known)
    """What it knows."""
    errands: tuple[Errand, ...] = ()
    """What is open, oldest first."""
    question: Question | None = None
    """What it waits to hear."""
    said: tuple["Say", ...] = ()
    """What it said last, for "repeat"."""
    numbers: int = 0
    """Numbers given out so far."""

    def errand(self, number: int) -> Errand | None:
        """The open errand of that number."""
        return next((errand for errand in self.errands if errand.number == number), None)


@dataclass(frozen=True, slots=True)
class HeardLine:
    """Somebody typed or said something."""

    heard: Heard
    """What was understood."""
    by: By
    """How it came."""
    now: float
    """The steady clock, in seconds."""


@dataclass(frozen=True, slots=True)
class QuoteCame:
    """The shop named its price."""

    errand: int
    amount: Money
    quote: str


@dataclass(frozen=True, slots=True)
class AskCame:
    """The request is open."""

    errand: int
    asked: Asked


@dataclass(frozen=True, slots=True)
class Failed:
    """A server refused, or is away."""

    errand: int
    during: Literal["quote", "ask", "withdraw"]
    code: str
    """The server's code, or `server_away`."""
    retry_after_s: float | None = None
    """Seconds after which it may go."""


@dataclass(frozen=True, slots=True)
class RequestEnded:
    """It is known how a request ended."""

    errand: int
    ended: Ended


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The time for an answer is over."""

    question: int


Event = HeardLine | QuoteCame | AskCame | Failed | RequestEnded | NoAnswer


@dataclass(frozen=True, slots=True)
class Say:
    """Say a sentence of `device.ftl`."""

    key: str
    """Without `device-`."""
    values: Mapping[str, Sayable] = field(default_factory=dict)
    """Its variables, before they are put into words."""


@dataclass(frozen=True, slots=True)
class GetQuote:
    """Ask the shop for a price."""

    errand: int
    lines: tuple[tuple[str, int], ...]
    """Article id and quantity."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the approver."""

    errand: int
    nickname: str
    quote: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait for the end of a request."""

    errand: int
    asked: Asked


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take a request back."""

    errand: int
    asked: Asked


@dataclass(frozen=True, slots=True)
class Listen:
    """Listen for an answer, from the end of speech on."""

    question: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Refresh:
    """Read the contacts again: they are not what the device thought."""


@dataclass(frozen=True, slots=True)
class Close:
    """An errand has ended, or nothing that was heard became one."""

    errand: Errand | None
    outcome: Outcome
    code: str | None = None


Effect = Say | GetQuote | Ask | Wait | Withdraw | Listen | Refresh | Close
Step = tuple[Conversation, tuple[Effect, ...]]
