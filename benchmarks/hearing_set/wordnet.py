"""What WordNet knows of things that people buy, of people, and how verbs are used in whole sentences.

The files are those of the Debian package wordnet-base (Princeton University, WordNet License).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from benchmarks.hearing_set.frequent import frequent_words

FOLDER = Path("/usr/share/wordnet")
REMEDY = "wordnet-base is not here; install the Debian package wordnet-base."

_THINGS, _FOOD, _PEOPLE = 6, 13, 18
"""WordNet's numbers for man-made objects, food and drink, and persons (lexnames(5WN))."""
_WORD = re.compile(r"[a-z']+")
_PLAIN = re.compile(r"[A-Za-z' ,]+[.!?]?")
_QUOTED = re.compile(r'"([^"]+)"')
_SHORTEST, _LONGEST = 4, 11


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    """How frequent each word is that the dictionary can pronounce; 0 is the most frequent."""
    return {word: rank for rank, word in enumerate(frequent_words(200_000))}


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[int, ...]]:
    """Each noun's kinds of meaning, the usual first."""
    kinds = {line[:8]: int(line[9:11]) for line in _lines("data.noun")}
    found = {}
    for line in _lines("index.noun"):
        name, _, count, *rest = line.split()
        found[name.replace("_", " ")] = tuple(kinds[place] for place in rest[-int(count) :])
    return found


def _lines(name: str) -> Iterator[str]:
    with (FOLDER / name).open(encoding="utf-8") as lines:
        yield from (line for line in lines if not line.startswith("  "))


def _rank(phrase: str) -> int:
    """That of its rarest word."""
    return max(_ranks().get(word, 1 << 30) for word in phrase.split())


def _frequent(phrases: list[str], rarest: int) -> list[str]:
    ranked = sorted((_rank(phrase), phrase) for phrase in phrases if phrase.replace(" ", "").isalpha())
    return [phrase for rank, phrase in ranked if rank < rarest]


def goods(rarest: int, meanings: int = 1) -> list[str]:
    """Man-made things, and food and drink, of one word, the most frequent first.

    Args:
        rarest: words that are rarer than this rank are left out.
        meanings: how many of a word's meanings are asked.
    """
    kinds = {name: found[:meanings] for name, found in _meanings().items() if " " not in name}
    return _frequent([name for name, found in kinds.items() if {_THINGS, _FOOD} & set(found)], rarest)


def food(rarest: int, meanings: int = 3) -> list[str]:
    """Food and drink of one word, the most frequent first."""
    kinds = {name: found[:meanings] for name, found in _meanings().items() if " " not in name}
    return _frequent([name for name, found in kinds.items() if _FOOD in found], rarest)


def goods_of_two_words(rarest: int) -> list[str]:
    """The same of two words, as "olive oil"."""
    kinds = {name: found[0] for name, found in _meanings().items() if name.count(" ") == 1}
    return _frequent([name for name, kind in kinds.items() if kind in (_THINGS, _FOOD)], rarest)


def people(rarest: int) -> list[str]:
    """What people are, as "teacher"; a few famous names are among them."""
    kinds = {name: found[0] for name, found in _meanings().items() if " " not in name}
    return _frequent([name for name, kind in kinds.items() if kind == _PEOPLE], rarest)


def sentences() -> list[str]:
    """Short sentences that show how verbs are used, of words that the dictionary can pronounce."""
    quoted = [text.strip() for line in _lines("data.verb") for text in _QUOTED.findall(line)]
    plain = [text for text in dict.fromkeys(quoted) if _PLAIN.fullmatch(text)]
    return [text for text in plain if _is_short(text) and _rank(" ".join(_words(text))) < 1 << 30]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _is_short(text: str) -> bool:
    return _SHORTEST <= len(_words(text)) <= _LONGEST
