"""Words that compete with the catalogue and with the contacts: what else could have been said there.

Nobody can order them; who says one of them and is heard as an entry that fits less well is not believed. The
English ones are frequent words, things that people buy, given names, and words for people; see
`benchmarks/hearing_set/decoys.py`. Japanese orders are compared with the frequent words alone.
"""

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from assistant.ears.lexicon import Lexicon
from assistant.ears.phones import NUMBER

Columns = tuple[int, ...]
"""A word by the columns of its sounds."""

_WHOSE = ("my", "our", "your", "his", "her", "the")
_KIN = ("uncle", "aunt")
_NAMES_OF_KIN = 300


@lru_cache(maxsize=4)
def decoys(locale: str) -> dict[str, tuple[Columns, ...]]:
    """The decoys of each slot that has any; about 0.3 s the first time."""
    phrases = _english() if locale == "en" else _few()
    lexicon = Lexicon(phrase for slot in phrases.values() for phrase in slot)
    return {slot: _columns(lexicon, some) for slot, some in phrases.items()}


def _english() -> dict[str, list[str]]:
    names, roles = _read("names.txt"), _read("roles.txt")
    people = [
        *_read("people.txt"),
        *names,
        *(f"{whose} {role}" for role in roles for whose in _WHOSE),
        *(f"{kin} {name}" for name in names[:_NAMES_OF_KIN] for kin in _KIN),
    ]
    return {"item": [*_read("everyday.txt"), *_read("goods.txt")], "nickname": people}


def _few() -> dict[str, list[str]]:
    return {"item": _read("everyday.txt"), "nickname": _read("people.txt")}


def _read(name: str) -> list[str]:
    words = resources.files("assistant.ears.words").joinpath(name).read_text("utf-8").split()
    return [word.replace("_", " ") for word in words]


def _columns(lexicon: Lexicon, phrases: Iterable[str]) -> tuple[Columns, ...]:
    """Each phrase's usual pronunciation, once."""
    said = (sounds for phrase in phrases for sounds in lexicon.sounds(phrase)[:1])
    return tuple(dict.fromkeys(tuple(NUMBER[name] for name in sounds) for sounds in said))
