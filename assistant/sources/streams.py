"""Sound that arrives in pieces: an open microphone, a recording played to the ear, standard input."""

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import speech_recognition as sr

from assistant.ears.interface import SAMPLE_RATE, Samples
from assistant.sources.errors import FileEmpty, NoMicrophone
from assistant.sources.files import LONGEST_S, read_bytes
from assistant.sources.microphone import CHUNK

_SIGNATURES = (b"RIFF", b"FORM", b"fLaC")


def from_microphone(source: sr.AudioSource) -> Iterator[Samples]:
    """The samples of an entered source at 16 kHz, 32 ms at a time, until it is left.

    Raises:
        NoMicrophone: if the microphone goes away.
    """
    while source.stream is not None:
        raw = source.stream.read(CHUNK)
        if not raw:
            raise NoMicrophone("The microphone went away. Plug it in again, or type instead.")
        yield _samples(raw)


def from_recording(samples: Samples) -> Iterator[Samples]:
    """A recording as a microphone would give it, with half a second of silence after it."""
    for start in range(0, len(samples), CHUNK):
        yield samples[start : start + CHUNK]
    yield np.zeros(SAMPLE_RATE // 2, dtype=np.float32)


def recording_or_stream(stream: BinaryIO) -> Samples | Iterator[Samples]:
    """A whole WAV, AIFF or FLAC recording, or raw 16-bit mono samples at 16 kHz as they come.

    Raises:
        FileEmpty: if nothing comes.
        FileUnreadable, FileTooLong: as for a file.
    """
    start = stream.read(4)
    if not start:
        raise FileEmpty("Standard input is empty. Pipe a recording or raw samples into it.", name="-")
    if start in _SIGNATURES:
        limit = int(LONGEST_S * 4 * 48_000)
        return read_bytes(start + stream.read(limit), "standard input")
    return _as_they_come(start, stream)


def _as_they_come(start: bytes, stream: BinaryIO) -> Iterator[Samples]:
    rest = start
    while raw := stream.read(CHUNK * 2):
        rest += raw
        whole = len(rest) // 2 * 2
        yield _samples(rest[:whole])
        rest = rest[whole:]
    yield np.zeros(SAMPLE_RATE // 2, dtype=np.float32)


def _samples(raw: bytes) -> Samples:
    return np.frombuffer(raw, dtype="<i2").astype(np.float32) / np.float32(32768)
