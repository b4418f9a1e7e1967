"""The words of an order, one file a language, for a person to read and edit."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True)
class Words:
    """The phrases of one language by what they mean."""

    phrases: dict[str, tuple[str, ...]]
    """Kind ("verbs"): the phrases that mean it."""
    numbers: dict[str, int]
    """Phrase: how many."""

    def __getitem__(self, kind: str) -> tuple[str, ...]:
        return self.phrases[kind]

    def every(self) -> list[str]:
        """All the phrases, numbers too."""
        return [phrase for kind in self.phrases.values() for phrase in kind] + list(self.numbers)


@lru_cache(maxsize=4)
def words_of_language(locale: str) -> Words:
    """
    Raises:
        FileNotFoundError: if there are no words of that language.
    """
    table = tomllib.loads(resources.files(__name__).joinpath(f"{locale}.toml").read_text("utf-8"))
    numbers = table.pop("numbers", {})
    return Words({kind: tuple(phrases) for kind, phrases in table.items()}, numbers)
