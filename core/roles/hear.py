"""`main.py hear`: the recogniser alone. Hears recordings, prints one line for each, sends nothing."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import msgspec

from assistant.ears.choose import ear_named
from assistant.ears.interface import (
    SAMPLE_RATE,
    Action,
    Ear,
    EarUnavailable,
    Heard,
    Item,
    Nickname,
    Vocabulary,
)
from assistant.sources.errors import SourceError
from assistant.sources.files import read_file
from assistant.sources.speech import has_speech


class CatalogueEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """One line of the catalogue file."""

    name: str
    """Singular."""
    plural: str | None = None
    """Where it is not regular."""
    unit: str | None = None
    """What is counted, singular."""


class CatalogueRefused(Exception):
    """The catalogue file cannot be used; the text is a sentence for a person."""


def hear(
    files: Sequence[Path],
    catalogue: Path,
    contacts: str,
    engine: str = "phoneme",
    *,
    as_json: bool = False,
    allow_network: bool = False,
    locale: str = "en",
    out: TextIO = sys.stdout,
    err: TextIO = sys.stderr,
) -> int:
    """Hears each recording and prints what was understood.

    Args:
        files: WAV, AIFF or FLAC recordings, one utterance each.
        catalogue: JSON file, a list of {"name", "plural"?, "unit"?}.
        contacts: nicknames, separated by commas.
        engine: the ear's name.
        as_json: one JSON object a line instead of a sentence.
        allow_network: whether an engine may send the recordings away.
        locale: language of the orders, "en" or "ja".

    Returns:
        The exit status: 0, 1 if a file or the engine could not be used, 2 if the catalogue could not.
    """
    try:
        vocabulary = Vocabulary(read_catalogue(catalogue), _contacts(contacts), locale)
    except CatalogueRefused as refused:
        print(refused, file=err)
        return 2
    try:
        ear = ear_named(engine, allow_network=allow_network)
        ear.prepare(vocabulary)
    except EarUnavailable as missing:
        print(missing.sentence, file=err)
        return 1
    status = 0
    for file in files:
        line = _line(ear, file)
        status |= "error" in line
        print(json.dumps(line, ensure_ascii=False) if as_json else _sentence(line), file=out, flush=True)
    return status


def read_catalogue(path: Path) -> tuple[Item, ...]:
    """
    Raises:
        CatalogueRefused: if the file is missing or is no list of named items.
    """
    try:
        entries = msgspec.json.decode(path.read_bytes(), type=list[CatalogueEntry])
    except OSError as missing:
        raise CatalogueRefused(f"The catalogue {path} cannot be read: {missing.strerror}.") from missing
    except msgspec.DecodeError as broken:
        raise CatalogueRefused(f'{path} is no list of {{"name", "plural"?, "unit"?}}: {broken}.') from broken
    if not entries:
        raise CatalogueRefused(f"{path} names nothing that could be bought.")
    return tuple(Item(entry.name, entry.plural, entry.unit) for entry in entries)


def _contacts(text: str) -> tuple[Nickname, ...]:
    names = tuple(Nickname(name.strip()) for name in text.split(",") if name.strip())
    if not names:
        raise CatalogueRefused("Give at least one contact: --contacts Momo,Grandma.")
    return names


def _line(ear: Ear, file: Path) -> dict[str, object]:
    try:
        samples = read_file(file)
        if not has_speech(samples):
            return {"file": str(file), **_silence(ear.name, len(samples) / SAMPLE_RATE).as_json()}
        return {"file": str(file), **ear.hear(samples).as_json()}
    except (SourceError, EarUnavailable) as unusable:
        return {"file": str(file), "heard": None, "error": unusable.sentence}


def _silence(engine: str, audio_s: float) -> Heard:
    return Heard(Action.NONE, engine, audio_s, 0.0, reason="no_speech")


def _sentence(line: dict[str, object]) -> str:
    if "error" in line:
        return str(line["error"])
    heard = line["heard"]
    if not isinstance(heard, dict):
        return f"{line['file']}: not an order ({line['reason']})"
    if heard["action"] != Action.ORDER:
        return f"{line['file']}: {heard['action']}"
    return f"{line['file']}: {heard['quantity']} x {heard['item']} for {heard['nickname']}"
