"""The best path of a grammar through the frames of an utterance.

Token passing over flat arrays: each state keeps its best score and the word end that it came from, so that
memory does not grow with the number of states. Silence may last as long as it likes before, between and
after sounds (CTC); two equal sounds in a row need silence between.
"""

from dataclasses import dataclass

import numpy as np

from assistant.ears.acoustics import Scores
from assistant.ears.graph import NEVER, Arc, Block, Layout, Real, Whole
from assistant.ears.phones import SILENCE

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
    """The scores of one block's states, frame by frame."""

    def __init__(self, block: Block):
        states = len(block.column)
        self.block = block
        self.top = float(NEVER)
        self.score = np.full(states, NEVER, dtype=np.float32)
        self.token = np.full(states, -1, dtype=np.int32)

    def step(self, frame: Real, entering: Real, tokens: Whole) -> None:
        """One frame.

        Args:
            frame: the score of each sound.
            entering: by junction, the score of having reached it.
            tokens: by junction, how it was reached.
        """
        at = self.block
        before, came = self.score, self.token
        score, carried = before.copy(), came.copy()
        _take(score[1:], carried[1:], before[:-1] + at.from_one, came[:-1])
        _take(score[2:], carried[2:], before[:-2] + at.from_two, came[:-2])
        begun = entering[at.sources] + at.cost
        reached = tokens[at.sources]
        for states in (at.first, at.first + 1):
            better = begun > score[states]
            score[states[better]] = begun[better]
            carried[states[better]] = reached[better]
        score += frame[at.column]
        self.score, self.token = score, carried
        self.top = float(score.max())

    def rest(self) -> None:
        """Forgets everything: nothing in this block can win any more."""
        if self.top > NEVER:
            self.score.fill(NEVER)
            self.top = float(NEVER)


def _take(score: Real, token: Whole, offer: Real, came: Whole) -> None:
    better = offer > score
    np.copyto(score, offer, where=better)
    np.copyto(token, came, where=better)


class Decoder:
    """One pass over one utterance; frames may come in pieces."""

    def __init__(self, layout: Layout, beam: float = BEAM):
        self._layout = layout
        self._beam = beam
        self._junctions = len(layout.closure)
        self._fronts = [_Front(block) for block in layout.blocks]
        self._open = layout.closure[0].copy()
        self._open_token = np.full(self._junctions, -1, dtype=np.int32)
        self._ends: list[tuple[Real, Whole, Whole]] = []
        self.frames = 0

    def feed(self, scores: Scores) -> None:
        """Takes the next frames."""
        for frame in scores:
            self._step(frame)

    def _step(self, frame: Real) -> None:
        limit = max(float(self._open.max()), *(front.top for front in self._fronts)) - self._beam
        ended = np.full(self._junctions, NEVER, dtype=np.float32)
        arcs = np.full(self._junctions, -1, dtype=np.int32)
        came = np.full(self._junctions, -1, dtype=np.int32)
        for number, front in enumerate(self._fronts):
            if front.top < limit and float(self._open[front.block.sources].max()) < limit:
                front.rest()
                continue
            front.step(frame, self._open, self._open_token)
            self._close_words(number, front, ended, arcs, came)
        reach = ended[:, None] + self._layout.closure
        origin = reach.argmax(axis=0).astype(np.int32)
        self._ends.append((ended, arcs, came))
        self._open = np.maximum(reach[origin, np.arange(self._junctions)], NEVER)
        self._open_token = (self.frames * self._junctions + origin).astype(np.int32)
        self.frames += 1

    def _close_words(self, number: int, front: _Front, ended: Real, arcs: Whole, came: Whole) -> None:
        block = front.block
        closing = front.score[block.last]
        winners = _first_best(closing, block)
        better = closing[winners] > ended[block.targets]
        winners, targets = winners[better], block.targets[better]
        ended[targets] = closing[winners]
        arcs[targets] = winners * len(self._fronts) + number
        came[targets] = front.token[block.last[winners]]

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
            which, number = divmod(int(arcs[junction]), len(self._fronts))
            arc = self._layout.blocks[number].arcs[which]
            words.append(Word(arc, start, frame + 1, float(ended[junction]) - score_before))
            token = before
        return tuple(reversed(words))


def _first_best(values: Real, block: Block) -> Whole:
    """The arc with the best value in each group."""
    tops = np.maximum.reduceat(values, block.groups)
    ties = np.flatnonzero(values == tops[block.member])
    return ties[np.searchsorted(ties, block.groups)].astype(np.int32)


def decode(layout: Layout, scores: Scores) -> Path | None:
    """The best path through all the frames; None if the grammar fits in no way."""
    decoder = Decoder(layout)
    decoder.feed(scores)
    return decoder.best(scores) if len(scores) else None


def scores_of_all(layout: Layout, scores: Scores) -> Real:
    """The score of each arc of a list (a grammar of one block) over exactly these frames."""
    front = _Front(layout.blocks[0])
    entering, tokens = layout.closure[0], np.full(len(layout.closure), -1, dtype=np.int32)
    for frame in scores:
        front.step(frame, entering, tokens)
        entering = np.full_like(entering, NEVER)
    return front.score[layout.blocks[0].last]


def align(layout: Layout, scores: Scores) -> tuple[Whole, float]:
    """Which sound each frame belongs to, for a grammar that allows one sentence.

    Returns:
        For each frame the column of its sound, and the score of the path.
    """
    path = decode(layout, scores)
    columns = np.full(len(scores), SILENCE, dtype=np.int32)
    if path is None:
        return columns, float(NEVER)
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
