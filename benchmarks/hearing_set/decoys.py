"""Writes the words that compete with a catalogue and with contacts (`assistant/ears/words`).

    python -m benchmarks.hearing_set.decoys CENSUS

They are drawn from WordNet and from the given names of the United States' census of 1990 (the files
dist.female.first and dist.male.first in the folder CENSUS; the Python package names carries them), by how
frequent they are and by nothing else: neither half of the test set has a say in it.
"""

import sys
from pathlib import Path

from assistant.ears.lexicon import plural_of
from assistant.ears.pronunciations import look_up
from benchmarks.hearing_set import wordnet

WORDS = Path(__file__).parent.parent.parent / "assistant" / "ears" / "words"
NAMES = 1500
RAREST, RAREST_FOOD, RAREST_OF_TWO, RAREST_ROLE = 15_000, 25_000, 2_500, 3_000
"""Ranks among frequent English words."""


def goods() -> list[str]:
    """Things that people buy, each also in the plural where the dictionary has it."""
    found = [
        *wordnet.goods(RAREST, meanings=2),
        *wordnet.food(RAREST_FOOD),
        *wordnet.goods_of_two_words(RAREST_OF_TWO),
    ]
    plurals = list(map(plural_of, found))
    known = look_up({plural.split()[-1] for plural in plurals})
    both = found + [plural for plural in plurals if plural.split()[-1] in known]
    everyday = set((WORDS / "everyday.txt").read_text("utf-8").split())
    return [thing for thing in dict.fromkeys(both) if thing not in everyday]


def names(census: Path) -> list[str]:
    """Given names that the dictionary can pronounce, the most frequent first."""
    share: dict[str, float] = {}
    for file in ("dist.female.first", "dist.male.first"):
        for line in (census / file).read_text("utf-8").splitlines():
            name, percent, *_ = line.split()
            share[name.casefold()] = share.get(name.casefold(), 0.0) + float(percent)
    known = look_up(share)
    return sorted(known, key=lambda name: (-share[name], name))[:NAMES]


def _write(name: str, phrases: list[str]) -> None:
    words = [phrase.replace(" ", "_") for phrase in phrases]
    lines = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
    (WORDS / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Writes the three files."""
    _write("goods.txt", goods())
    called = names(Path(sys.argv[1]))
    _write("names.txt", called)
    _write("roles.txt", [role for role in wordnet.people(RAREST_ROLE) if role not in called])


if __name__ == "__main__":
    main()
