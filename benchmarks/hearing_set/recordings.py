"""Makes the recordings of a half: each sentence by the next voice, clean and in two kinds of noise."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.ears.interface import SAMPLE_RATE, Samples
from benchmarks.hearing_set.sentences import Sentence
from benchmarks.hearing_set.voices import Voice

CONDITIONS = ("clean", "white 20 dB", "babble 20 dB", "white 10 dB", "babble 10 dB")
"""What the sentences are heard in."""

_BEFORE_S, _AFTER_S = 0.25, 0.45
_BABBLERS = 5


@dataclass(frozen=True)
class Recording:
    """One sentence by one voice, without noise."""

    sentence: Sentence
    """What is said."""
    voice: Voice
    """Who says it."""
    samples: Samples
    """Mono, 16 kHz, nothing before and after."""


def record(said: list[Sentence], voices: tuple[Voice, ...], folder: Path | None) -> Iterator[Recording]:
    """Lets the voices speak in turn.

    Args:
        said: the sentences.
        voices: the voices of the half.
        folder: where finished recordings are kept for the next run; None keeps none.
    """
    for at, sentence in enumerate(said):
        # A stride that shares no factor with the forms, so that each form meets each voice.
        voice = voices[(at + at // len(voices)) % len(voices)]
        yield Recording(sentence, voice, _said(sentence.text, voice, folder))


def _said(text: str, voice: Voice, folder: Path | None) -> Samples:
    if folder is None:
        return voice.say(text)
    key = hashlib.sha256(f"{voice} {text}".encode()).hexdigest()[:20]
    kept = folder / f"{key}.npy"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        np.save(kept, (np.clip(voice.say(text), -1, 1) * 32767).astype(np.int16))
    samples: Samples = np.load(kept).astype(np.float32) / np.float32(32768)
    return samples


def in_condition(condition: str, recording: Recording, others: list[Recording]) -> Samples:
    """The recording with a little room around it, in noise. The same noise at each call.

    Args:
        condition: one of CONDITIONS.
        recording: what is to be heard.
        others: recordings of the same half, whose voices make the babble.
    """
    before, after = int(_BEFORE_S * SAMPLE_RATE), int(_AFTER_S * SAMPLE_RATE)
    spoken = np.pad(recording.samples, (before, after))
    if condition == "clean":
        return spoken
    kind, level, _ = condition.split()
    digest = hashlib.sha256(f"{condition} {recording.voice} {recording.sentence.text}".encode()).digest()
    chance = np.random.default_rng(int.from_bytes(digest[:8]))
    noise = _white(len(spoken), chance) if kind == "white" else _babble(len(spoken), others, chance)
    loudness = np.sqrt(np.mean(np.square(recording.samples)))
    noise *= loudness / max(float(np.sqrt(np.mean(np.square(noise)))), 1e-9) * 10 ** (-int(level) / 20)
    mixed: Samples = (spoken + noise).astype(np.float32)
    return np.clip(mixed, -1, 1)


def _white(length: int, chance: np.random.Generator) -> Samples:
    return chance.standard_normal(length).astype(np.float32)


def _babble(length: int, others: list[Recording], chance: np.random.Generator) -> Samples:
    mixed = np.zeros(length, dtype=np.float32)
    for at in chance.choice(len(others), _BABBLERS, replace=False):
        voice = others[int(at)].samples
        voice = np.roll(np.resize(voice, length), int(chance.integers(length)))
        mixed += voice / max(float(np.abs(voice).max()), 1e-3)
    return mixed
