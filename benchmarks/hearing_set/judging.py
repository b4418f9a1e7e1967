"""What the weights of the confidences are learned from: orders, refusals and talk by the tuning voices.

Things, people and plain sentences come from WordNet and from the most frequent given names, drawn by chance;
no word of the held-out half's things and names is among them. An order is heard by ears that know its thing
and its person, and by ears that lack one of them, for whom it is a stranger's.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from assistant.ears.interface import Item, Nickname, Vocabulary
from assistant.ears.lexicon import plural_of, words_of
from benchmarks.hearing_set import sentences as said
from benchmarks.hearing_set import wordnet
from benchmarks.hearing_set.learning import secret

ORDERS, REFUSALS, SENTENCES, REMARKS = 600, 120, 240, 160
ITEMS, CONTACTS = 20, 10

_KIN = ("Uncle", "Aunt")
_UNITS = ("bottle", "box", "bag", "pack", "carton", "tin", "can", "jar", "piece", "roll", "bar", "tube")
_REMARKS = (
    "turn on the {thing}",
    "where is the {thing}",
    "play the {thing} song",
    "{name} said the {thing} was good",
    "remind me to call {name}",
    "is {name} at home",
    "put the {thing} in the {other}",
    "I think {name} likes the {thing}",
    "can you find my {thing}",
    "get off the {thing}",
    "get the {thing} out of the car",
    "what a nice {thing}",
    "set the {thing} to twenty",
    "call {name} for me please",
    "read the news to {name}",
    "there is a {thing} on the {other}",
    "could you close the {thing}",
    "order the {thing} by size",
    "I need some sleep",
    "please be quiet {name}",
    "ask {name} how she is",
    "they buy and sell {thing} for a living",
    "this {thing} is for the {other}",
    "for now the {thing} is enough",
    "save up to thirty percent on every {thing}",
    "good morning {name}",
    "how much time do we have",
    "the {thing} costs ten dollars",
    "{name} went to buy a {thing}",
    "wait for {name} at the {thing}",
)


@dataclass(frozen=True)
class Spoken:
    """One thing to say, and what is named in it."""

    sentence: said.Sentence
    """What is said; an order's item and nickname are the words themselves."""
    is_somebody: bool = False
    """Whether the name is one that nobody has as a contact ("the teacher")."""


def spoken() -> list[Spoken]:
    """Everything that is said, in an order that mixes the kinds."""
    chance = random.Random(11)
    draw = _Draw(chance)
    made = [draw.order(at, said.ORDERS, "order") for at in range(ORDERS)]
    made += [draw.order(at, said.NEGATED, "negated") for at in range(REFUSALS)]
    plain = [text for text in wordnet.sentences() if not _shares(text, secret())]
    made += [Spoken(said.Sentence(text, "talk")) for text in chance.sample(plain, SENTENCES)]
    made += [draw.remark(at) for at in range(REMARKS)]
    chance.shuffle(made)
    return made


def vocabulary(named: said.Sentence, at: int, has_item: bool, has_name: bool) -> Vocabulary:
    """Things and people of a household, with or without those of a sentence; other ones for each `at`."""
    draw = _Draw(random.Random(f"household {at}"))
    taken = set(words_of(named.text))
    items, names = draw.catalogue(taken), draw.contacts(taken)
    if has_item and named.item:
        items = [_item(named.item), *items[1:]]
    if has_name and named.nickname:
        names = [named.nickname, *names[1:]]
    return Vocabulary(tuple(items), tuple(map(Nickname, names)))


class _Draw:
    """Draws things and people by chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._things, self._pairs, self._people, self._somebody = _pools()

    def order(self, at: int, forms: Sequence[str], kind: said.Kind) -> Spoken:
        thing, somebody = self._thing(), self._chance.random() < 0.12
        name = f"{self._chance.choice(('my', 'the', 'our'))} {self._chance.choice(self._somebody)}"
        name = name if somebody else self._name()
        quantity, amount = self._amount(thing)
        text = forms[at % len(forms)].format(amount=amount, name=name)
        return Spoken(said.Sentence(text, kind, thing, quantity, name), somebody)

    def remark(self, at: int) -> Spoken:
        thing, other, name = self._thing(), self._thing(), self._name()
        text = _REMARKS[at % len(_REMARKS)].format(thing=thing, other=other, name=name)
        return Spoken(said.Sentence(text, "talk", thing, 1, name))

    def catalogue(self, taken: set[str]) -> list[Item]:
        things = [self._thing() for _ in range(2 * ITEMS)]
        return [_item(thing) for thing in dict.fromkeys(things) if not _shares(thing, taken)][:ITEMS]

    def contacts(self, taken: set[str]) -> list[str]:
        names = [self._name() for _ in range(2 * CONTACTS)]
        return [name for name in dict.fromkeys(names) if not _shares(name, taken)][:CONTACTS]

    def _thing(self) -> str:
        return self._chance.choice(self._pairs if self._chance.random() < 0.2 else self._things)

    def _name(self) -> str:
        if self._chance.random() < 0.25:
            return self._chance.choice(said.TUNING.nicknames).text
        name = self._people[int(len(self._people) * self._chance.random() ** 2)].title()
        return f"{self._chance.choice(_KIN)} {name}" if self._chance.random() < 0.06 else name

    def _amount(self, thing: str) -> tuple[int, str]:
        count = self._chance.choice(list(said.NUMBERS))
        word, unit = said.NUMBERS[count], self._chance.choice(_UNITS)
        measured = f"{word} {plural_of(unit) if count > 1 else unit} of {thing}"
        counted = f"{word} {plural_of(thing) if count > 1 else thing}"
        return self._chance.choice(((1, thing), (1, f"some {thing}"), (count, counted), (count, measured)))


@lru_cache(maxsize=1)
def _pools() -> tuple[list[str], ...]:
    """Things of one word, things of two, names, and what people are."""
    things = drawn(wordnet.goods(15_000) + 2 * wordnet.food(25_000))
    return things, drawn(wordnet.goods_of_two_words(2_500)), drawn(_names()), drawn(wordnet.people(3_000))


def _names() -> list[str]:
    """Given names, the most frequent first."""
    return resources.files("assistant.ears.words").joinpath("names.txt").read_text("utf-8").split()


def _item(thing: str) -> Item:
    return Item(thing, None, None)


def drawn(words: Sequence[str]) -> list[str]:
    """Those that may be said: nothing of the held-out half, nothing too short to be told apart."""
    hidden = secret()
    return [word for word in words if len(word) > 2 and not _shares(word, hidden)]


def _shares(text: str, words: set[str]) -> bool:
    return any(word in words or word.removesuffix("s") in words for word in words_of(text))
