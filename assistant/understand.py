"""Reads a typed line: what is wanted, how many, for whom. What it gives back is what an ear gives back.

A line is an order only if a template fits it whole and no guard word stands in it. A word that is near an
item or a contact is told as a candidate, never taken for it.
"""

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.ears.interface import Action, Heard, Order, Slot, Vocabulary
from assistant.folding import folded
from assistant.guarding import Guard
from assistant.offering import in_part, nearest, similarity
from assistant.templates import Match, Templates

ENGINE = "text"
LONGEST = 300
"""Characters of the longest line that is read."""
WORDS_OF_A_NAME = 4
"""Most words that an unknown item or name can have."""

_ACTIONS = {
    "Cancel": Action.CANCEL,
    "Menu": Action.MENU,
    "Contacts": Action.CONTACTS,
    "Repeat": Action.REPEAT,
    "Status": Action.STATUS,
    "Yes": Action.YES,
    "No": Action.NO,
    "Name": Action.NAME,
}
_ORDERS = ("Order", "Nameless")
_OPEN: tuple[frozenset[str], ...] = (
    frozenset({"item"}),
    frozenset({"nickname"}),
    frozenset({"item", "nickname"}),
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One order of a line, as far as it is known."""

    item: str | None
    quantity: int
    nickname: str | None
    slots: Mapping[str, Slot]
    reason: str | None = None


class Reader:
    """Reads lines over one vocabulary. Not thread-safe."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._locale = vocabulary.locale
        self._templates = Templates(vocabulary)
        file = self._templates.file
        names = [*self._templates.items, *self._templates.nicknames]
        self._guard = Guard(file, names)
        self._joins = _join_pattern(file.joins, self._locale)

    def read(self, text: str) -> Heard:
        """Reads one line; never raises for what somebody typed."""
        started = time.process_time()
        heard = self._read(text[: LONGEST + 1])
        return replace(heard, cpu_s=time.process_time() - started)

    def _read(self, text: str) -> Heard:
        line = folded(text, self._locale)
        is_question = text.rstrip().endswith(("?", "？"))
        if not line or len(text) > LONGEST or self._guard.has_odd_number(line):
            return _nothing("not_an_order")
        fitting = list(self._templates.matches(line))
        command = self._command(line, fitting)
        if command is not None:
            return command
        whole = self._best(fitting, _ORDERS)
        parts = [_part(whole)] if whole is not None else self._several(line)
        parts = parts or self._strict(self._listed(text)) or self._lenient(line)
        if not parts:
            return _nothing("not_an_order")
        guard = self._guard.found(line, is_question=is_question)
        if guard == "negations":
            return replace(_told(parts), action=Action.NEGATED, reason="negated")
        if guard is not None:
            return _nothing("not_an_order")
        return _told(parts)

    def _listed(self, text: str) -> str:
        """The line with commas read as joining words ("milk for Momo, bread for Hana and …")."""
        return folded(re.sub(r"[,、，]", f" {self._templates.file.joins[-1]} ", text), self._locale)

    def _command(self, line: str, fitting: Iterable[Match]) -> Heard | None:
        for match in fitting:
            if match.intent in _ACTIONS:
                return _command(match)
            if match.intent == "Price":
                return replace(_command(match), action=Action.PRICE)
        return self._unknown_price(line)

    def _unknown_price(self, line: str) -> Heard | None:
        for match in self._templates.matches(line, frozenset({"item"})):
            if match.intent == "Price":
                part = self._judged(match, frozenset({"item"}))
                return replace(_told([part]), action=Action.PRICE, nickname=None, reason="unknown_item")
        return None

    def _strict(self, line: str) -> list[_Part]:
        """The orders of a line in which every word is known."""
        whole = self._best(self._templates.matches(line), _ORDERS)
        return [_part(whole)] if whole is not None else self._several(line)

    def _several(self, line: str) -> list[_Part]:
        """The orders of a line that joins several, in which every word is known."""
        for left, right in self._halves(line):
            first = self._best(self._templates.matches(left), _ORDERS)
            rest = self._rest(right) if first is not None else []
            if first is not None and rest:
                return _with_names([_part(first), *rest])
        return []

    def _rest(self, line: str) -> list[_Part]:
        whole = self._best(self._templates.matches(line), (*_ORDERS, "Thing"))
        if whole is not None:
            return [_part(whole)]
        for left, right in self._halves(line):
            first = self._best(self._templates.matches(left), (*_ORDERS, "Thing"))
            rest = self._rest(right) if first is not None else []
            if first is not None and rest:
                return [_part(first), *rest]
        return []

    def _lenient(self, line: str) -> list[_Part]:
        """The orders of a line in which an item or a name is unknown."""
        whole = self._unknown(line)
        if whole is not None:
            return [whole]
        for left, right in self._halves(line):
            first = self._strict(left) or self._as_list(self._unknown(left))
            rest = self._rest(right) or self._lenient(right)
            if first and rest:
                return _with_names([*first, *rest])
        return []

    @staticmethod
    def _as_list(part: _Part | None) -> list[_Part]:
        return [] if part is None else [part]

    def _unknown(self, line: str) -> _Part | None:
        for open_lists in _OPEN:
            fitting = (m for m in self._templates.matches(line, open_lists) if self._is_a_name(m, open_lists))
            best = self._best(fitting, _ORDERS, unknown=open_lists)
            if best is None:
                continue
            part = self._judged(best, open_lists)
            if best.intent == "Order" or part.slots:
                return part
        return None

    def _is_a_name(self, match: Match, open_lists: frozenset[str]) -> bool:
        """Whether what an open list took could be one name: short, without a joining word or a number."""
        for name in open_lists & match.texts.keys():
            text = match.texts[name]
            if len(text.split()) > WORDS_OF_A_NAME or len(text) > 40 or re.search(r"\d", text):
                return False
            if self._locale != "ja" and self._joins.search(f" {text} "):
                return False
        return True

    def _judged(self, match: Match, open_lists: frozenset[str]) -> _Part:
        known = _part(match)
        slots: dict[str, Slot] = {}
        forms = {"item": self._templates.items, "nickname": self._templates.nicknames}
        is_all = False
        for name in open_lists & match.texts.keys():
            text = match.texts[name]
            form = (in_part(text, forms[name], self._locale) if name == "item" else None) or nearest(
                text, forms[name]
            )
            if form is not None:
                slots[name] = Slot(forms[name][form], similarity(text, form))
                is_all = name == "item" and len(text) <= len(form) + 1  # there is no room for a name in it
        item = None if "item" in open_lists else known.item
        nickname = None if "nickname" in open_lists else known.nickname
        unknown = "unknown_item" if item is None else "unknown_name"
        missing = open_lists & match.texts.keys()
        reason = "unsure" if slots.keys() >= missing else unknown
        if match.intent == "Nameless" and reason == "unsure" and is_all:
            reason = "no_name"
        return _Part(item, known.quantity, nickname, slots, reason)

    def _halves(self, line: str) -> Iterable[tuple[str, str]]:
        for join in self._joins.finditer(line):
            left, right = line[: join.start()].strip(), line[join.end() :].strip()
            if left and right:
                yield left, right

    @staticmethod
    def _best(
        matches: Iterable[Match], intents: Sequence[str], unknown: frozenset[str] = frozenset()
    ) -> Match | None:
        """The fullest reading: a whole order first, the longest known names, the shortest unknown ones."""

        def rank(match: Match) -> tuple[int, int, int]:
            open_length = sum(len(match.texts.get(name, "")) for name in unknown)
            length = sum(map(len, match.texts.values())) - open_length
            return intents.index(match.intent), open_length, -length

        return min((match for match in matches if match.intent in intents), key=rank, default=None)


def _join_pattern(joins: Sequence[str], locale: str) -> re.Pattern[str]:
    forms = sorted({folded(join, locale) for join in joins} - {""}, key=len, reverse=True)
    one_of = "|".join(map(re.escape, forms))
    return re.compile(one_of if locale == "ja" else rf"(?<!\S)(?:{one_of})(?!\S)")


def _part(match: Match) -> _Part:
    item, nickname = match.values.get("item"), match.values.get("nickname")
    return _Part(
        None if item is None else str(item),
        int(match.values.get("quantity", 1)),
        None if nickname is None else str(nickname),
        {},
        None if nickname is not None else "no_name",
    )


def _with_names(parts: list[_Part]) -> list[_Part]:
    """Gives nameless orders the name of the next one, else of the one before ("milk and bread for Momo")."""
    named: list[_Part] = []
    for direction in (reversed, iter):
        name, named = None, []
        for part in direction(parts):
            if part.reason == "no_name" and name is not None:
                part = replace(part, nickname=name, reason=None)
            name = part.nickname if part.nickname is not None else name
            named.append(part)
        parts = named[::-1] if direction is reversed else named
    return parts


def _command(match: Match) -> Heard:
    item, nickname = match.values.get("item"), match.values.get("nickname")
    return Heard(
        _ACTIONS.get(match.intent, Action.NONE),
        ENGINE,
        0.0,
        0.0,
        item=None if item is None else str(item),
        quantity=int(match.values.get("quantity", 1)),
        nickname=None if nickname is None else str(nickname),
        confidence=1.0,
    )


def _nothing(reason: str) -> Heard:
    return Heard(Action.NONE, ENGINE, 0.0, 0.0, reason=reason)


def _told(parts: Sequence[_Part]) -> Heard:
    first = parts[0]
    reasons = [part.reason for part in parts if part.reason]
    reason = next((reason for reason in reasons if reason != "no_name"), next(iter(reasons), None))
    return Heard(
        Action.ORDER,
        ENGINE,
        0.0,
        0.0,
        item=first.item,
        quantity=first.quantity,
        nickname=first.nickname,
        confidence=1.0 if reason is None else 0.5,
        slots=dict(first.slots),
        more=tuple(Order(part.item, part.quantity, part.nickname) for part in parts[1:]),
        reason=reason,
    )
