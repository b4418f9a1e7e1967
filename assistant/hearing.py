"""Brings the ears in: which one, and one recording or one stream, heard off the loop."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from assistant.ears.interface import Ear, Heard, Samples, Vocabulary

STANDARD_INPUT = "-"


def make_ear(engine: str, *, allow_network: bool = False) -> Ear:
    """The ear of that name; without a name the best that works here.

    Raises:
        EarUnavailable: there is none.
    """
    from assistant.ears.choose import best_ear, ear_named

    return ear_named(engine, allow_network=allow_network) if engine else best_ear()


async def hear_recording(source: str, ear: Ear, vocabulary: Vocabulary) -> Heard:
    """Hears a recording, the one way in for `--listen FILE` and `--listen -`.

    Raw samples on standard input are heard as they come, up to the end of the first utterance.

    Raises:
        SourceError: the recording cannot be used; its sentence says why.
        EarUnavailable: the engine cannot be used here.
    """
    return await asyncio.to_thread(_hear, source, ear, vocabulary)


def _hear(source: str, ear: Ear, vocabulary: Vocabulary) -> Heard:
    import sys

    from assistant.sources.files import read_file
    from assistant.sources.streams import recording_or_stream

    ear.prepare(vocabulary)
    if source != STANDARD_INPUT:
        return ear.hear(read_file(Path(source)))
    given = recording_or_stream(sys.stdin.buffer)
    return _first_utterance(ear, given) if isinstance(given, Iterator) else ear.hear(given)


def _first_utterance(ear: Ear, pieces: Iterator[Samples]) -> Heard:
    """What is said first in a stream.

    Raises:
        NoSpeech: the stream has ended, and nobody spoke.
    """
    from assistant.sources.errors import NoSpeech
    from assistant.utterances import Utterances

    utterances = Utterances(ear, lambda: "order")
    for samples in pieces:
        for heard in utterances.push(samples):
            return heard
    raise NoSpeech("I heard nobody speak.")
