"""The acoustic model of `hama`: samples in, one score per sound and frame out.

`hama` hands out only decoded symbols; the log-probabilities per frame come from an internal call. It is
wrapped here and nowhere else, and a test holds its shapes (hama is pinned to the exact version).
"""

from dataclasses import dataclass
from functools import cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt

from assistant.ears.interface import EarUnavailable, Samples
from assistant.ears.phones import NAMES, PHONES, SILENCE

FRAME_S = 0.02
"""Seconds of one frame of scores."""

Scores = npt.NDArray[np.float32]
"""Frames x sounds, natural logarithms."""

_FLOOR = float(np.exp(-7.0))
_QUIETEST = 0.05


@dataclass
class AcousticModel:
    """The phoneme model, loaded once per process (about 0.3 s, 30 MB)."""

    def __post_init__(self) -> None:
        try:
            from hama.asr import ASRModel
        except ImportError as missing:
            raise EarUnavailable("The phoneme ear needs the package hama; run `make run` again.") from missing
        self._model = ASRModel()

    def scores(self, samples: Samples) -> Scores:
        """How well each sound fits each frame.

        Args:
            samples: mono, 16 kHz.

        Returns:
            Frames x (39 sounds + silence), natural logarithms.
        """
        if len(samples) < 800:
            return np.zeros((0, SILENCE + 1), dtype=np.float32)
        peak = float(np.abs(samples).max())
        wave = samples * np.float32(0.7 / max(peak, _QUIETEST))
        model = self._model
        found, _ = model.session.run(
            ["log_probs", "out_lengths"],
            {"waveform": wave[None].astype(np.float32), "waveform_lengths": np.array([len(wave)])},
        )
        fits: Scores = np.log(np.exp(found[0]) @ self._spelling.T).astype(np.float32)
        return fits

    @cached_property
    def _spelling(self) -> Scores:
        """Sounds x symbols of the model: how often the symbol stands for the sound."""
        symbols = {symbol: column for column, symbol in enumerate(self._model.decoder_tokens)}
        table = np.full((SILENCE + 1, len(symbols)), _FLOOR, dtype=np.float32)
        for row, name in enumerate(NAMES):
            for symbol in PHONES[name].split():
                table[row, symbols[symbol]] = 1.0
        for symbol in ("<wb>", "<blank>"):
            table[SILENCE, symbols[symbol]] = 1.0
        return table


def data_file(name: str) -> bytes:
    """A file that ships beside this module."""
    return resources.files("assistant.ears").joinpath(name).read_bytes()
