"""Recordings: WAV, AIFF and FLAC files through SpeechRecognition's `AudioFile`."""

import io
from pathlib import Path
from typing import BinaryIO

import numpy as np
import speech_recognition as sr

from assistant.ears.interface import SAMPLE_RATE, Samples
from assistant.sources.errors import FileEmpty, FileMissing, FileTooLong, FileUnreadable

LONGEST_S = 120.0
"""Seconds that one recording may last."""


def read_file(path: Path) -> Samples:
    """Reads a recording.

    Returns:
        Mono samples at 16 kHz, -1 to 1.

    Raises:
        FileMissing, FileUnreadable, FileEmpty, FileTooLong: with a sentence that names the file.
    """
    if not path.exists():
        raise FileMissing(f"There is no file {path}. Check the name.", name=str(path))
    if path.is_dir():
        raise FileUnreadable(f"{path} is a folder. Name one WAV, AIFF or FLAC file.", name=str(path))
    try:
        content = path.read_bytes()
    except OSError as refused:
        raise FileUnreadable(f"{path} cannot be read: {refused.strerror}.", name=str(path)) from refused
    return read_bytes(content, str(path))


def read_bytes(content: bytes, name: str) -> Samples:
    """Reads a recording that is already in memory; `name` is what the sentences call it (see `read_file`)."""
    if not content:
        raise FileEmpty(f"{name} is empty. Record it again.", name=name)
    return samples_of(_audio(_Rereadable(content), name))


def samples_of(audio: sr.AudioData) -> Samples:
    """SpeechRecognition's audio as mono samples at 16 kHz."""
    raw = audio.get_raw_data(convert_rate=SAMPLE_RATE, convert_width=2)
    return np.frombuffer(raw, dtype="<i2").astype(np.float32) / np.float32(32768)


def audio_of(samples: Samples) -> sr.AudioData:
    """Samples as SpeechRecognition's audio, for its own recognisers."""
    return sr.AudioData((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes(), SAMPLE_RATE, 2)


class _Rereadable(io.BytesIO):
    """`AudioFile` tries WAV and AIFF first and then reads "the rest" as FLAC; the rest must be everything."""

    def read(self, size: int | None = -1, /) -> bytes:
        return self.getvalue() if size is None or size < 0 else super().read(size)


def _audio(content: BinaryIO, name: str) -> sr.AudioData:
    """
    Raises:
        FileUnreadable: whatever SpeechRecognition's readers raise on a broken file, which is many things.
    """
    try:
        with sr.AudioFile(content) as source:
            length_s = source.DURATION
            if 0 < length_s <= LONGEST_S:
                return sr.Recognizer().record(source)
    except Exception as broken:
        raise FileUnreadable(
            f"{name} is no WAV, AIFF or FLAC recording that can be read.", name=name
        ) from broken
    if length_s > LONGEST_S:
        raise FileTooLong(
            f"{name} lasts {length_s:.0f} seconds; the most is {LONGEST_S:.0f}. Cut it.", name=name
        )
    raise FileEmpty(f"{name} holds no sound. Record it again.", name=name)
