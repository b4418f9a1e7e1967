"""A conversation goes on in another language: what is open keeps its articles under their other names."""

from dataclasses import replace

from assistant.conversation import Conversation, Errand, Say, Sayable, Thing
from assistant.known import Known

_OF_ARTICLES = ("item", "items", "thing", "candidate")
"""Variables of a sentence that name articles; a person's nickname is never taken for one."""


def translated(talk: Conversation, known: Known) -> Conversation:
    """The same conversation, with the same articles as `known` names them."""
    to = {article.id: article.name for article in known.articles}
    names = {article.name: to.get(article.id, article.name) for article in talk.known.articles}
    errands = tuple(_errand(errand, names) for errand in talk.errands)
    said = tuple(_said(say, names) for say in talk.said)
    return replace(talk, known=known, errands=errands, said=said)


def _errand(errand: Errand, names: dict[str, str]) -> Errand:
    slots = dict(errand.slots)
    if "item" in slots:
        slots["item"] = replace(slots["item"], text=names.get(slots["item"].text, slots["item"].text))
    item = errand.item if errand.item is None else names.get(errand.item, errand.item)
    also = tuple(_thing(thing, names) for thing in errand.also)
    return replace(errand, item=item, also=also, slots=slots)


def _said(say: Say, names: dict[str, str]) -> Say:
    values = {
        name: _value(value, names) if name in _OF_ARTICLES else value for name, value in say.values.items()
    }
    return replace(say, values=values)


def _value(value: Sayable, names: dict[str, str]) -> Sayable:
    if isinstance(value, str):
        return names.get(value, value)
    if not isinstance(value, tuple):
        return value
    things = tuple(_thing(part, names) for part in value if isinstance(part, Thing))
    return things or tuple(names.get(str(part), str(part)) for part in value)


def _thing(thing: Thing, names: dict[str, str]) -> Thing:
    return replace(thing, item=names.get(thing.item, thing.item))
