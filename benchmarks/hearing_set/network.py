"""A network of one hidden layer that tells sounds apart by the symbols around a frame, learned with numpy.

It sees the symbols of a frame and its neighbours along the directions in which they vary most. What is handed
out takes the symbols themselves, as the ear does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.ears.acoustics import Scores, centred, normalised
from assistant.ears.graph import Whole

REACH, DIRECTIONS, HIDDEN = 2, 96, 192
"""How many frames before and after are seen, along how many directions, by how many units."""
PASSES, BATCH, RATE = 4, 512, 1.5e-3
"""How often everything is seen, how much of it at a time, and how big the steps are at most."""
FORGOTTEN = 0.2
"""What share of the units is left out at each step."""
_STILL = 1e-3
"""Directions that vary less than this are not stretched to the size of the others."""
_GENTLE = 300
"""Steps until the full pace is reached."""


@dataclass(frozen=True)
class Network:
    """What was learned, as `assistant.ears.acoustics.Spelling` has it."""

    inner: Scores
    """Symbols of each frame from the first neighbour to the last x hidden units."""
    inner_bias: Scores
    """By hidden unit."""
    weights: Scores
    """Hidden units x sounds."""
    bias: Scores
    """By sound."""


@dataclass(frozen=True)
class _Seen:
    """All the frames in one row, with room between utterances, and the places at which something was said."""

    frames: Scores
    places: npt.NDArray[np.int64]

    def around(self, some: Whole) -> Scores:
        """Some places with their neighbours."""
        reached = self.places[some][:, None] + np.arange(-REACH, REACH + 1)
        side_by_side: Scores = self.frames[reached].reshape(len(some), -1)
        return side_by_side


def network(heard: Sequence[Scores], sounds: Sequence[Whole], kinds: int) -> Network:
    """Learns from the symbols of each utterance and the sound of each of its frames.

    Args:
        heard: by utterance, frames x symbols.
        sounds: by utterance, the sound of each frame.
        kinds: how many sounds there are.
    """
    middle, basis = _directions(heard)
    rows = [np.pad((centred(one) - middle) @ basis, ((REACH, REACH), (0, 0)), mode="edge") for one in heard]
    starts = np.cumsum([0] + [len(row) for row in rows[:-1]]) + REACH
    places = [start + np.arange(len(one)) for start, one in zip(starts, heard, strict=True)]
    layers = _learned(_Seen(np.concatenate(rows), np.concatenate(places)), np.concatenate(sounds), kinds)
    blocks = layers[0].reshape(2 * REACH + 1, -1, HIDDEN)
    bias = layers[1] - sum(middle @ basis @ block for block in blocks)
    return Network(np.concatenate([basis @ block for block in blocks]), bias, layers[2], layers[3])


def _directions(heard: Sequence[Scores]) -> tuple[Scores, Scores]:
    """The mean of the symbols, and the directions in which they vary most, each as much as the others."""
    frames = np.concatenate([centred(one) for one in heard])
    spread, vectors = np.linalg.eigh(np.cov(frames.T.astype(np.float64)))
    most = vectors[:, ::-1][:, :DIRECTIONS] / np.sqrt(spread[::-1][:DIRECTIONS] + _STILL)
    return frames.mean(axis=0), most.astype(np.float32)


def _learned(seen: _Seen, sounds: Whole, kinds: int) -> list[Scores]:
    """Weights and biases of the two layers, found by Adam."""
    chance = np.random.default_rng(0)
    width = seen.frames.shape[1] * (2 * REACH + 1)
    layers = [
        _drawn(chance, (width, HIDDEN), 2.0),
        np.zeros(HIDDEN, dtype=np.float32),
        _drawn(chance, (HIDDEN, kinds), 0.25),
        np.zeros(kinds, dtype=np.float32),
    ]
    steep, wide = [np.zeros_like(one) for one in layers], [np.zeros_like(one) for one in layers]
    steps = PASSES * (len(sounds) // BATCH)
    order = np.concatenate([chance.permutation(len(sounds)) for _ in range(PASSES)])
    for step in range(1, steps + 1):
        some = order[(step - 1) * BATCH : step * BATCH]
        slopes = _slopes(layers, seen.around(some), sounds[some], chance)
        pace = RATE * min(1.0, step / _GENTLE) * 0.5 * (1 + np.cos(np.pi * step / steps))
        for layer, slope, down, across in zip(layers, slopes, steep, wide, strict=True):
            down += 0.1 * (slope - down)
            across += 0.001 * (slope * slope - across)
            layer -= pace * (down / (1 - 0.9**step)) / (np.sqrt(across / (1 - 0.999**step)) + 1e-8)
    return layers


def _drawn(chance: np.random.Generator, shape: tuple[int, int], size: float) -> Scores:
    return chance.standard_normal(shape, dtype=np.float32) * np.float32(np.sqrt(size / shape[0]))


def _slopes(
    layers: Sequence[Scores], seen: Scores, sounds: Whole, chance: np.random.Generator
) -> tuple[Any, ...]:
    """Which way each layer has to go, with some of the units left out by chance."""
    inner, inner_bias, weights, bias = layers
    reached = seen @ inner + inner_bias
    kept = (chance.random(reached.shape, dtype=np.float32) > FORGOTTEN) / np.float32(1 - FORGOTTEN)
    hidden = np.maximum(reached, 0) * kept
    missed = np.exp(normalised(hidden @ weights + bias))
    missed[np.arange(len(sounds)), sounds] -= 1
    missed /= np.float32(len(sounds))
    back = (missed @ weights.T) * kept * (reached > 0)
    return seen.T @ back, back.sum(axis=0), hidden.T @ missed, missed.sum(axis=0)
