"""The network that the benchmark learns: what it tells apart, and that the ear judges by it as handed out."""

import numpy as np

from assistant.ears.acoustics import Scores, Spelling
from assistant.ears.graph import Whole
from benchmarks.hearing_set.network import REACH, network

SYMBOLS, BLANK = 4, 3


def _heard(seed: int) -> tuple[Scores, Whole]:
    """The sound depends on two neighbours together, so that no weighing of single symbols tells it."""
    symbols = np.zeros((4000, SYMBOLS), dtype=np.float32)
    symbols[:, :2] = np.random.default_rng(seed).choice((-1, 1), (4000, 2))
    before, after = np.roll(symbols[:, 0], 1) > 0, np.roll(symbols[:, 1], -1) > 0
    return symbols, (before != after).astype(np.int32)


def test_a_sound_that_only_the_neighbours_together_tell_is_learned() -> None:
    heard, sounds = zip(*map(_heard, range(20)), strict=True)
    known = network(heard, sounds, 2)
    nothing = np.full((2, SYMBOLS), 1 / SYMBOLS, dtype=np.float32)
    spelling = Spelling(nothing, **vars(known), offset=np.zeros(2, dtype=np.float32), blank=BLANK)
    symbols, said = _heard(99)
    found = spelling.told_apart(symbols).argmax(axis=1)
    assert np.mean((found == said)[REACH:-REACH]) > 0.9
    assert len(known.inner) == SYMBOLS * (2 * REACH + 1)


def test_the_same_recordings_give_the_same_network() -> None:
    heard, sounds = _heard(1)
    once, again = network([heard], [sounds], 2), network([heard], [sounds], 2)
    assert np.array_equal(once.inner, again.inner)
    assert np.array_equal(once.bias, again.bias)
