"""Many words over the same frames: how well each of them fits, as if nothing else had been said there."""

from collections.abc import Sequence

import numpy as np

from assistant.ears.acoustics import Scores
from assistant.ears.phones import SILENCE

NEVER = np.float32(-1e6)
"""The score of what cannot be, as a natural logarithm."""


class WordList:
    """Words as flat arrays, one entry for each of their sounds."""

    def __init__(self, words: Sequence[tuple[int, ...]]) -> None:
        """
        Args:
            words: the columns of each word's sounds, in order; at least one word.
        """
        sizes = np.array([len(word) for word in words])
        self._last = np.cumsum(sizes) - 1
        self._first = self._last - sizes + 1
        self._column = np.concatenate([np.array(word, dtype=np.int32) for word in words])
        repeats = np.flatnonzero(self._column[1:] == self._column[:-1]) + 1
        self._repeats = np.setdiff1d(repeats, self._first)

    def scores(self, frames: Scores) -> Scores:
        """By word, the score of exactly these frames; silence may last before and between its sounds."""
        sound = np.full(len(self._column), NEVER, dtype=np.float32)
        gap, before = sound.copy(), sound.copy()
        start = np.float32(0.0)
        for frame in frames:
            before[1:] = sound[:-1]
            before[self._first] = start
            np.maximum(sound, gap, out=sound)
            np.maximum(gap, before, out=gap)
            gap += frame[SILENCE]
            before[self._repeats] = NEVER
            np.maximum(sound, before, out=sound)
            sound += frame[self._column]
            start = NEVER
        best: Scores = sound[self._last]
        return best
