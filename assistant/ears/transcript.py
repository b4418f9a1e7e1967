"""Ears that write down words first, and a reader that finds the order in them.

The recognisers are SpeechRecognition's and faster-whisper's. They know nothing of catalogue and contacts
while they listen, so they hear fewer orders exactly than the ears with a grammar, but free speech better.
"""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import speech_recognition as sr

from assistant.ears.interface import (
    SAMPLE_RATE,
    Action,
    EarUnavailable,
    Heard,
    Hearing,
    Mode,
    Samples,
    Vocabulary,
    WholeHearing,
)
from assistant.sources.files import audio_of

WHISPER_FOLDER = "NOD_WHISPER_MODEL"
"""Environment variable with the folder of a faster-whisper model."""
SPEECH_KEY = "NOD_SPEECH_KEY"
"""Environment variable with the key of a recogniser in the network."""
IN_THE_NETWORK = ("google", "wit", "azure", "houndify", "openai", "groq", "assemblyai", "lex")
"""SpeechRecognition's recognisers that send the recording away."""

Write = Callable[[Samples], str]
"""Turns samples into words; "" if none were understood."""
Read = Callable[[str], Heard]
"""Finds the order in a line of words."""


class TranscriptEar:
    """A recogniser of words, and the reader of typed lines behind it."""

    def __init__(self, name: str, write: Callable[[Vocabulary], Write]) -> None:
        """
        Args:
            name: the engine's name.
            write: given the vocabulary, makes the recogniser.
        """
        self.name = name
        self._make = write
        self._write: Write | None = None
        self._read: Read | None = None

    def prepare(self, vocabulary: Vocabulary) -> None:
        """Loads the recogniser and builds the reader (see `Ear.prepare`)."""
        from assistant.understand import Reader

        self._write = self._make(vocabulary)
        self._read = Reader(vocabulary).read

    def hear(self, samples: Samples, mode: Mode = "order") -> Heard:  # noqa: ARG002 - the reader knows both
        """Hears one whole utterance (see `Ear.hear`)."""
        if self._write is None or self._read is None:
            raise EarUnavailable("The ear was not told what can be bought.", "not_prepared")
        started = time.process_time()
        text = self._write(samples)
        audio_s = len(samples) / SAMPLE_RATE
        heard = self._read(text) if text else Heard(Action.NONE, self.name, audio_s, 0.0, reason="no_speech")
        return replace(heard, engine=self.name, audio_s=audio_s, cpu_s=time.process_time() - started)

    def listen(self, mode: Mode = "order") -> Hearing:
        """Starts an utterance whose samples come in pieces (see `Ear.listen`)."""
        return WholeHearing(lambda samples: self.hear(samples, mode))


def whisper_ear() -> TranscriptEar:
    """faster-whisper with a model folder of this machine.

    Raises:
        EarUnavailable: if the package or the folder is missing; nothing is ever downloaded.
    """
    folder = os.environ.get(WHISPER_FOLDER, "")
    if not folder or not (Path(folder) / "model.bin").is_file():
        raise EarUnavailable(
            f"Whisper needs a model folder: set {WHISPER_FOLDER} to one with a model.bin in it.",
            "model_missing",
        )
    try:
        from faster_whisper import WhisperModel
    except ImportError as missing:
        raise EarUnavailable("Whisper needs the package faster-whisper: install nod[whisper].") from missing
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
    return TranscriptEar("whisper", lambda vocabulary: _whisper(model, vocabulary))


def _whisper(model: Any, vocabulary: Vocabulary) -> Write:
    names = [nickname.spoken_as or nickname.text for nickname in vocabulary.nicknames[:20]]
    primer = ", ".join([*names, *(item.name for item in vocabulary.items[:60])])

    def write(samples: Samples) -> str:
        pieces, _ = model.transcribe(
            samples, language=vocabulary.locale, beam_size=1, initial_prompt=primer, without_timestamps=True
        )
        return " ".join(piece.text.strip() for piece in pieces)

    return write


def network_ear(name: str) -> TranscriptEar:
    """One of SpeechRecognition's recognisers that need the network."""
    return TranscriptEar(name, lambda vocabulary: _in_the_network(name, vocabulary))


def _in_the_network(name: str, vocabulary: Vocabulary) -> Write:
    recognise = getattr(sr.Recognizer(), f"recognize_{name}", None)
    if recognise is None:
        raise EarUnavailable(f"This SpeechRecognition has no recogniser {name}.", "engine_unknown")
    key = os.environ.get(SPEECH_KEY)
    options = {"key": key} if key else {}
    if name == "google":
        options["language"] = {"en": "en-US", "ja": "ja-JP"}[vocabulary.locale]

    def write(samples: Samples) -> str:
        try:
            return str(recognise(audio_of(samples), **options))
        except sr.UnknownValueError:
            return ""
        except (sr.RequestError, OSError, TypeError) as failed:
            raise EarUnavailable(
                f"{name} could not be reached or refused: {failed}. Use --engine phoneme.", "network"
            ) from failed

    return write
