"""Brings the ears in: one recording, heard off the loop."""

import asyncio
from pathlib import Path

from assistant.ears.interface import Heard, Vocabulary

STANDARD_INPUT = "-"


async def hear_recording(source: str, engine: str, vocabulary: Vocabulary) -> Heard:
    """Hears a recording, the one way in for `--listen FILE` and `--listen -`.

    Raises:
        SourceError: the recording cannot be used; its sentence says why.
        EarUnavailable: the engine cannot be used here.
    """
    return await asyncio.to_thread(_hear, source, engine, vocabulary)


def _hear(source: str, engine: str, vocabulary: Vocabulary) -> Heard:
    import sys

    from assistant.ears.choose import ear_named
    from assistant.sources.files import read_bytes, read_file

    if source == STANDARD_INPUT:
        samples = read_bytes(sys.stdin.buffer.read(), "The recording on standard input")
    else:
        samples = read_file(Path(source))
    ear = ear_named(engine)
    ear.prepare(vocabulary)
    return ear.hear(samples)
