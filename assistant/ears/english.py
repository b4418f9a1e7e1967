"""The English grammar of orders, as a graph.

    [wake] [lead] verb [quantity] [unit of] item for nickname [tail]
    … verb nickname [quantity] item · for nickname … verb item · ask nickname for item

Refusals ("don't"), the past ("bought"), questions and reports ("did you", "I told her to") are branches of
their own that run into the same order, so that they compete with it sound by sound and mark what they
touch. Which branch was taken is read off the path: the slot "guard" holds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.ears.graph import Graph
from assistant.ears.interface import OWNER, Action, Item, Mode, Vocabulary
from assistant.ears.lexicon import Lexicon, plural_of
from assistant.ears.words import words_of_language

LEAD_COST = 1.0
"""What each small word costs that may be left out, so that none is found where none was said."""
ME_COST = 3.0
"""What "me" costs beside the contacts: it is short, and the start of many names."""
NAME_COST = 3.0
"""What a bare name costs as an answer, beside yes and no."""
NAMELESS_COST = 1.0
"""What it costs to end after the item, which is right only where the name came first."""
GUARD_GAIN = 1.0
"""What a refusal gains: rather an order refused than a refusal taken for an order."""


def build_english(vocabulary: Vocabulary, mode: Mode = "order") -> Graph:
    """The graph for a vocabulary, either of whole orders or of answers to a question."""
    return _English(vocabulary).build(mode)


@dataclass
class _English:
    vocabulary: Vocabulary

    def build(self, mode: Mode) -> Graph:
        self.graph = Graph()
        self.words = words_of_language("en")
        names = [nickname.spoken_as or nickname.text for nickname in self.vocabulary.nicknames]
        self.lexicon = Lexicon(self._phrases(), names)
        if mode == "answer":
            self._answers()
        else:
            self._orders()
        return self.graph

    def _phrases(self) -> Iterable[str]:
        yield from self.words.every()
        yield from map(plural_of, self.words["units"])
        yield from ("loaves", "pieces", "of", "cost", "and", "and also", self.vocabulary.wake_phrase or "")
        for item in self.vocabulary.items:
            yield from self._names(item)
            yield from self._units(item)
        for nickname in self.vocabulary.nicknames:
            yield nickname.spoken_as or nickname.text

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
            for sounds in self.lexicon.sounds(phrase):
                filled = value if value is not None else phrase
                self.graph.say(source, target, sounds, slot, filled, cost)

    def _orders(self) -> None:
        graph = self.graph
        start = self._wake()
        verbed, asked, ordered = graph.junction(), graph.junction(), graph.junction()
        self._say(start, start, self.words["leads"], cost=LEAD_COST)
        self._say(start, verbed, self.words["verbs"])
        self._say(start, verbed, self.words["wants"])
        self._guards(start, verbed)
        end = self._tail()
        self._item_for_name(verbed, ordered, end)
        self._name(verbed, asked)
        self._say(verbed, asked, self.words["me"], "nickname", OWNER, ME_COST)
        self._say(end, verbed, ["and", "and also"], "and", "and", LEAD_COST)
        self._for_name_verb(start, asked)
        self._ask_name(start, asked)
        self._commands(start, ordered)
        graph.skip(asked, ordered)

    def _wake(self) -> int:
        if not self.vocabulary.wake_phrase:
            return 0
        start = self.graph.junction()
        self._say(0, start, [self.vocabulary.wake_phrase], "wake")
        return start

    def _guards(self, start: int, verbed: int) -> None:
        graph = self.graph
        guarded, past = graph.junction(), graph.junction()
        self._say(start, guarded, self.words["negations"], "guard", Action.NEGATED, -GUARD_GAIN)
        self._say(start, guarded, self.words["questions"], "guard", Action.NONE)
        self._say(guarded, verbed, self.words["verbs"])
        self._say(start, past, self.words["people"])
        graph.skip(start, past)
        self._say(past, verbed, self.words["past_verbs"], "guard", Action.NONE, LEAD_COST)

    def _tail(self) -> int:
        graph = self.graph
        end, last = graph.junction(), graph.junction()
        self._say(end, last, self.words["tails"])
        self._say(end, last, self.words["past_tails"], "guard", Action.NONE)
        self._say(end, last, self.words["taken_back"], "guard", Action.NEGATED)
        graph.ends |= {end, last}
        return end

    def _item_for_name(self, verbed: int, ordered: int, end: int) -> None:
        """One list of items for every order of words; a path without a name is told as such."""
        graph = self.graph
        counting, bought, for_whom = graph.junction(), graph.junction(), graph.junction()
        graph.skip(verbed, counting)
        graph.skip(ordered, counting)
        self._amount_of_item(counting, bought)
        graph.skip(bought, end, NAMELESS_COST)
        self._say(bought, for_whom, self.words["for"])
        self._name(for_whom, end)
        self._say(for_whom, end, self.words["me"], "nickname", OWNER, ME_COST)

    def _for_name_verb(self, start: int, verbed: int) -> None:
        graph = self.graph
        for_whom, named = graph.junction(), graph.junction()
        self._say(start, for_whom, self.words["for"])
        self._name(for_whom, named)
        self._say(named, named, ["please", "can you", "could you"])
        self._say(named, verbed, self.words["verbs"])

    def _ask_name(self, start: int, wanted: int) -> None:
        graph = self.graph
        asked, named = graph.junction(), graph.junction()
        self._say(start, asked, self.words["ask"])
        self._name(asked, named)
        self._say(named, wanted, self.words["ask_for"])

    def _amount_of_item(self, source: int, target: int) -> None:
        graph = self.graph
        counted, measured = graph.junction(), graph.junction()
        graph.skip(source, counted)
        self._say(source, counted, self.words["articles"], "quantity", 1, LEAD_COST)
        self._say(source, counted, self.words["nothing"], "guard", Action.NEGATED)
        for phrase, number in self.words.numbers.items():
            self._say(source, counted, [phrase], "quantity", number, _rarity(number))
        graph.skip(counted, measured)
        unit = graph.junction()
        self._say(counted, unit, self._all_units())
        self._say(unit, measured, ["of"])
        for item in self.vocabulary.items:
            self._say(measured, target, self._names(item), "item", item.name)

    def _name(self, source: int, target: int) -> None:
        for nickname in self.vocabulary.nicknames:
            self._say(source, target, [nickname.spoken_as or nickname.text], "nickname", nickname.text)

    def _all_units(self) -> list[str]:
        units = dict.fromkeys(
            [*self.words["units"], *(item.unit for item in self.vocabulary.items if item.unit)]
        )
        return [*units, *map(plural_of, units), "loaves"]

    def _units(self, item: Item) -> list[str]:
        return [item.unit, plural_of(item.unit)] if item.unit else []

    def _names(self, item: Item) -> list[str]:
        return list(dict.fromkeys([item.name, item.plural or plural_of(item.name), *item.spoken]))

    def _commands(self, start: int, priced: int) -> None:
        done = self.graph.junction()
        self.graph.ends.add(done)
        for action, phrases in (
            (Action.CANCEL, self.words["cancel"]),
            (Action.MENU, self.words["menu"]),
            (Action.CONTACTS, self.words["contacts"]),
            (Action.REPEAT, self.words["repeat"]),
            (Action.STATUS, self.words["status"]),
        ):
            self._say(start, done, phrases, "action", action)
        self._say(start, priced, self.words["price"], "action", Action.PRICE)

    def _answers(self) -> None:
        graph = self.graph
        done, for_whom = graph.junction(), graph.junction()
        graph.ends.add(done)
        for action, phrases in (
            (Action.CANCEL, self.words["cancel"]),
            (Action.YES, self.words["yes"]),
            (Action.NO, self.words["no"]),
            (Action.REPEAT, self.words["repeat"]),
        ):
            self._say(0, done, phrases, "action", action)
        self._say(0, for_whom, ["for", "no for", "it's for", "no"])
        graph.skip(0, for_whom, NAME_COST)
        self._name(for_whom, done)


def _rarity(number: int) -> float:
    """What a number costs: people buy one or two of a thing, hardly ever fourteen."""
    return 0.0 if number <= 2 else 0.7 if number <= 6 else 1.0 if number in (8, 10, 12) else 2.5
