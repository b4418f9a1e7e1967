"""The acoustic model of `hama`: samples in, one score per sound and frame out.

`hama` hands out only decoded symbols; the log-probabilities per frame come from an internal call. It is
wrapped here and nowhere else, and a test holds its shapes (hama is pinned to the exact version).
"""

from dataclasses import dataclass
from functools import cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt

from assistant.ears.interface import SAMPLE_RATE, EarUnavailable, Samples

FRAME_S = 0.02
"""Seconds of one frame of scores."""

Scores = npt.NDArray[np.float32]
"""Frames x sounds, natural logarithms."""

_QUIETEST = 0.05
_SHORTEST = SAMPLE_RATE // 20


_FLATTER = np.float32(0.7)
"""The model is too sure of itself in noise."""
_BLANK_HANDICAP = np.float32(1.0)
"""Taken off the blank, which swallows sounds in noise."""


@dataclass(frozen=True)
class Spelling:
    """Which sound the model's symbols stand for: the mean of two judgements of each frame.

    One asks which sound would be written so, whatever is around it. The other, a network of one hidden layer
    that sees the frame and its neighbours together, tells sounds apart more finely, but knows only speech
    like that it learned from.
    """

    table: Scores
    """Sounds x symbols: how likely the symbol is written where the sound is said."""
    inner: Scores
    """Symbols of each frame from the first neighbour to the last x hidden units."""
    inner_bias: Scores
    """By hidden unit."""
    weights: Scores
    """Hidden units x sounds."""
    bias: Scores
    """By sound."""
    offset: Scores
    """By sound: taken off its score, as silence is so frequent that it would be found everywhere."""
    blank: int
    """Which symbol says that nothing new is said."""

    @classmethod
    def learned(cls, blank: int) -> "Spelling":
        """What `benchmarks/learn_spelling.py` learned."""
        with resources.files("assistant.ears").joinpath("spelling.npz").open("rb") as file:
            told = {name: part.astype(np.float32) for name, part in np.load(file).items()}
        return cls(**told, blank=blank)

    def fits(self, symbols: Scores) -> Scores:
        """Frames x (39 sounds + silence), natural logarithms, from frames x symbols."""
        return (self.written_so(symbols) + self.told_apart(symbols)) * np.float32(0.5)

    def written_so(self, symbols: Scores) -> Scores:
        """The first judgement."""
        flat = symbols * _FLATTER
        flat[:, self.blank] -= _BLANK_HANDICAP
        written: Scores = np.log(np.exp(normalised(flat)) @ self.table.T)
        return written

    def told_apart(self, symbols: Scores) -> Scores:
        """The second judgement."""
        reach = len(self.inner) // symbols.shape[1] // 2
        hidden = np.maximum(neighbours(symbols, reach) @ self.inner + self.inner_bias, 0)
        told: Scores = normalised(hidden @ self.weights + self.bias) - self.offset
        return told


class AcousticModel:
    """The phoneme model, loaded once per process (about 0.3 s, 30 MB)."""

    def __init__(self) -> None:
        try:
            from hama.asr import ASRModel
        except ImportError as missing:
            raise EarUnavailable("The phoneme ear needs the package hama; run `make run` again.") from missing
        self._model = ASRModel()
        self.names: list[str] = list(self._model.decoder_tokens)

    @cached_property
    def spelling(self) -> Spelling:
        """What its symbols mean in sounds."""
        return Spelling.learned(self.names.index("<blank>"))

    def scores(self, samples: Samples) -> Scores:
        """How well each sound fits each frame.

        Args:
            samples: mono, 16 kHz.

        Returns:
            Frames x (39 sounds + silence), natural logarithms.
        """
        return self.spelling.fits(self.symbols(samples))

    def symbols(self, samples: Samples) -> Scores:
        """The model's own output: frames x symbols, natural logarithms. No frame if there are under 50 ms."""
        if len(samples) < _SHORTEST:
            return np.zeros((0, len(self.names)), dtype=np.float32)
        wave = samples * np.float32(0.7 / max(float(np.abs(samples).max()), _QUIETEST))
        found, _ = self._model.session.run(
            ["log_probs", "out_lengths"],
            {"waveform": wave[None].astype(np.float32), "waveform_lengths": np.array([len(wave)])},
        )
        told: Scores = found[0]
        return told


def normalised(scores: Scores) -> Scores:
    """Natural logarithms whose probabilities are 1 together, in each row."""
    if not len(scores):
        return scores
    lowered = scores - scores.max(axis=1, keepdims=True)
    sums: Scores = lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True))
    return sums


def centred(symbols: Scores) -> Scores:
    """Each frame without its mean."""
    around_zero: Scores = symbols - symbols.mean(axis=1, keepdims=True)
    return around_zero


def neighbours(symbols: Scores, reach: int) -> Scores:
    """Each frame beside those before and after it, without their means; the outermost frames repeat."""
    if not len(symbols):
        return np.zeros((0, symbols.shape[1] * (2 * reach + 1)), dtype=np.float32)
    padded = np.pad(centred(symbols), ((reach, reach), (0, 0)), mode="edge")
    return np.concatenate([padded[at : at + len(symbols)] for at in range(2 * reach + 1)], axis=1)
