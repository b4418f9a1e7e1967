"""What the spelling of sounds is learned from: no word, no name and no voice of the held-out half."""

import random
from importlib import resources

from assistant.ears.lexicon import plural_of, words_of
from benchmarks.hearing_set import sentences as said
from benchmarks.hearing_set.frequent import frequent_words

_WORDS_IN_PHRASE, _PHRASES, _ORDERS = 5, 500, 700
_UNITS = ("bottle", "box", "bag", "pack", "carton", "tin", "can", "jar", "piece", "roll", "bar", "tube")


def texts(count: int) -> list[said.Sentence]:
    """The tuning half's sentences, then phrases of frequent words and orders for frequent words and names."""
    chance = random.Random(5)
    words = [word for word in frequent_words(6000) if len(word) > 1 and word not in secret()]
    names = [name for name in people() if name not in secret()]
    made = [" ".join(chance.sample(words, _WORDS_IN_PHRASE)) for _ in range(_PHRASES)]
    made += [_order(chance, words, names) for _ in range(_ORDERS)]
    chance.shuffle(made)
    return (said.sentences(said.TUNING, 140, 60) + [said.Sentence(text, "talk") for text in made])[:count]


def _order(chance: random.Random, words: list[str], names: list[str]) -> str:
    form = chance.choice(said.ORDERS + said.NEGATED)
    thing = " ".join(chance.sample(words, chance.choice((1, 1, 2))))
    count = chance.choice(list(said.NUMBERS.values()))
    unit = plural_of(chance.choice(_UNITS))
    amount = chance.choice(
        (
            thing,
            f"some {thing}",
            f"{count} {plural_of(thing)}",
            f"{count} {unit} of {thing}",
        )
    )
    return form.format(amount=amount, name=chance.choice(names))


def people() -> list[str]:
    """Given names, and words for people, that the ears themselves know."""
    return resources.files("assistant.ears.words").joinpath("people.txt").read_text("utf-8").split()


def secret() -> set[str]:
    """The words of the held-out half's things and names."""
    half = said.HELD_OUT
    hidden = [item.name for item in half.items] + [name.text for name in half.nicknames]
    return {word for text in [*hidden, *half.strange_items, *half.strange_names] for word in words_of(text)}
