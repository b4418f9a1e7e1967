"""The best path of a grammar through the frames of an utterance.

Token passing over flat arrays: each state keeps its best score and the word end that it came from, so that
memory does not grow with the number of states. Silence may last as long as it likes before, between and
after sounds (CTC); two equal sounds in a row need silence between.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.ears.acoustics import Scores
from assistant.ears.graph import NEVER, Arc, Layout, Real, Whole
from assistant.ears.phones import SILENCE


@dataclass(frozen=True, slots=True)
class Word:
    """One arc of the best path."""

    arc: Arc
    """What was said."""
    start: int
    """First frame, counted from the start of the utterance; includes the silence before the word."""
    end: int
    """Frame after the last."""
    score: float
    """Natural logarithm; its share of the path."""


@dataclass(frozen=True, slots=True)
class Path:
    """The best way through a grammar."""

    words: tuple[Word, ...]
    """In the order spoken."""
    score: float
    """Natural logarithm, the whole utterance."""


class Decoder:
    """One pass over one utterance; frames may come in pieces."""

    def __init__(self, layout: Layout):
        self._layout = layout
        self._junctions = len(layout.closure)
        states = len(layout.column)
        self._score = np.full(states, NEVER, dtype=np.float32)
        self._token = np.zeros(states, dtype=np.int32)
        self._open = layout.closure[0].copy()
        self._open_token = np.full(self._junctions, -1, dtype=np.int32)
        self._ends: list[tuple[Real, Whole, Whole]] = []
        self._silence = 0.0
        self.frames = 0

    def feed(self, scores: Scores) -> None:
        """Takes the next frames."""
        for frame in scores:
            self._step(frame)

    def _step(self, frame: npt.NDArray[np.float32]) -> None:
        at = self._layout
        best, token = self._score, self._token
        one = np.full_like(best, NEVER)
        two = np.full_like(best, NEVER)
        one[1:] = best[:-1] + at.from_one[1:]
        two[2:] = best[:-2] + at.from_two[2:]
        score = np.maximum(np.maximum(best, one), two)
        came = np.where(score == best, 0, np.where(score == one, 1, 2))
        carried = token[np.arange(len(token)) - came]
        entering = self._open[at.entry_junction] + at.entry_cost
        better = entering > score[at.entry]
        states = at.entry[better]
        score[states] = entering[better]
        carried[states] = self._open_token[at.entry_junction[better]]
        score += frame[at.column]
        np.maximum(score, NEVER, out=score)
        self._score, self._token = score, carried
        self._close_words(float(frame[SILENCE]))

    def _close_words(self, silence: float) -> None:
        at = self._layout
        closing = self._score[at.last]
        winners = _first_best(closing, at.groups)
        ended = np.full(self._junctions, NEVER, dtype=np.float32)
        ended[at.targets] = closing[winners]
        arcs = np.full(self._junctions, -1, dtype=np.int32)
        arcs[at.targets] = winners
        came = np.full(self._junctions, -1, dtype=np.int32)
        came[at.targets] = self._token[at.last[winners]]
        reach = ended[:, None] + at.closure
        origin = reach.argmax(axis=0).astype(np.int32)
        self._ends.append((ended, arcs, came))
        self._silence = silence
        self._open = np.maximum(reach[origin, np.arange(self._junctions)], NEVER)
        self._open_token = (self.frames * self._junctions + origin).astype(np.int32)
        self.frames += 1

    def best(self, scores: Scores) -> Path | None:
        """The best complete path so far.

        Args:
            scores: the frames fed so far; silence after the last word is taken from them.
        """
        silence = scores[:, SILENCE].astype(np.float64)
        after = np.concatenate([np.cumsum(silence[::-1])[::-1][1:], [0.0]])
        top, token = float(NEVER) / 2, -1
        for frame, (ended, _, _) in enumerate(self._ends):
            reach = (ended[:, None] + self._layout.closure[:, self._layout.ends]).max(axis=1)
            junction = int(reach.argmax())
            if reach[junction] + after[frame] > top:
                top, token = float(reach[junction] + after[frame]), frame * self._junctions + junction
        return Path(self._trace(token), top) if token >= 0 else None

    def _trace(self, token: int) -> tuple[Word, ...]:
        words: list[Word] = []
        while token >= 0:
            frame, junction = divmod(token, self._junctions)
            ended, arcs, came = self._ends[frame]
            before = int(came[junction])
            start, score_before = 0, 0.0
            if before >= 0:
                past, source = divmod(before, self._junctions)
                start, score_before = past + 1, float(self._ends[past][0][source])
            arc = self._layout.arcs[int(arcs[junction])]
            words.append(Word(arc, start, frame + 1, float(ended[junction]) - score_before))
            token = before
        return tuple(reversed(words))


def _first_best(values: Real, groups: Whole) -> npt.NDArray[np.int64]:
    """The index of the best value of each group."""
    tops = np.maximum.reduceat(values, groups)
    sizes = np.diff(np.append(groups, len(values)))
    ties = np.flatnonzero(values == np.repeat(tops, sizes))
    return ties[np.searchsorted(ties, groups)]


def decode(layout: Layout, scores: Scores) -> Path | None:
    """The best path through all the frames; None if the grammar fits in no way."""
    decoder = Decoder(layout)
    decoder.feed(scores)
    return decoder.best(scores) if len(scores) else None
