"""Makes the recordings of a half: each sentence by the next voice, clean and in two kinds of noise.

The speech engines run in a process of their own, so that they count for no ear's memory.
"""

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.ears.interface import SAMPLE_RATE, Samples
from benchmarks.hearing_set.sentences import Sentence
from benchmarks.hearing_set.voices import Voice

CONDITIONS = ("clean", "white 20 dB", "babble 20 dB", "white 10 dB", "babble 10 dB")
"""What the sentences are heard in."""

_BEFORE_S, _AFTER_S = 0.25, 0.45
_BABBLERS = 5


class Utterance(Protocol):
    """One sentence by one voice, without noise."""

    @property
    def sentence(self) -> Sentence:
        """What is said."""

    @property
    def voice(self) -> Voice:
        """Who says it."""

    @property
    def samples(self) -> Samples:
        """Mono, 16 kHz, nothing before and after."""


@dataclass(frozen=True)
class Recording:
    """An utterance in memory."""

    sentence: Sentence
    """What is said."""
    voice: Voice
    """Who says it."""
    samples: Samples
    """Mono, 16 kHz, nothing before and after."""


@dataclass(frozen=True)
class KeptRecording:
    """An utterance that lies in a file until it is asked for, so that many need no memory."""

    sentence: Sentence
    """What is said."""
    voice: Voice
    """Who says it."""
    folder: Path
    """Where it lies."""

    @property
    def file(self) -> Path:
        """Named after who says what."""
        key = hashlib.sha256(f"{self.voice} {self.sentence.text}".encode()).hexdigest()[:20]
        return self.folder / f"{key}.npy"

    @property
    def samples(self) -> Samples:
        """Mono, 16 kHz, nothing before and after."""
        samples: Samples = np.load(self.file).astype(np.float32) / np.float32(32768)
        return samples


def record(said: Iterable[Sentence], voices: tuple[Voice, ...], folder: Path) -> list[KeptRecording]:
    """Lets the voices speak in turn.

    Args:
        said: the sentences.
        voices: the voices of the half.
        folder: where the recordings go; what lies there already is not spoken again.
    """
    recordings = []
    for at, sentence in enumerate(said):
        # A stride that shares no factor with the forms, so that each form meets each voice.
        voice = voices[(at + at // len(voices)) % len(voices)]
        recordings.append(KeptRecording(sentence, voice, folder))
    unsaid = [recording for recording in recordings if not recording.file.exists()]
    if unsaid:
        with ProcessPoolExecutor(1, get_context("spawn")) as studio:
            studio.submit(_speak, unsaid).result()
    return recordings


def _speak(recordings: list[KeptRecording]) -> None:
    for recording in recordings:
        recording.folder.mkdir(parents=True, exist_ok=True)
        spoken = recording.voice.say(recording.sentence.text)
        np.save(recording.file, (np.clip(spoken, -1, 1) * 32767).astype(np.int16))


def in_condition(condition: str, recording: Utterance, others: Sequence[Utterance]) -> Samples:
    """The recording with a little room around it, in noise. The same noise at each call.

    Args:
        condition: one of CONDITIONS.
        recording: what is to be heard.
        others: recordings of the same half, whose voices make the babble.
    """
    before, after = int(_BEFORE_S * SAMPLE_RATE), int(_AFTER_S * SAMPLE_RATE)
    samples = recording.samples
    spoken = np.pad(samples, (before, after))
    if condition == "clean":
        return spoken
    kind, level, _ = condition.split()
    digest = hashlib.sha256(f"{condition} {recording.voice} {recording.sentence.text}".encode()).digest()
    chance = np.random.default_rng(int.from_bytes(digest[:8]))
    return mixed(spoken, loudness(samples), noise(kind, len(spoken), others, chance), float(level))


def loudness(samples: Samples) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(np.square(samples))))


def mixed(spoken: Samples, loud: float, noise: Samples, level_db: float) -> Samples:
    """Speech of a loudness in noise so many decibels below it."""
    scale = loud / max(loudness(noise), 1e-9) * 10 ** (-level_db / 20)
    mixture: Samples = (spoken + noise * np.float32(scale)).astype(np.float32)
    return np.clip(mixture, -1, 1)


def noise(kind: str, length: int, others: Sequence[Utterance], chance: np.random.Generator) -> Samples:
    """White noise, pink noise, or the babble of five others."""
    if kind == "babble":
        return _babble(length, others, chance)
    white = chance.standard_normal(length).astype(np.float32)
    return _pink(white) if kind == "pink" else white


def _pink(white: Samples) -> Samples:
    spectrum = np.fft.rfft(white)
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    return np.fft.irfft(spectrum, len(white)).astype(np.float32)


def _babble(length: int, others: Sequence[Utterance], chance: np.random.Generator) -> Samples:
    mixture = np.zeros(length, dtype=np.float32)
    for at in chance.choice(len(others), _BABBLERS, replace=False):
        voice = others[int(at)].samples
        voice = np.roll(np.resize(voice, length), int(chance.integers(length)))
        mixture += voice / max(float(np.abs(voice).max()), 1e-3)
    return mixture
