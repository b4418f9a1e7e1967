"""Listens: one thread that owns the microphone and the ear, and hands over each utterance that it heard.

It listens to one utterance when the talk button asks for it, or all the time when hands-free. While the
device itself speaks, and a moment after, the gate is shut and what comes in is thrown away. An answer to the
device's own question needs no wake phrase; whatever else is said hands-free does.
"""

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from assistant.ears.interface import (
    SAMPLE_RATE,
    Ear,
    EarUnavailable,
    Heard,
    Mode,
    Samples,
    Vocabulary,
)
from assistant.sources.errors import NoSpeech, SourceError
from assistant.sources.gate import Gate
from assistant.troubles import Trouble
from assistant.utterances import Utterances

PATIENCE_S = 8.0
"""Seconds after which a pressed talk button gives up when nobody speaks."""
LEVEL_EVERY = 3
"""Chunks between two levels: about ten a second."""
FULL_LEVEL_DB = 60.0

OpenMicrophone = Callable[[], AbstractContextManager[Iterator[Samples]]]


class Listens(Protocol):
    """Who is told what was heard; called from the listening thread."""

    def heard(self, what: Heard, *, hands_free: bool) -> None:
        """An utterance."""

    def level(self, value: float) -> None:
        """How loud it is, 0 to 1."""

    def listening(self, is_on: bool) -> None:
        """Whether the microphone is open."""

    def trouble(self, what: Trouble) -> None:
        """Why it cannot listen."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the listener is asked to do."""

    is_closed: bool = False
    """End the thread."""
    talk: bool = False
    """Hear one utterance now."""
    hands_free: bool = False
    """Hear everything."""
    mode: Mode = "order"
    """What is expected."""
    vocabulary: Vocabulary | None = None
    """What can be said; nothing is heard without."""
    engine: str = ""
    """Which ear."""


class Listener:
    """The device's ears at work."""

    def __init__(
        self, microphone: OpenMicrophone, make_ear: Callable[[str], Ear], gate: Gate, listens: Listens
    ) -> None:
        """Starts the thread; nothing is opened before somebody wants to be heard.

        Args:
            microphone: opens it.
            make_ear: makes the ear of a name; "" for the best that works here.
            gate: shut while the device speaks.
            listens: is told what was heard.
        """
        self._microphone = microphone
        self._make_ear = make_ear
        self._gate = gate
        self._listens = listens
        self._wanted = Wanted()
        self._changed = threading.Condition()
        self._ear: Ear | None = None
        self._prepared: tuple[str, Vocabulary | None] = ("", None)
        self.is_hearing = False
        """Whether somebody is speaking into the microphone."""
        self._thread = threading.Thread(target=self._work, name="ears", daemon=True)
        self._thread.start()

    def want(self, **changes: object) -> None:
        """Changes what is wanted (see `Wanted`); from any thread."""
        with self._changed:
            self._wanted = replace(self._wanted, **changes)  # type: ignore[arg-type]
            self._changed.notify()

    def close(self) -> None:
        """Ends the thread."""
        self.want(is_closed=True, talk=False, hands_free=False)
        self._thread.join(5)

    def _work(self) -> None:
        while not (wanted := self._wait()).is_closed:
            try:
                self._prepare(wanted)
                if self._is_wanted:
                    self._listen()
            except NoSpeech as silence:
                self.want(talk=False)
                self._listens.trouble(silence)
            except (SourceError, EarUnavailable) as unusable:
                self.want(talk=False, hands_free=False)
                self._listens.trouble(unusable)

    def _wait(self) -> Wanted:
        """Waits for something to do: to listen, or to get the ear ready before it is needed."""
        with self._changed:
            while not (self._wanted.is_closed or self._has_work()):
                self._changed.wait()
            return self._wanted

    def _has_work(self) -> bool:
        has_words = self._wanted.vocabulary is not None
        return has_words and (self._is_wanted or not self._is_prepared)

    @property
    def _is_prepared(self) -> bool:
        return (self._wanted.engine, self._wanted.vocabulary) == self._prepared

    @property
    def _is_wanted(self) -> bool:
        return self._wanted.talk or self._wanted.hands_free

    def _prepare(self, wanted: Wanted) -> None:
        """Builds the ear; why it cannot be had is told when somebody wants to be heard."""
        vocabulary = wanted.vocabulary
        needed = (wanted.engine, vocabulary)
        if vocabulary is None or (needed == self._prepared and self._ear is not None):
            return
        kept = self._ear if self._prepared[0] == wanted.engine else None
        self._prepared = needed
        try:
            ear = kept or self._make_ear(wanted.engine)
            ear.prepare(vocabulary)
            self._ear = ear
        except EarUnavailable:
            self._ear = None
            if self._is_wanted:
                raise

    def _listen(self) -> None:
        """Listens until nothing is wanted any more, or the vocabulary has changed."""
        if self._ear is None:
            raise EarUnavailable("No recogniser is ready.")
        with self._microphone() as pieces:
            self._listens.listening(True)
            try:
                _Ears(self, self._ear, pieces).run()
            finally:
                self.is_hearing = False
                self._listens.listening(False)

    @property
    def wanted(self) -> Wanted:
        """What is wanted now."""
        return self._wanted

    @property
    def goes_on(self) -> bool:
        """Whether the open microphone is still wanted, with the same words."""
        return self._is_wanted and not self._wanted.is_closed and self._is_prepared

    @property
    def is_deaf(self) -> bool:
        """Whether the device is speaking."""
        return not self._gate.is_open

    def tell_level(self, value: float) -> None:
        """Passes a level on."""
        self._listens.level(value)

    def tell(self, what: Heard) -> None:
        """Passes an utterance on; it was the one that the talk button wanted."""
        hands_free = not self._wanted.talk
        self.want(talk=False)
        self._listens.heard(what, hands_free=hands_free)


class _Ears:
    """One opening of the microphone."""

    def __init__(self, owner: Listener, ear: Ear, pieces: Iterator[Samples]) -> None:
        self._owner = owner
        self._pieces = pieces
        self._utterances = Utterances(ear, lambda: owner.wanted.mode)
        self._waited_s = 0.0

    def run(self) -> None:
        for number, samples in enumerate(self._pieces):
            if not self._owner.goes_on:
                break
            if number % LEVEL_EVERY == 0:
                self._owner.tell_level(level_of(samples))
            if self._owner.is_deaf:
                self._utterances.reset()
                self._waited_s = 0.0
                continue
            for heard in self._utterances.push(samples):
                self._owner.tell(heard)
            self._owner.is_hearing = self._utterances.is_hearing
            self._lose_patience(len(samples) / SAMPLE_RATE)
        else:
            self._owner.want(talk=False)

    def _lose_patience(self, length_s: float) -> None:
        if self._utterances.is_hearing or not self._owner.wanted.talk:
            self._waited_s = 0.0
            return
        self._waited_s += length_s
        if self._waited_s >= PATIENCE_S:
            raise NoSpeech("I heard nobody speak.")


def level_of(samples: Samples) -> float:
    """How loud a piece is, from 0 (60 dB below full scale) to 1."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if len(samples) else 0.0
    return max(0.0, min(1.0, 1.0 + 10 * math.log10(power + 1e-12) / FULL_LEVEL_DB))
