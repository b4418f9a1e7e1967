"""Microphones as SpeechRecognition's `AudioSource`, so that its own `listen` works with each of them.

parec          a child process of PulseAudio or PipeWire; needs the fewest packages
sounddevice    PortAudio through the package that pocketsphinx brings; needs libportaudio2
PyAudio        SpeechRecognition's own `Microphone`, if PyAudio is there
"""

import shutil
import subprocess
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import speech_recognition as sr

from assistant.ears.interface import SAMPLE_RATE
from assistant.sources.errors import NoMicrophone

CHUNK = 512
"""Samples of one read: 32 ms, what the voice detector takes."""
_REMEDY = "Install pulseaudio-utils or libportaudio2 and plug a microphone in, or type instead."


def open_microphone() -> sr.AudioSource:
    """The first kind of microphone that this machine has; enter it to start recording.

    Raises:
        NoMicrophone: if there is none; the sentence says what to install.
    """
    for kind in (ParecMicrophone, SoundDeviceMicrophone, _pyaudio):
        try:
            return kind()
        except NoMicrophone:
            continue
    raise NoMicrophone(f"There is no microphone here. {_REMEDY}")


class ParecMicrophone(sr.AudioSource):  # type: ignore[misc]
    """PulseAudio's recorder as a child process."""

    SAMPLE_RATE = SAMPLE_RATE
    SAMPLE_WIDTH = 2
    CHUNK = CHUNK

    def __init__(self, device: str | None = None) -> None:
        """
        Raises:
            NoMicrophone: if parec is not installed, or no sound server with an input answers.
        """
        if shutil.which("parec") is None or shutil.which("pactl") is None:
            raise NoMicrophone(f"parec is not installed. {_REMEDY}")
        if not _pulse_has_input():
            raise NoMicrophone(f"The sound server has no input, or there is none. {_REMEDY}")
        self._device = [f"--device={device}"] if device else []
        self._child: subprocess.Popen[bytes] | None = None
        self.stream: _ChildStream | None = None

    def __enter__(self) -> Self:
        shape = ["--format=s16le", f"--rate={SAMPLE_RATE}", "--channels=1", "--latency-msec=32", "--raw"]
        self._child = subprocess.Popen(
            ["parec", *shape, *self._device],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.stream = _ChildStream(self._child)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        child, self._child, self.stream = self._child, None, None
        if child is None:
            return
        child.terminate()
        try:
            child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdout:
            child.stdout.close()


class _ChildStream:
    """Reads samples from a child's standard output."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child

    def read(self, frames: int) -> bytes:
        """The next `frames` samples of 16 bits; empty when the child is gone."""
        return self._child.stdout.read(frames * 2) if self._child.stdout else b""


class SoundDeviceMicrophone(sr.AudioSource):  # type: ignore[misc]
    """PortAudio through sounddevice."""

    SAMPLE_RATE = SAMPLE_RATE
    SAMPLE_WIDTH = 2
    CHUNK = CHUNK

    def __init__(self) -> None:
        """
        Raises:
            NoMicrophone: if PortAudio is not installed or knows no input.
        """
        try:
            import sounddevice

            sounddevice.query_devices(kind="input")
        except Exception as missing:  # PortAudio's absence is an OSError, a missing input its own error
            raise NoMicrophone(f"PortAudio has no input. {_REMEDY}") from missing
        self._open: Callable[..., Any] = sounddevice.RawInputStream
        self._raw: Any = None
        self.stream: _PortStream | None = None

    def __enter__(self) -> Self:
        self._raw = self._open(samplerate=SAMPLE_RATE, channels=1, dtype="int16", blocksize=CHUNK)
        self._raw.start()
        self.stream = _PortStream(self._raw)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        raw, self._raw, self.stream = self._raw, None, None
        if raw is not None:
            raw.stop()
            raw.close()


class _PortStream:
    """Reads samples from PortAudio."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def read(self, frames: int) -> bytes:
        """The next `frames` samples of 16 bits."""
        samples, _ = self._raw.read(frames)
        return bytes(samples)


def _pyaudio() -> sr.AudioSource:
    try:
        return sr.Microphone(sample_rate=SAMPLE_RATE, chunk_size=CHUNK)
    except (AttributeError, OSError) as missing:
        raise NoMicrophone(f"PyAudio is not installed or has no input. {_REMEDY}") from missing


def _pulse_has_input() -> bool:
    try:
        told = subprocess.run(
            ["pactl", "list", "short", "sources"], capture_output=True, text=True, timeout=3, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0 and bool(told.stdout.strip())
