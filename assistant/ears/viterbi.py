"""The best path of a grammar through the frames of an utterance.

Token passing over flat arrays: each state keeps its best score and the word end that it came from, in one
number, so that memory does not grow with the number of states. Silence may last as long as it likes before,
between and after sounds (CTC); two equal sounds in a row need silence between.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.ears.acoustics import Scores
from assistant.ears.graph import Arc, Block, Layout, Whole
from assistant.ears.packed import NOWHERE, Packed, origin_of, packed, score_of, without_origin
from assistant.ears.phones import SILENCE

NEVER = -1e6
"""The score of what cannot be, as a natural logarithm."""

BEAM = 60.0
"""How far behind the best path a block of the grammar is given up (natural logarithm)."""


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


class _Front:
    """The best scores of one block's sounds and of the silences before them, frame by frame."""

    def __init__(self, block: Block):
        self.block = block
        self.top = NOWHERE
        self.sound = np.full(len(block.column), NOWHERE)
        self._gap = self.sound.copy()
        self._before = self.sound.copy()

    def step(self, frame: Packed, entering: Packed) -> None:
        """One frame.

        Args:
            frame: the score of each sound.
            entering: by junction, the score of having reached it, and how.
        """
        at, sound, gap, before = self.block, self.sound, self._gap, self._before
        before[1:] = sound[:-1]
        before[at.first] = entering[at.sources] + at.cost
        np.maximum(sound, gap, out=sound)
        np.maximum(gap, before, out=gap)
        gap += frame[SILENCE]
        before[at.repeats] = NOWHERE
        np.maximum(sound, before, out=sound)
        sound += frame[at.column]
        self.top = max(sound.max(), gap.max())

    def rest(self) -> None:
        """Forgets everything: nothing in this block can win any more."""
        if self.top > NOWHERE:
            self.sound.fill(NOWHERE)
            self._gap.fill(NOWHERE)
            self.top = NOWHERE


class Decoder:
    """One pass over one utterance; frames may come in pieces."""

    def __init__(self, layout: Layout, beam: float = BEAM):
        self._layout = layout
        self._beam = packed(beam)
        self._junctions = len(layout.closure)
        self._all = np.arange(self._junctions)
        self._fronts = [_Front(block) for block in layout.blocks]
        self._open = layout.closure[0].copy()
        self._ends: list[tuple[Packed, Whole]] = []

    def feed(self, scores: Scores) -> None:
        """Takes the next frames."""
        for frame in packed(scores):
            self._step(frame)

    def _step(self, frame: Packed) -> None:
        limit = max(self._open.max(), *(front.top for front in self._fronts)) - self._beam
        ended = np.full(self._junctions, NOWHERE)
        arcs = np.full(self._junctions, -1, dtype=np.int32)
        for number, front in enumerate(self._fronts):
            if front.top < limit and self._open[front.block.sources].max() < limit:
                front.rest()
                continue
            front.step(frame, self._open)
            self._close_words(number, front, ended, arcs)
        reach = without_origin(ended)[:, None] + self._layout.closure
        origin = reach.argmax(axis=0)
        self._open = np.maximum(reach[origin, self._all], NOWHERE) + self._origin(origin)
        self._ends.append((ended, arcs))

    def _origin(self, junction: Any) -> Any:
        """How a word of this frame that ended at a junction is remembered; 0 is the start."""
        return 1 + len(self._ends) * self._junctions + junction

    def _close_words(self, number: int, front: _Front, ended: Packed, arcs: Whole) -> None:
        block = front.block
        closing = front.sound[block.last]
        winners = _first_best(closing, block)
        better = closing[winners] > ended[block.targets]
        winners, targets = winners[better], block.targets[better]
        ended[targets] = closing[winners]
        arcs[targets] = winners * len(self._fronts) + number

    def best(self, scores: Scores) -> Path | None:
        """The best complete path so far.

        Args:
            scores: the frames fed so far; silence after the last word is taken from them.
        """
        silence = scores[:, SILENCE].astype(np.float64)
        after = np.concatenate([np.cumsum(silence[::-1])[::-1][1:], [0.0]])
        ended = without_origin(np.array([ended for ended, _ in self._ends]))
        to_end = self._layout.closure[:, self._layout.ends].max(axis=1)
        total = score_of(ended + to_end) + after[:, None]
        frame, junction = divmod(int(total.argmax()), self._junctions)
        if ended[frame, junction] + to_end[junction] <= NOWHERE // 2:
            return None
        return Path(self._trace(frame, junction), float(total[frame, junction]))

    def _trace(self, frame: int, junction: int) -> tuple[Word, ...]:
        words: list[Word] = []
        while True:
            ended, arcs = self._ends[frame]
            which, number = divmod(int(arcs[junction]), len(self._fronts))
            arc, score = self._layout.blocks[number].arcs[which], float(score_of(ended[junction]))
            came = int(origin_of(ended[junction])) - 1
            if came < 0:
                words.append(Word(arc, 0, frame + 1, score))
                return tuple(reversed(words))
            past, source = divmod(came, self._junctions)
            earlier = float(score_of(self._ends[past][0][source]))
            words.append(Word(arc, past + 1, frame + 1, score - earlier))
            frame, junction = past, source


def _first_best(values: Packed, block: Block) -> Whole:
    """The arc with the best value in each group."""
    tops = np.maximum.reduceat(values, block.groups)
    ties = np.flatnonzero(values == tops[block.member])
    return ties[np.searchsorted(ties, block.groups)].astype(np.int32)


def decode(layout: Layout, scores: Scores) -> Path | None:
    """The best path through all the frames; None if the grammar fits in no way."""
    decoder = Decoder(layout)
    decoder.feed(scores)
    return decoder.best(scores) if len(scores) else None


def align(layout: Layout, scores: Scores) -> tuple[Whole, float]:
    """Which sound each frame belongs to, for a grammar that allows one sentence.

    Returns:
        For each frame the column of its sound, and the score of the path.
    """
    path = decode(layout, scores)
    columns = np.full(len(scores), SILENCE, dtype=np.int32)
    if path is None:
        return columns, NEVER
    for word in path.words:
        columns[word.start : word.end] = _inside(word, scores[word.start : word.end])
    return columns, path.score


def _inside(word: Word, scores: Scores) -> Whole:
    states = np.full(2 * len(word.arc.sounds), SILENCE, dtype=np.int32)
    states[1::2] = word.arc.sounds
    may_skip = np.zeros(len(states), dtype=bool)
    may_skip[3::2] = states[3::2] != states[1:-2:2]
    best = np.full(len(states), NEVER, dtype=np.float64)
    best[:2] = scores[0, states[:2]]
    came = np.zeros((len(scores), len(states)), dtype=np.int32)
    for frame in range(1, len(scores)):
        one = np.concatenate([[NEVER], best[:-1]])
        two = np.where(may_skip, np.concatenate([[NEVER, NEVER], best[:-2]]), NEVER)
        ways = np.stack([best, one, two])
        came[frame] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[frame, states]
    at, found = len(states) - 1, []
    for frame in range(len(scores) - 1, -1, -1):
        found.append(states[at])
        at -= came[frame, at]
    return np.array(found[::-1], dtype=np.int32)
