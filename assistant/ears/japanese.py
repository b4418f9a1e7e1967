"""The Japanese grammar of orders, as a graph: a demonstration, not dependable.

    [wake] [lead] nickname に item を [quantity] verb · item を [quantity] nickname に verb

The verb comes last and carries the refusal (買わないで), so the refusing and reporting verbs stand beside the
ordering ones and compete with them sound by sound. Things and people are heard by their reading in kana:
an item or a contact that has none (only kanji) cannot be heard.
"""

from collections.abc import Iterable
from itertools import chain

from assistant.ears.graph import Graph
from assistant.ears.interface import Action, Mode, Vocabulary
from assistant.ears.kana import sounds_of_kana
from assistant.ears.lexicon import Lexicon
from assistant.ears.pronunciations import Sounds
from assistant.ears.words import words_of_language


def build_japanese(vocabulary: Vocabulary, mode: Mode = "order") -> Graph:
    """The graph for a vocabulary, either of whole orders or of answers to a question."""
    return _Japanese(vocabulary).build(mode)


class _Japanese:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._items = {item.name: [item.name, *item.spoken] for item in vocabulary.items}
        self._names = {name.text: [name.spoken_as or name.text] for name in vocabulary.nicknames}
        self._wake = vocabulary.wake_phrase
        readings = chain(*self._items.values(), *self._names.values(), [self._wake or ""])
        self._latin = Lexicon(reading for reading in readings if reading.isascii())
        self._words = words_of_language("ja")
        self._graph = Graph()

    def build(self, mode: Mode) -> Graph:
        if mode == "answer":
            self._commands(0, ("yes", Action.YES), ("no", Action.NO), ("cancel", Action.CANCEL))
            self._list(0, self._end(), "nickname", self._names)
        else:
            self._orders()
        return self._graph

    def _orders(self) -> None:
        graph = self._graph
        start = 0
        if self._wake:
            start = graph.junction()
            self._say(0, start, [self._wake], "wake")
        self._say(start, start, self._words["leads"], cost=0.5)
        ready, end = graph.junction(), self._end()
        named, thing = graph.junction(), graph.junction()
        self._whom(start, named)
        self._thing(named, ready)
        self._thing(start, thing)
        self._whom(thing, ready)
        self._say(ready, end, self._words["verbs"])
        self._say(ready, end, self._words["negations"], "guard", Action.NEGATED)
        self._say(ready, end, self._words["reports"], "guard", Action.NONE)
        self._commands(
            start, ("cancel", Action.CANCEL), ("menu", Action.MENU), ("contacts", Action.CONTACTS),
            ("repeat", Action.REPEAT), ("status", Action.STATUS),
        )  # fmt: skip

    def _end(self) -> int:
        end = self._graph.junction()
        self._graph.ends.add(end)
        return end

    def _whom(self, source: int, target: int) -> None:
        named = self._graph.junction()
        self._list(source, named, "nickname", self._names)
        self._say(named, target, self._words["to_whom"])

    def _thing(self, source: int, target: int) -> None:
        graph = self._graph
        named, marked = graph.junction(), graph.junction()
        self._list(source, named, "item", self._items)
        self._say(named, marked, self._words["object"])
        graph.skip(named, marked)
        for phrase, number in self._words.numbers.items():
            self._say(marked, target, [phrase], "quantity", number)
        graph.skip(marked, target)

    def _list(self, source: int, target: int, slot: str, entries: dict[str, list[str]]) -> None:
        for value, readings in entries.items():
            self._say(source, target, readings, slot, value)

    def _commands(self, source: int, *commands: tuple[str, Action]) -> None:
        end = self._end()
        for kind, action in commands:
            self._say(source, end, self._words[kind], "action", action)

    def _say(
        self,
        source: int,
        target: int,
        phrases: Iterable[str],
        slot: str = "",
        value: object = None,
        cost: float = 0.0,
    ) -> None:
        for phrase in phrases:
            for sounds in self._sounds(phrase):
                self._graph.say(source, target, sounds, slot, phrase if value is None else value, cost)

    def _sounds(self, phrase: str) -> list[Sounds]:
        return sounds_of_kana(phrase) or (self._latin.sounds(phrase) if phrase.isascii() else [])
