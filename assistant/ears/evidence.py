"""How sure one can be of what was heard: each word against everything else that could have been said there.

A grammar always finds something. Whether it was said shows in comparisons over the same frames: with any
sounds at all (a loop over all of them), with decoys that nobody can order, and with the other entries of the
same list. `confidence` weighs them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.ears.acoustics import Scores
from assistant.ears.decoys import Columns, decoys
from assistant.ears.graph import Graph
from assistant.ears.phones import SILENCE
from assistant.ears.viterbi import NEVER, Path, Word
from assistant.ears.word_list import WordList

ANY_SOUND = 3.0
"""What each sound of the loop costs (natural logarithm), about the logarithm of how many there are."""
FAR = 25.0
"""Differences beyond this say no more."""
LISTS = ("item", "nickname", "quantity")
"""The slots that are filled from a list."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One word of the best path against its rivals; natural logarithms."""

    any_sound: float
    """A sound against the best sounds whatever, for each sound of the word."""
    decoy: float
    """Against the best decoy, for each sound."""
    second: float
    """Against the next entry of the same list, FAR at most."""
    sounds: int
    """How many sounds the word has: what holds over many says more."""


class Rivals:
    """The words that compete for a slot."""

    def __init__(self, slots: Graph, locale: str) -> None:
        """
        Args:
            slots: the order's grammar; its item, nickname and quantity arcs are the entries of three lists.
            locale: the language of the decoys.
        """
        self._lists = {slot: _Entries(slot, slots, decoys(locale).get(slot, ())) for slot in LISTS}

    def compare(self, word: Word, scores: Scores) -> Comparison:
        """Compares a word of the best path with what else could have been said in its frames."""
        frames = scores[word.start : word.end]
        sounds = len(word.arc.sounds)
        loose = (word.score - any_sounds(frames)) / sounds
        if word.arc.slot not in self._lists:
            return Comparison(loose, 0.0, 0.0, sounds)
        decoy, second = self._lists[word.arc.slot].leads(word.arc.value, frames)
        return Comparison(loose, max(min(decoy, FAR), -FAR) / sounds, min(second, FAR), sounds)


class _Entries:
    """The entries of one list, and its decoys."""

    def __init__(self, slot: str, slots: Graph, unwanted: Sequence[Columns]) -> None:
        entries = sorted({(arc.sounds, arc.value) for arc in slots.arcs if arc.slot == slot}, key=str)
        taken = {sounds for sounds, _ in entries}
        others = [sounds for sounds in unwanted if sounds not in taken]
        self._values = [value for _, value in entries]
        self._words = WordList([sounds for sounds, _ in entries] + others)

    def leads(self, value: object, frames: Scores) -> tuple[float, float]:
        """How far an entry is before the best decoy, and before the next entry."""
        scores = self._words.scores(frames)
        best: dict[object, float] = {}
        for entry, score in zip(self._values, scores, strict=False):
            best[entry] = max(best.get(entry, NEVER), float(score))
        own = best.pop(value)
        decoy = float(scores[len(self._values) :].max(initial=NEVER))
        return own - decoy, own - max(best.values(), default=NEVER)


def any_sounds(scores: Scores) -> float:
    """The score of the best string of sounds whatever."""
    if not len(scores):
        return 0.0
    now = scores[0].astype(np.float64) - ANY_SOUND
    now[SILENCE] += ANY_SOUND
    for frame in scores[1:]:
        top = now.max()
        entered = np.full(SILENCE + 1, top - ANY_SOUND)
        entered[SILENCE] = top
        now = np.maximum(now, entered) + frame
    return float(now.max())


def whole(path: Path, scores: Scores, worst: float) -> tuple[float, ...]:
    """What the confidence of an utterance is made of.

    Args:
        path: the best path.
        scores: all the frames.
        worst: the least of its words' comparisons with any sounds.
    """
    sounds = max(sum(len(word.arc.sounds) for word in path.words), 1)
    return (
        (path.score - any_sounds(scores)) / sounds,
        worst,
        (path.score - float(scores.max(axis=1).sum())) / sounds,
        math.log(sounds),
    )


def explained(path: Path, scores: Scores) -> float:
    """The path's sounds beside those that fit best frame by frame: what share of the utterance it is."""
    best = scores.argmax(axis=1)
    begun = np.count_nonzero((best[1:] != best[:-1]) & (best[1:] != SILENCE))
    return sum(len(word.arc.sounds) for word in path.words) / max(int(begun), 1)
