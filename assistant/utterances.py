"""Turns a stream of samples into what was said: end-pointing feeds the ear, and the ear thinks ahead.

Early in the pause that ends an utterance the ear works out what was said so far; when nothing
follows, that is the answer, and it is there as soon as the pause is over.
"""

from collections.abc import Callable, Iterator

from assistant.ears.interface import Ear, Heard, Hearing, Mode, Samples
from assistant.sources.speech import EndPointer, Moment, Piece


class Utterances:
    """What is said in one stream."""

    def __init__(self, ear: Ear, mode: Callable[[], Mode]) -> None:
        """
        Args:
            ear: prepared.
            mode: what is expected; asked when an utterance begins.
        """
        self._ear = ear
        self._mode = mode
        self._pointer = EndPointer()
        self._hearing: Hearing | None = None
        self._pause: list[Samples] = []
        self._has_thought = False

    @property
    def is_hearing(self) -> bool:
        """Whether somebody is speaking."""
        return self._hearing is not None

    def reset(self) -> None:
        """Forgets everything, as when the device itself speaks."""
        self._pointer.reset()
        self._hearing = None

    def push(self, samples: Samples) -> Iterator[Heard]:
        """Takes samples of any length; gives each utterance that has ended with them."""
        for piece in self._pointer.push(samples):
            if piece.moment is Moment.BEGAN:
                self._hearing = self._ear.listen(self._mode())
                self._pause, self._has_thought = [], False
            if self._hearing is not None:
                self._take(self._hearing, piece)
            if self._hearing is not None and piece.moment is Moment.ENDED:
                hearing, self._hearing = self._hearing, None
                yield hearing.finish()

    def _take(self, hearing: Hearing, piece: Piece) -> None:
        if self._has_thought and piece.moment in (Moment.PAUSED, Moment.ENDED):
            self._pause.append(piece.samples)  # silence adds nothing to what was thought of already
            return
        for silence in self._pause:
            hearing.feed(silence)
        hearing.feed(piece.samples)
        self._pause, self._has_thought = [], piece.moment is Moment.THINK
        if self._has_thought:
            hearing.think()
