"""The acoustic model of `hama`: samples in, one score per sound and frame out.

`hama` hands out only decoded symbols; the log-probabilities per frame come from an internal call. It is
wrapped here and nowhere else, and a test holds its shapes (hama is pinned to the exact version).
"""

import json
from importlib import resources

import numpy as np
import numpy.typing as npt

from assistant.ears.interface import SAMPLE_RATE, EarUnavailable, Samples
from assistant.ears.phones import NAMES, SILENCE

FRAME_S = 0.02
"""Seconds of one frame of scores."""

Scores = npt.NDArray[np.float32]
"""Frames x sounds, natural logarithms."""

_RARE = 1e-4
_QUIETEST = 0.05
_SHORTEST = SAMPLE_RATE // 20


class AcousticModel:
    """The phoneme model, loaded once per process (about 0.3 s, 30 MB)."""

    def __init__(self) -> None:
        try:
            from hama.asr import ASRModel
        except ImportError as missing:
            raise EarUnavailable("The phoneme ear needs the package hama; run `make run` again.") from missing
        self._model = ASRModel()
        self.names: list[str] = list(self._model.decoder_tokens)
        self.spelling = _spelling(self.names)

    def scores(self, samples: Samples) -> Scores:
        """How well each sound fits each frame.

        Args:
            samples: mono, 16 kHz.

        Returns:
            Frames x (39 sounds + silence), natural logarithms.
        """
        return self.fits(self.symbols(samples))

    def symbols(self, samples: Samples) -> Scores:
        """The model's own output: frames x symbols, probabilities. No frame if there are under 50 ms."""
        if len(samples) < _SHORTEST:
            return np.zeros((0, len(self.names)), dtype=np.float32)
        wave = samples * np.float32(0.7 / max(float(np.abs(samples).max()), _QUIETEST))
        found, _ = self._model.session.run(
            ["log_probs", "out_lengths"],
            {"waveform": wave[None].astype(np.float32), "waveform_lengths": np.array([len(wave)])},
        )
        probabilities: Scores = np.exp(found[0])
        return probabilities

    def fits(self, symbols: Scores) -> Scores:
        """The model's symbols weighed by how often they stand for each sound (see `scores`)."""
        weighed: Scores = np.log(symbols @ self.spelling.T)
        return weighed


def _spelling(names: list[str]) -> Scores:
    """Sounds x symbols of the model: how likely the model writes the symbol where the sound was said."""
    columns = {symbol: column for column, symbol in enumerate(names)}
    told = json.loads(resources.files("assistant.ears").joinpath("spelling.json").read_text("utf-8"))
    table = np.full((SILENCE + 1, len(names)), _RARE, dtype=np.float32)
    for row, sound in enumerate([*NAMES, "silence"]):
        for symbol, weight in told[sound].items():
            table[row, columns[symbol]] = weight
    return table
