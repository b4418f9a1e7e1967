"""A half's catalogue and contacts, filled up to what a shop and a family at most have."""

from importlib import resources

from assistant.ears.interface import Item, Nickname, Vocabulary
from benchmarks.hearing_set.frequent import frequent_words
from benchmarks.hearing_set.sentences import Half

ITEMS, CONTACTS = 500, 20
_SHORTEST = 4


def big_vocabulary(half: Half) -> Vocabulary:
    """500 items and 20 contacts, the half's own among them."""
    own = {word for item in half.items for word in item.name.split()}
    words = [word for word in frequent_words(2600) if len(word) >= _SHORTEST and word not in own]
    made = words[-2 * ITEMS :]
    pairs = zip(made[:ITEMS], made[ITEMS:], strict=True)
    things = [f"{one} {other}" if at % 2 else one for at, (one, other) in enumerate(pairs)]
    people = resources.files("assistant.ears.words").joinpath("people.txt").read_text("utf-8").split()
    called = {name.text.casefold() for name in half.nicknames}
    names = [name.title() for name in people if name not in called]
    return Vocabulary(
        (*half.items, *map(Item, things[: ITEMS - len(half.items)])),
        (*half.nicknames, *map(Nickname, names[: CONTACTS - len(half.nicknames)])),
    )
