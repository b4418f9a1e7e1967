"""What every ear takes and gives back.

An ear is prepared with a vocabulary (what can be bought, who can be asked), then hears one utterance at a
time: mono samples at 16 kHz in, slots with a confidence out. It decides nothing: a slot that it could not
tell apart is None, and an utterance that is no order has another action.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000
"""Samples a second that every ear expects."""

OWNER = "\x00owner"
"""The nickname slot's value for "for me": whoever the device belongs to."""

Samples = npt.NDArray[np.float32]
"""Mono, 16 kHz, -1 to 1."""

Mode = Literal["order", "answer"]
"""What is expected: a whole order, or an answer to the device's own question."""


class Action(StrEnum):
    """What the speaker wants done."""

    ORDER = "order"
    NEGATED = "negated"
    CANCEL = "cancel"
    YES = "yes"
    NO = "no"
    NAME = "name"
    MENU = "menu"
    CONTACTS = "contacts"
    PRICE = "price"
    REPEAT = "repeat"
    STATUS = "status"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be bought."""

    name: str
    """Singular, as the catalogue writes it."""
    plural: str | None = None
    """As the catalogue writes it; None lets the ear form it."""
    unit: str | None = None
    """What is counted ("bottle"), singular; None if the item itself is."""
    spoken: tuple[str, ...] = ()
    """Other ways to say it."""


@dataclass(frozen=True, slots=True)
class Nickname:
    """Somebody who can be asked."""

    text: str
    """As the device's contacts write it."""
    spoken_as: str | None = None
    """A kana or Latin reading, where the text cannot be read aloud."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that an order can be about."""

    items: tuple[Item, ...]
    """What can be bought."""
    nicknames: tuple[Nickname, ...]
    """Who can be asked."""
    locale: str = "en"
    """Language of the grammar: "en" or "ja"."""
    wake_phrase: str | None = None
    """Required before an order when listening hands-free, as "hey nod"; None if none is required."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One part of what was heard."""

    text: str
    """What was heard there, in the vocabulary's spelling."""
    confidence: float
    """0 to 1: how likely it is that this and nothing else was said."""


@dataclass(frozen=True, slots=True)
class Order:
    """One purchase of an utterance."""

    item: str | None
    """The catalogue's name; None if an unknown thing was named."""
    quantity: int
    """1 where nothing was said."""
    nickname: str | None
    """The contact's text, OWNER, or None if an unknown person was named."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance, as far as it was understood."""

    action: Action
    """NONE when it was no order and no answer."""
    engine: str
    """The ear's name."""
    audio_s: float
    """Seconds of sound."""
    cpu_s: float
    """CPU seconds that hearing took."""
    item: str | None = None
    """The catalogue's name of the thing; None if an unknown thing was named, or none."""
    quantity: int = 1
    """1 where nothing was said."""
    nickname: str | None = None
    """The contact's text, OWNER for "me", or None if an unknown person was named, or nobody."""
    confidence: float = 0.0
    """0 to 1 for the utterance."""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    """By name: item, nickname, quantity, action; what the engine thought also of the slots it refused."""
    more: tuple[Order, ...] = ()
    """Further orders of the same breath: "… and bread for Grandma"."""
    reason: str | None = None
    """Why it is not a whole order: no_speech, not_an_order, negated, unknown_item, unknown_name, no_name; or
    unsure, for a whole order that had better be read back."""

    @property
    def is_order(self) -> bool:
        """Whether a whole order was heard: what, how many and for whom."""
        return self.action is Action.ORDER and self.item is not None and self.nickname is not None

    def as_json(self) -> dict[str, Any]:
        """The object that `main.py hear --json` prints, without the file's name."""
        told = None
        if self.is_order or self.action not in (Action.ORDER, Action.NEGATED, Action.NONE):
            told = {
                "action": self.action.value,
                "item": self.item,
                "quantity": self.quantity,
                "nickname": "me" if self.nickname == OWNER else self.nickname,
            }
        return {
            "heard": told,
            "reason": self.reason,
            "confidence": round(self.confidence, 3),
            "slots": {
                k: {"text": s.text, "confidence": round(s.confidence, 3)} for k, s in self.slots.items()
            },
            "engine": self.engine,
            "cpu_s": round(self.cpu_s, 3),
            "audio_s": round(self.audio_s, 3),
        }


class Hearing(Protocol):
    """One utterance while it is still being spoken."""

    def feed(self, samples: Samples) -> None:
        """Takes the next samples, in order."""

    def think(self) -> None:
        """Works out what was said so far, as it may be all; `finish` is then quick if nothing follows."""

    def finish(self) -> Heard:
        """Ends the utterance and tells what was heard."""


class Ear(Protocol):
    """A recogniser. Not thread-safe: one thread uses it at a time."""

    name: str

    def prepare(self, vocabulary: Vocabulary) -> None:
        """Builds everything that hearing needs; call again when the catalogue or the contacts change.

        Raises:
            EarUnavailable: if the engine, its model or this language is not there.
        """

    def hear(self, samples: Samples, mode: Mode = "order") -> Heard:
        """Hears one whole utterance."""

    def listen(self, mode: Mode = "order") -> Hearing:
        """Starts an utterance whose samples come in pieces."""


class EarUnavailable(Exception):
    """An ear cannot be used here.

    The text is a sentence for a person: what is missing and what to do.
    """

    def __init__(self, sentence: str, code: str = "engine_missing"):
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class WholeHearing:
    """A `Hearing` for ears that can only hear an utterance at once."""

    def __init__(self, hear: Callable[[Samples], Heard]) -> None:
        self._hear = hear
        self._pieces: list[Samples] = []
        self._thought: Heard | None = None

    def feed(self, samples: Samples) -> None:
        """Takes the next samples."""
        self._pieces.append(samples)
        self._thought = None

    def think(self) -> None:
        """Hears what is there so far."""
        self._thought = self._hear(concatenated(self._pieces))

    def finish(self) -> Heard:
        """Ends the utterance."""
        return self._thought or self._hear(concatenated(self._pieces))


def concatenated(pieces: Sequence[Samples]) -> Samples:
    """The pieces of an utterance as one array."""
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.float32)
