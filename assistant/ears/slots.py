"""From the words of a path to what was heard: the same for every ear with a grammar."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.ears.graph import Arc
from assistant.ears.interface import Action, Heard, Order, Slot

SURE = 0.5
"""Confidence from which a slot, and an utterance, is taken as heard."""
_NOTHING_TOLD = ("not_an_order", "negated")


@dataclass(frozen=True, slots=True)
class Judged:
    """One word of a path and how likely it is that it was said."""

    arc: Arc
    """The word."""
    confidence: float
    """0 to 1."""
    is_close: bool = False
    """Whether another entry of the same list fits nearly as well, so that it had better be read back."""


def heard_from(words: Sequence[Judged], whole: float, engine: str, audio_s: float, cpu_s: float) -> Heard:
    """What a path means.

    Args:
        words: the path.
        whole: confidence that the utterance is what the path says, 0 to 1.
        engine: the ear's name.
        audio_s, cpu_s: seconds of sound, and of work.
    """
    named: dict[str, Judged] = {}
    for word in words:
        if word.arc.slot:
            named.setdefault(word.arc.slot, word)
    orders = _orders(words)
    action, reason = _meaning(named, orders, whole)
    first = orders[0] if orders and reason not in _NOTHING_TOLD else Order(None, 1, None)
    return Heard(
        action,
        engine,
        audio_s,
        cpu_s,
        item=first.item,
        quantity=first.quantity,
        nickname=first.nickname,
        confidence=whole,
        slots={name: Slot(str(word.arc.value), word.confidence) for name, word in named.items()},
        more=() if reason in _NOTHING_TOLD else tuple(orders[1:]),
        reason=reason,
    )


def _meaning(named: dict[str, Judged], orders: Sequence[Order], whole: float) -> tuple[Action, str | None]:
    refusal = _refusal(named, whole)
    if refusal is not None:
        return refusal
    first = orders[0] if orders else Order(None, 1, None)
    action = Action(str(named["action"].arc.value)) if "action" in named else None
    if action is not None and (action is not Action.PRICE or first.item is not None):
        return action, None
    if action is not None or (first.item is None and first.nickname is None):
        return Action.NONE, "not_an_order"
    if "item" not in named:
        return Action.NAME, None
    return Action.ORDER, _unknown(first, named)


def _refusal(named: dict[str, Judged], whole: float) -> tuple[Action, str] | None:
    if whole < SURE:
        return Action.NONE, "not_an_order"
    if "guard" not in named:
        return None
    if named["guard"].arc.value == Action.NEGATED:
        return Action.NEGATED, "negated"
    return Action.NONE, "not_an_order"


def _unknown(order: Order, named: dict[str, Judged]) -> str | None:
    if order.item is None:
        return "unknown_item"
    if order.nickname is None:
        return "unknown_name" if "nickname" in named else "no_name"
    number = named.get("quantity")
    is_odd_number = number is not None and number.confidence < SURE
    is_close = any(named[slot].is_close for slot in ("item", "nickname"))
    return "unsure" if is_odd_number or is_close else None


def _orders(words: Sequence[Judged]) -> list[Order]:
    """The orders in a path; "and" begins another."""
    found: list[dict[str, Judged]] = [{}]
    for word in words:
        if word.arc.slot == "and":
            found.append({})
        twice = word.arc.slot == "nickname" and "nickname" in found[-1]
        found[-1][word.arc.slot] = replace(word, confidence=0.0) if twice else word
    return [_order(parts) for parts in found if "item" in parts or "nickname" in parts]


def _order(parts: dict[str, Judged]) -> Order:
    def sure(name: str) -> str | None:
        word = parts.get(name)
        return str(word.arc.value) if word is not None and word.confidence >= SURE else None

    quantity = parts["quantity"].arc.value if "quantity" in parts else 1
    return Order(sure("item"), quantity if isinstance(quantity, int) else 1, sure("nickname"))
