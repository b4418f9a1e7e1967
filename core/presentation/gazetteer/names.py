"""Places found by how their name begins: the other way round than `places`, from the same file.

All names are folded once into one text, the largest place first, so that a look is a search in that text.
The folding takes a moment and is done at the first look, by whoever can wait for it.
"""

import unicodedata
from array import array
from functools import cache

import msgspec

from core.domain.nickname import nickname_key
from core.domain.romaji import romaji
from core.presentation.gazetteer.places import LARGE_POPULATION, near
from core.presentation.gazetteer.world import World, world

MOST, LOOKED_AT = 8, 60
"""Matches that are given, and beginnings among which the best ones are looked for."""
_MARKS = dict.fromkeys(range(0x300, 0x370))
_KINDS = ("-ku", "-shi", "-cho", "-machi", "city", "市", "区", "町", "村", "都", "府", "県")
"""What people add to a name and the data leaves out."""
_LONG_VOWELS = (("ou", "o"), ("oo", "o"), ("uu", "u"))


class Match(msgspec.Struct, frozen=True):
    """A place whose name begins as it was typed."""

    name: str
    """In the language that was asked for."""
    region: str | None
    """The larger place around it, where a smaller match has another's name and country."""
    country: str
    """ISO 3166-1 alpha-2."""
    latitude: float
    longitude: float
    population: int
    is_exact: bool
    """Whether it was typed to the end."""


class Names:
    """The folded names of a world."""

    def __init__(self, world: World) -> None:
        """Reads all of the file's places.

        Raises:
            OSError: if the file cannot be read.
        """
        self._world = world
        entries = [
            (-row.population, column, line, number, f"\t{_key(row.name)}\t{_key(row.name_ja)}\t")
            for column, line, number, row in world.all_rows()
        ]
        entries.sort()
        self._where = array("h", (part for entry in entries for part in entry[1:4]))
        self._text = "\n" + "\n".join(entry[4] for entry in entries)

    def find(self, text: str, locale: str) -> list[Match]:
        """The places whose name begins with `text`, in either script; exact ones first, then the largest.

        Args:
            text: as typed; small and capital letters, accents and kana make no difference.
            locale: names in Japanese where it is `ja`, else in Latin letters.
        """
        found: dict[int, bool] = {}
        for key in _ways_to_write(text):
            for number, is_exact in self._beginning_with(key):
                found[number] = found.get(number, False) or is_exact
        best = sorted(found, key=lambda number: (not found[number], number))[:MOST]
        return self._told_apart([self._match(number, locale, found[number]) for number in best], locale)

    def _beginning_with(self, key: str) -> list[tuple[int, bool]]:
        """The numbers of the places, the largest first, and whether the whole name is that."""
        text, wanted = self._text, "\t" + key
        found: list[tuple[int, bool]] = []
        at, number, counted = text.find(wanted), -1, 0
        while at >= 0 and len(found) < LOOKED_AT:
            number += text.count("\n", counted, at)
            counted = at
            found.append((number, text[at + len(wanted)] == "\t"))
            at = text.find(wanted, at + 1)
        return found

    def _match(self, number: int, locale: str, is_exact: bool) -> Match:
        column, line, at = self._where[3 * number : 3 * number + 3]
        row = self._world.rows(column, line)[at]
        name = row.name_ja if locale == "ja" and row.name_ja else row.name
        return Match(name, None, row.country, row.latitude, row.longitude, row.population, is_exact)

    def _told_apart(self, found: list[Match], locale: str) -> list[Match]:
        """With the region of those that are called the same in the same country."""
        names = [(one.name, one.country) for one in found]
        return [
            msgspec.structs.replace(one, region=self._region(one, locale))
            if names.count((one.name, one.country)) > 1 and one.population < LARGE_POPULATION
            else one
            for one in found
        ]

    def _region(self, one: Match, locale: str) -> str | None:
        found = near(self._world, one.latitude, one.longitude, locale)
        return found.region if found is not None else None


@cache
def names() -> Names:
    """The names of the world, folded once; blocks at the first call."""
    return Names(world())


def _ways_to_write(text: str) -> set[str]:
    """The keys to look for: as typed, without what people add to a name, and kana in Latin letters."""
    ways = {_key(text)}
    ways |= {way.removesuffix(kind) for way in ways for kind in _KINDS if way.endswith(kind)}
    if text and not text.isascii() and (latin := romaji(text)) and len(latin) >= len(_key(text)):
        ways |= {latin, _short(latin)}
    return {way for way in ways if len(way) >= (2 if way.isascii() else 1)}


def _short(latin: str) -> str:
    for long, short in _LONG_VOWELS:
        latin = latin.replace(long, short)
    return latin


def _key(text: str) -> str:
    if text.isascii():
        return nickname_key(text)
    return nickname_key(unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_MARKS)))
