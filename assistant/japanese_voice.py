"""Renders Japanese with pyopenjtalk, an optional extra that brings its dictionary and the voice "Mei".

espeak-ng's own Japanese voice reads kana only: it would say "Chinese letter" for each kanji.
"""

import contextlib
import sys
import wave
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assistant.tone import USUAL_WORDS_A_MINUTE, NoVoiceHere, Tone

LOUDEST = 32_767


def is_there() -> bool:
    """Whether the extra is installed."""
    return find_spec("pyopenjtalk") is not None


def render_japanese(text: str, tone: Tone, file: Path) -> None:
    """Renders one sentence (see `synthesis.render`).

    Raises:
        NoVoiceHere: the extra is missing or fails.
    """
    import numpy as np

    try:
        samples, rate_hz = _engine().tts(text, speed=tone.words_a_minute / USUAL_WORDS_A_MINUTE)
    except Exception as failed:  # it wraps C++ code, whose failures have no type of their own
        raise NoVoiceHere(f"The Japanese speech engine failed: {failed}") from failed
    if not len(samples):
        raise NoVoiceHere("The Japanese speech engine made no sound.")
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(int(rate_hz))
        sound.writeframes(np.clip(samples * tone.volume, -LOUDEST, LOUDEST).astype("<i2").tobytes())


@cache
def _engine() -> Any:
    """The module; what it prints as it is loaded is kept off standard output, which is for our lines."""
    with contextlib.redirect_stdout(sys.stderr):
        import pyopenjtalk

        pyopenjtalk.g2p("あ")  # loads the dictionary
    return pyopenjtalk
