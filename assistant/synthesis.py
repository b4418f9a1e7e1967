"""Renders sentences to WAV files with pyttsx3 and espeak-ng.

espeak-ng is GPL-3 and optional: it is loaded here at run time, from the wheel `espeakng-loader` or from the
system. Everything must be called from one thread; pyttsx3 shares one engine in a process and hangs otherwise.
"""

import atexit
import ctypes
import gc
import os
import re
import threading
import wave
from pathlib import Path
from typing import Any

from assistant import japanese_voice
from assistant.tone import NoVoiceHere, Tone

RATE_HZ = 22_050
"""Samples a second of what espeak-ng makes."""
MEI = "mei"
"""The voice of the Japanese extra; every other name is espeak-ng's."""
KANA_ONLY = "ja"
"""espeak-ng's Japanese voice."""
_PATIENCE_S = 5.0
_KANJI = re.compile("[\u3400-\u9fff々]")
_engine: Any = None  # kept for the process's life: pyttsx3 drops its driver's callbacks with it


def own_voice(locale: str) -> str:
    """The voice of a language, where none was chosen."""
    if locale == "ja":
        return MEI if japanese_voice.is_there() else KANA_ONLY
    return "en-us"


def render(text: str, tone: Tone, file: Path) -> None:
    """Renders one sentence.

    Args:
        text: not empty.
        tone: how it sounds.
        file: where the WAV goes; replaced.

    Raises:
        NoVoiceHere: no engine, it made nothing of the text, or it cannot read it.
    """
    if tone.voice == MEI:
        return japanese_voice.render_japanese(text, tone, file)
    if tone.voice.split("+")[0] == KANA_ONLY and _KANJI.search(text):
        raise NoVoiceHere("espeak-ng reads no kanji. Install the extra japanese-voice.")
    return _render_by_espeak(text, tone, file)


def _render_by_espeak(text: str, tone: Tone, file: Path) -> None:
    engine = _ready()
    file.unlink(missing_ok=True)
    for _ in range(2):  # the first one of a process can come back early and leave no file
        _once(engine, text, tone, file)
        if _has_sound(file):
            return
    raise NoVoiceHere("The speech engine made no sound.")


def voices(locale: str) -> tuple[str, ...]:
    """The engine's voices for a language, as `Tone` takes them.

    Raises:
        NoVoiceHere: no engine.
    """
    found = _ready().getProperty("voices")
    return tuple(str(voice.id) for voice in found if any(_speaks(lang, locale) for lang in voice.languages))


def _speaks(language: object, locale: str) -> bool:
    text = language.decode("ascii", "ignore") if isinstance(language, bytes) else str(language)
    return text.strip("\x00\x01\x02\x03\x04\x05\x06\x07").split("-")[0] == locale


def _once(engine: Any, text: str, tone: Tone, file: Path) -> None:
    finished = threading.Event()
    token = engine.connect("finished-utterance", lambda **_: finished.set())
    try:
        _set_tone(engine, tone)
        engine.save_to_file(text, str(file))
        engine.runAndWait()
        finished.wait(_PATIENCE_S)  # espeak-ng calls back from a thread of its own, at times after the return
    except (RuntimeError, ValueError, OSError) as broken:
        raise NoVoiceHere(f"The speech engine failed: {broken}") from broken
    finally:
        engine.disconnect(token)


def _set_tone(engine: Any, tone: Tone) -> None:
    """Sets the tone at once: through the engine's queue it can come one sentence late, or be cancelled."""
    from pyttsx3.drivers import _espeak

    driver = engine.proxy._driver
    driver._stopping = False  # left over from the sentence before, it would cancel this one
    _espeak.Synchronize()
    driver.setProperty("voice", tone.voice)
    driver.setProperty("rate", tone.words_a_minute)
    driver.setProperty("volume", tone.volume)
    _espeak.Synchronize()


def _has_sound(file: Path) -> bool:
    try:
        with wave.open(str(file), "rb") as sound:
            return sound.getnframes() > 0
    except (OSError, EOFError, wave.Error):
        return False


def read_wave(file: Path) -> tuple[int, Any]:
    """Samples a second, and mono samples of 16 bits as a numpy array."""
    import numpy as np

    with wave.open(str(file), "rb") as sound:
        return sound.getframerate(), np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2")


def _ready() -> Any:
    global _engine
    if _engine is None:
        _load_library()
        try:
            import pyttsx3
            from pyttsx3.drivers import espeak

            espeak.print = _quiet  # it prints on standard output, which belongs to our JSON lines
            _engine = pyttsx3.init("espeak")
            atexit.register(_let_go)
        except Exception as missing:  # what a missing or broken library raises differs by platform
            raise NoVoiceHere("No speech engine is installed.") from missing
    return _engine


def _let_go() -> None:
    """Drops the engine while the modules that its end needs are still there."""
    global _engine
    _engine = None
    gc.collect()


def _quiet(*_: object, **__: object) -> None:
    """Prints nothing."""


def _load_library() -> None:
    """Makes the wheel's library the one that pyttsx3 finds; without the wheel, the system's is used."""
    try:
        import espeakng_loader

        os.environ.setdefault("ESPEAK_DATA_PATH", espeakng_loader.get_data_path())
        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
    except (ImportError, OSError):
        return
