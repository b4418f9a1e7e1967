"""How sure one can be of what was heard: each word against everything else that could have been said there.

A grammar always finds something. Whether it was said shows in three comparisons over the same frames: with
any sounds at all (a loop over all of them), with everyday words that nobody can order, and with the other
entries of the same list. A slot's confidence weighs them; the weights were learned on the tuning half.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

import numpy as np

from assistant.ears.acoustics import Scores
from assistant.ears.graph import Arc, Graph, Layout, lay_out
from assistant.ears.lexicon import Lexicon
from assistant.ears.phones import SILENCE
from assistant.ears.viterbi import NEVER, Path, Word, scores_of_all

ANY_SOUND = 3.0
"""What each sound of the loop costs (natural logarithm), about the logarithm of how many there are."""
FAR = 25.0
"""Differences beyond this say no more."""
EVERYDAY = "\x00everyday"
"""The value of words that nobody can order."""

_RIVAL_WORDS = {"item": "everyday.txt", "nickname": "people.txt", "quantity": None}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One word of the best path against its rivals; natural logarithms."""

    any_sound: float
    """A sound against the best sounds whatever, for each sound of the word."""
    everyday: float
    """Against the best everyday word, for each sound."""
    second: float
    """Against the next entry of the same list, FAR at most."""
    sounds: int
    """How many sounds the word has."""


class Rivals:
    """The words that compete for a slot."""

    def __init__(self, slots: Graph) -> None:
        """
        Args:
            slots: the order's grammar; its item, nickname and quantity arcs are the entries of three lists.
        """
        everyday = Lexicon(word for slot in _RIVAL_WORDS for word in everyday_words(slot))
        self._layouts = {name: _list_of(name, slots, everyday) for name in _RIVAL_WORDS}

    def compare(self, word: Word, scores: Scores) -> Comparison:
        """Compares a word of the best path with what else could have been said in its frames."""
        frames = scores[word.start : word.end]
        sounds = len(word.arc.sounds)
        loose = (word.score - any_sounds(frames)) / sounds
        if word.arc.slot not in self._layouts:
            return Comparison(loose, 0.0, 0.0, sounds)
        layout = self._layouts[word.arc.slot]
        best: dict[object, float] = {}
        for arc, score in zip(layout.blocks[0].arcs, scores_of_all(layout, frames), strict=True):
            best[arc.value] = max(best.get(arc.value, NEVER), float(score))
        own = best.pop(word.arc.value)
        plain = own - best.pop(EVERYDAY, NEVER)
        second = own - max(best.values(), default=NEVER)
        return Comparison(loose, min(plain, FAR) / sounds, min(second, FAR), sounds)


def _list_of(slot: str, slots: Graph, everyday: Lexicon) -> Layout:
    graph = Graph()
    after = graph.junction()
    entries = {(arc.sounds, arc.value) for arc in slots.arcs if arc.slot == slot}
    taken = {sounds for sounds, _ in entries}
    for sounds, value in sorted(entries, key=str):
        graph.arcs.append(Arc(0, after, sounds, slot, value))
    for word in everyday_words(slot):
        for names in everyday.sounds(word)[:1]:
            graph.say(0, after, names, slot, EVERYDAY)
    graph.arcs = [arc for arc in graph.arcs if arc.value != EVERYDAY or arc.sounds not in taken]
    graph.ends.add(after)
    return lay_out(graph, alone=0)


def everyday_words(slot: str) -> list[str]:
    """Frequent English words where a thing is named, names and words for people where a person is."""
    file = _RIVAL_WORDS[slot]
    return resources.files("assistant.ears.words").joinpath(file).read_text("utf-8").split() if file else []


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


def likely(features: Iterable[float], weights: Iterable[float], bias: float) -> float:
    """A probability from weighed features (logistic)."""
    total = bias + sum(feature * weight for feature, weight in zip(features, weights, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def whole(path: Path, scores: Scores) -> float:
    """The path against any sounds, for each of its sounds."""
    sounds = sum(len(word.arc.sounds) for word in path.words)
    return (path.score - any_sounds(scores)) / max(sounds, 1)


def explained(path: Path, scores: Scores) -> float:
    """The path's sounds beside those that fit best frame by frame: what share of the utterance it is."""
    best = scores.argmax(axis=1)
    begun = np.count_nonzero((best[1:] != best[:-1]) & (best[1:] != SILENCE))
    return sum(len(word.arc.sounds) for word in path.words) / max(int(begun), 1)
