"""Speaks an order into a WAV file: how the demo says something that the real recogniser then hears.

pyttsx3 drives espeak-ng, which is loaded at run time from the optional package `espeakng-loader` or from the
system; pyttsx3 prints to standard output, which would break `--json`, so it is silenced.
"""

import contextlib
import ctypes
import io
import os
from pathlib import Path

from core.roles.errors import RoleError

WORDS_A_MINUTE = 150
VOICE = {"en": "en-us", "ja": "ja"}
HEADER_BYTES = 44


class NoVoice(RoleError):
    """No speech engine works on this machine."""

    code = "no_voice"


def speak_to_file(text: str, target: Path, locale: str = "en") -> None:
    """Speak `text` into the WAV file `target`.

    Raises:
        NoVoice: there is no speech engine, or it made no sound.
    """
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            _speak(text, target, VOICE.get(locale, locale))
    except Exception as error:  # the driver raises whatever its library does
        raise NoVoice(_sentence()) from error
    if not target.exists() or target.stat().st_size <= HEADER_BYTES:
        raise NoVoice(_sentence())


def _sentence() -> str:
    return (
        "The order cannot be spoken: no speech engine works here. Install espeak-ng, "
        "or give the order with --say TEXT or --listen FILE."
    )


def _speak(text: str, target: Path, voice: str) -> None:
    _load_library()
    import pyttsx3

    engine = pyttsx3.init("espeak")
    engine.setProperty("rate", WORDS_A_MINUTE)
    engine.setProperty("voice", voice)
    engine.save_to_file(text, str(target))
    engine.runAndWait()


def _load_library() -> None:
    """Loads the packaged espeak-ng, whose name the driver then finds; else the system's is used."""
    try:
        import espeakng_loader
    except ImportError:
        return
    os.environ.setdefault("ESPEAK_DATA_PATH", espeakng_loader.get_data_path())
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
