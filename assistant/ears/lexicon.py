"""Pronunciations of whole phrases, with the few variants that ordinary speech needs."""

import re
from collections.abc import Iterable
from itertools import islice, product

from assistant.ears.pronunciations import Sounds, pronounce

VARIANTS = 3
"""Most pronunciations kept of one phrase."""

BY_HAND: dict[str, tuple[str, ...]] = {
    "grandma": ("G R AE N D M AA", "G R AE M AA", "G R AE N M AA"),
    "grandpa": ("G R AE N D P AA", "G R AE M P AA", "G R AE N P AA"),
    "for": ("F AO R", "F ER"),
    "to": ("T UW", "T AH"),
    "a": ("AH",),
    "the": ("DH AH", "DH IY"),
    "can": ("K AE N", "K AH N"),
    "of": ("AH V", "AH"),
    "nod": ("N AA D",),
    "ok": ("OW K EY",),
    "um": ("AH M",),
    "i'd": ("AY D",),
}
"""Words whose dictionary entry is missing, wrong or too narrow."""

_WORD = re.compile(r"[a-z']+")


def words_of(text: str) -> list[str]:
    """The words of a phrase, as the dictionary spells them."""
    return _WORD.findall(text.casefold().replace("’", "'").replace("-", " "))


class Lexicon:
    """Knows how every phrase that it was made with sounds."""

    def __init__(self, phrases: Iterable[str], names: Iterable[str] = ()):
        """`names` are those phrases that people are called; each of their words gets a second reading."""
        wanted = {word for phrase in phrases for word in words_of(phrase)}
        called = {word for name in names for word in words_of(name)}
        self._words: dict[str, list[Sounds]] = pronounce(wanted - BY_HAND.keys(), called - BY_HAND.keys())
        for word in wanted & BY_HAND.keys():
            self._words[word] = [tuple(sounds.split()) for sounds in BY_HAND[word]]

    def sounds(self, phrase: str) -> list[Sounds]:
        """The pronunciations of a phrase; none if one of its words cannot be pronounced."""
        parts = [self._words.get(word, []) for word in words_of(phrase)]
        if not parts:
            return []
        combined = islice(product(*parts), VARIANTS)
        return [tuple(sound for part in parts for sound in part) for parts in combined]


def plural_of(name: str) -> str:
    """The regular English plural of the last word."""
    if re.search(r"(s|x|z|ch|sh)$", name):
        return name + "es"
    if re.search(r"[^aeiou]y$", name):
        return name[:-1] + "ies"
    return name + "s"
