"""Puts what the device says into words: once for the screen, once for the voice."""

from dataclasses import dataclass

from assistant.conversation import Say, Sayable, Thing
from assistant.known import Known
from core.domain.money import Money
from core.domain.text_gate import spoken_form
from core.presentation import formats
from core.texts.catalog import Argument, Texts

_OTHERWISE_ALOUD = ("asked",)
"""What is said in other words than are shown: the code twice, because a spoken one cannot be read again."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence for eyes and ears."""

    shown: str
    """For the screen."""
    spoken: str
    """For the voice: money in words, digits singly, no signs that a voice would read out."""


def phrase(said: Say, known: Known, texts: Texts) -> Phrase:
    """The sentence of `said` in the device's language."""
    return Phrase(_worded(said, known, texts, aloud=False), _worded(said, known, texts, aloud=True))


def _worded(said: Say, known: Known, texts: Texts, *, aloud: bool) -> str:
    worded = {name: _of_things(value, known, texts) for name, value in said.values.items()}
    values = {name: _value(name, value, texts, aloud=aloud) for name, value in worded.items()}
    key = f"{said.key}-aloud" if aloud and said.key in _OTHERWISE_ALOUD else said.key
    text = texts.say(f"device-{key}", **values)
    return text if texts.locale == "ja" else text[:1].upper() + text[1:]


def _value(name: str, value: Sayable, texts: Texts, *, aloud: bool) -> Argument:
    if isinstance(value, Money):
        return formats.money_spoken(value, texts) if aloud else formats.money(value, texts.locale)
    if isinstance(value, tuple):
        parts = [spoken_form(str(part)) if aloud else str(part) for part in value]
        if name == "digits":
            return singly(parts, texts) if aloud else "".join(parts)
        return _listed(parts, texts)
    if name == "code":
        return singly([char for char in str(value) if char.isalnum()], texts) if aloud else value
    if name == "reason":
        return _reason(str(value), texts)
    return spoken_form(value) if aloud and isinstance(value, str) else value


def singly(signs: list[str], texts: Texts) -> str:
    """Digits or letters that are read one by one."""
    return ("、" if texts.locale == "ja" else ", ").join(signs)


def _listed(names: list[str], texts: Texts) -> str:
    from babel.lists import format_list

    return str(format_list(names, locale=texts.locale))


def _of_things(value: Sayable, known: Known, texts: Texts) -> Sayable:
    """Articles by number in words ("2 green teas"); anything else as it is."""
    if not isinstance(value, tuple):
        return value
    return tuple(_thing(part, known, texts) if isinstance(part, Thing) else part for part in value)


def _thing(thing: Thing, known: Known, texts: Texts) -> str:
    article = known.article(thing.item)
    name, plural = _small(thing.item), _small(article.plural if article else thing.item)
    return texts.say("device-thing", quantity=thing.quantity, name=name, plural=plural)


def _small(name: str) -> str:
    """A title inside a sentence: "Green tea" → "green tea", while "USB cable" stays."""
    head, rest = name[:1], name[1:]
    return head.lower() + rest if rest == rest.lower() else name


def _reason(code: str, texts: Texts) -> str:
    known = ("insufficient_funds", "out_of_stock", "too_late", "quote_spent")
    return texts.say("lines-reason", reason=code if code in known else "too_late")
