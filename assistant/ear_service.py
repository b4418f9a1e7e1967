"""Joins the listening thread to the device's loop: utterances go to the loop, wishes go to the thread."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Protocol

from assistant.conversation import By
from assistant.ears.interface import Heard, Samples, Vocabulary
from assistant.hearing import make_ear
from assistant.listener import Listener
from assistant.sources.gate import Gate
from assistant.telling import Tell
from assistant.troubles import Trouble

WAKE_PHRASE = "hey nod"

TakeHeard = Callable[[Heard, By], None]


class Ears(Protocol):
    """What session and runner want of ears."""

    def know(self, vocabulary: Vocabulary) -> None:
        """What can be said now."""

    def expect(self, *, answer: bool) -> None:
        """Whether an answer to the device's question is expected, and no order."""

    def talk(self, is_on: bool = True) -> None:
        """Hears one utterance now, or stops waiting for one."""

    def answer_wanted(self) -> None:
        """The device has asked and is quiet: who spoke by the button need not press it again."""

    def hands_free(self, is_on: bool) -> None:
        """Hears everything, or only what the talk button is pressed for."""

    def use(self, engine: str) -> None:
        """Which ear, from now on."""

    @property
    def is_hearing(self) -> bool:
        """Whether somebody is speaking just now."""

    def close(self) -> None:
        """Ends the thread."""


class NoEars:
    """Ears of a device that only reads."""

    def know(self, vocabulary: Vocabulary) -> None:
        """Does nothing."""

    def expect(self, *, answer: bool) -> None:
        """Does nothing."""

    def talk(self, is_on: bool = True) -> None:
        """Does nothing."""

    def answer_wanted(self) -> None:
        """Does nothing."""

    def hands_free(self, is_on: bool) -> None:
        """Does nothing."""

    def use(self, engine: str) -> None:
        """Does nothing."""

    @property
    def is_hearing(self) -> bool:
        """Never."""
        return False

    def close(self) -> None:
        """Does nothing."""


class EarService:
    """Real ears; made in the device's loop."""

    def __init__(self, engine: str, gate: Gate, tell: Tell, *, allow_network: bool = False) -> None:
        """Starts the listening thread; no microphone is opened yet.

        Args:
            engine: which ear; empty for the best that works here.
            gate: shut while the device speaks.
            tell: takes events, in the loop.
            allow_network: whether an ear may send away what it hears.
        """
        self._loop = asyncio.get_running_loop()
        self._tell = tell
        self._take: TakeHeard = lambda _what, _by: None
        self._missed: Callable[[Trouble], None] = lambda _what: None
        self._was_button = self._is_hands_free = False
        self._vocabulary: Vocabulary | None = None
        make = partial(make_ear, allow_network=allow_network)
        self._listener = Listener(open_samples, make, gate, self)
        self._listener.want(engine=engine)

    def connect(self, take: TakeHeard, missed: Callable[[Trouble], None]) -> None:
        """Says who takes what was heard, and who is told that nothing could be; both in the loop."""
        self._take, self._missed = take, missed

    def know(self, vocabulary: Vocabulary) -> None:
        """What can be said now, without the wake phrase."""
        self._vocabulary = vocabulary
        self._listener.want(vocabulary=self._words())

    def _words(self) -> Vocabulary | None:
        """Hands-free, the wake phrase comes first; by the button it need not."""
        if self._vocabulary is None or not self._is_hands_free:
            return self._vocabulary
        return replace(self._vocabulary, wake_phrase=WAKE_PHRASE)

    def expect(self, *, answer: bool) -> None:
        """Whether an answer is expected."""
        self._listener.want(mode="answer" if answer else "order")

    def talk(self, is_on: bool = True) -> None:
        """Hears one utterance now."""
        self._listener.want(talk=is_on, vocabulary=self._vocabulary if is_on else self._words())

    def answer_wanted(self) -> None:
        """Listens for the answer, if the order came by the button."""
        if self._was_button:
            self.talk()

    def hands_free(self, is_on: bool) -> None:
        """Hears everything, or only what the talk button is pressed for."""
        self._is_hands_free = is_on
        self._listener.want(hands_free=is_on, vocabulary=self._words())

    def use(self, engine: str) -> None:
        """Which ear, from now on."""
        self._listener.want(engine=engine)

    @property
    def is_hearing(self) -> bool:
        """Whether somebody is speaking just now."""
        return self._listener.is_hearing

    def close(self) -> None:
        """Ends the thread."""
        self._listener.close()

    def heard(self, what: Heard, *, hands_free: bool) -> None:
        """From the listening thread: an utterance."""
        self._was_button = not hands_free
        by: By = "open_microphone" if hands_free else "button"
        self._listener.want(vocabulary=self._words())
        self._soon(lambda: self._take(what, by))

    def level(self, value: float) -> None:
        """From the listening thread: how loud it is."""
        self._soon(lambda: self._tell({"event": "level", "value": round(value, 2)}))

    def listening(self, is_on: bool) -> None:
        """From the listening thread: whether the microphone is open."""
        self._soon(lambda: self._tell({"event": "microphone", "open": is_on}))

    def trouble(self, what: Trouble) -> None:
        """From the listening thread: why it cannot listen."""
        self._soon(lambda: self._missed(what))

    def _soon(self, work: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may have ended meanwhile
            self._loop.call_soon_threadsafe(work)


@contextlib.contextmanager
def open_samples() -> Iterator[Iterator[Samples]]:
    """The microphone's samples, while the body runs.

    Raises:
        NoMicrophone: if there is none here.
    """
    from assistant.sources.microphone import open_microphone
    from assistant.sources.streams import from_microphone

    with open_microphone() as source:
        yield from_microphone(source)
