"""Loads a language's sentence file and finds which sentence was said, by hassil.

The file is `assistant/sentences/<language>.yaml`; a person can edit it. Beside hassil's own parts it holds
units, joining words, and the guards that take an order away.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from assistant.ears.interface import OWNER, Vocabulary
from assistant.folding import folded, folded_template

FOLDER = Path(__file__).parent / "sentences"
MOST = 999
"""The largest quantity that one line of an order can have."""
_DIGITS = re.compile(r"(?<![\d.,-])\d{1,3}(?![\d.,])")


class Guards(msgspec.Struct, frozen=True):
    """Words that take an order away."""

    negations: tuple[str, ...] = ()
    """The speaker does not want it."""
    past: tuple[str, ...] = ()
    """The speaker tells of something."""
    questions: tuple[str, ...] = ()
    """The speaker asks or supposes."""


class SentenceFile(msgspec.Struct, frozen=True):
    """A language's file."""

    language: str
    """Its tag."""
    intents: dict[str, Any]
    """hassil's intents."""
    expansion_rules: dict[str, str]
    """hassil's named pieces."""
    lists: dict[str, Any]
    """hassil's lists: number words, articles."""
    units: tuple[str, ...]
    """What things are counted in, singular."""
    plurals: dict[str, str]
    """Plurals of units that are not formed with s."""
    counters: tuple[str, ...]
    """Words after a bare number ("2 x")."""
    owner: tuple[str, ...]
    """How the owner says "me"."""
    joins: tuple[str, ...]
    """Words between two orders of one breath."""
    guards: Guards
    """Words that take an order away."""
    allowed: Guards
    """Phrases that hold such a word and yet mean an order."""
    asking: tuple[str, ...]
    """Phrases that make an order of a line with a question mark ("Could you …?")."""
    allowed_when_asked: tuple[str, ...]
    """Phrases that negate, but ask politely where the line ends with a question mark."""
    settings: dict[str, bool] = {}
    """hassil's settings."""


@cache
def sentence_file(locale: str) -> SentenceFile:
    """The sentences of a language, read once.

    Raises:
        ValueError: if somebody's edit broke the file; the text says where.
    """
    import yaml  # type: ignore[import-untyped]

    path = FOLDER / f"{locale}.yaml"
    try:
        # every word stays a word: plain YAML would read "no" as false
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
        return msgspec.convert(content, SentenceFile, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError) as broken:
        raise ValueError(f"The sentence file {path.name} cannot be read: {broken}") from broken


@dataclass(frozen=True, slots=True)
class Match:
    """One way in which a line fits a template."""

    intent: str
    """The template's intent."""
    values: Mapping[str, Any]
    """What its lists stand for."""
    texts: Mapping[str, str]
    """What was written there, folded."""


class Templates:
    """The templates of one language over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        from hassil import Intents

        self.file = sentence_file(vocabulary.locale)
        self._locale = vocabulary.locale
        self._intents = Intents.from_dict(_for_hassil(self.file))
        self.items = _item_forms(vocabulary)
        """Folded ways to write each item, and the item's name."""
        self.nicknames = _nickname_forms(vocabulary, self.file)
        """Folded ways to write each contact, and the contact's text."""
        self._lists = {
            "item": _text_list(self.items),
            "nickname": _text_list(self.nicknames),
            "unit": _text_list(dict.fromkeys(self._units(vocabulary), "")),
        }
        words = self.file.lists["quantity"]["values"]
        self._number_words = [(folded_template(entry["in"]), int(entry["out"])) for entry in words]

    def matches(self, line: str, open_lists: frozenset[str] = frozenset()) -> Iterator[Match]:
        """Every way in which a folded line fits.

        Args:
            line: folded.
            open_lists: `item`, `nickname`: lists that take any words here.
        """
        from hassil import WildcardSlotList, recognize_all

        lists = self._lists | {"quantity": self._quantities(line)}
        lists |= {name: WildcardSlotList(name=name) for name in open_lists}
        for found in recognize_all(line, self._intents, slot_lists=lists):
            values = {entity.name: entity.value for entity in found.entities_list}
            texts = {entity.name: str(entity.text).strip() for entity in found.entities_list}
            yield Match(found.intent.name, values, texts)

    def _units(self, vocabulary: Vocabulary) -> Iterator[str]:
        own = (item.unit for item in vocabulary.items if item.unit)
        for unit in (*self.file.units, *own):
            yield folded(unit, self._locale)
            if self._locale == "en":
                yield self.file.plurals.get(unit, f"{unit}s")
        yield from self.file.counters

    def _quantities(self, line: str) -> Any:
        """The number words, and of all numbers in digits those that the line holds."""
        from hassil import TextSlotList

        digits = [(text, int(text)) for text in set(_DIGITS.findall(line)) if 0 < int(text) <= MOST]
        return TextSlotList.from_tuples([*self._number_words, *digits], name="quantity")


def _for_hassil(file: SentenceFile) -> dict[str, Any]:
    plain = {
        "language": file.language,
        "intents": file.intents,
        "expansion_rules": file.expansion_rules,
        "lists": file.lists,
        "settings": file.settings,
    }
    folded_plain = _with_folded_sentences(plain)
    assert isinstance(folded_plain, dict)  # noqa: S101 - a dictionary stays one
    return folded_plain


def _with_folded_sentences(value: Any) -> Any:
    if isinstance(value, str):
        return folded_template(value)
    if isinstance(value, list):
        return [_with_folded_sentences(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _with_folded_sentences(entry) for key, entry in value.items()}
    return value


def _text_list(forms: Mapping[str, Any]) -> Any:
    from hassil import TextSlotList

    pairs = [(form, value) for form, value in forms.items() if form]
    return TextSlotList.from_tuples(pairs, allow_template=False)


def _item_forms(vocabulary: Vocabulary) -> dict[str, str]:
    forms: dict[str, str] = {}
    for item in vocabulary.items:
        written = [item.name, item.plural or "", *item.spoken]
        if vocabulary.locale == "en" and item.plural is None:
            written.append(f"{item.name}s")
        for text in written:
            forms.setdefault(folded(text, vocabulary.locale), item.name)
    return {form: name for form, name in forms.items() if form}


def _nickname_forms(vocabulary: Vocabulary, file: SentenceFile) -> dict[str, str]:
    forms: dict[str, str] = {}
    for nickname in vocabulary.nicknames:
        for text in (nickname.text, nickname.spoken_as or ""):
            forms.setdefault(folded(text, vocabulary.locale), nickname.text)
    for word in file.owner:
        forms.setdefault(folded(word, vocabulary.locale), OWNER)
    return {form: name for form, name in forms.items() if form}
