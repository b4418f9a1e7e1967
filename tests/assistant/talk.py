"""A conversation for the tests of the dialogue, with a small shop and two contacts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.conversation import (
    AskCame,
    By,
    Conversation,
    Effect,
    Event,
    GetQuote,
    HeardLine,
    Manners,
    QuoteCame,
    Say,
)
from assistant.dialogue import step
from assistant.ears.interface import Action, Heard, Nickname
from assistant.known import Article, Known
from assistant.phrases import phrase
from core.client.asking import Asked
from core.domain.money import Money
from core.texts.catalog import Texts

PRICE = Money(248, "JPY")
KNOWN = Known(
    (Article("milk", "Milk", "Milks", PRICE), Article("green-tea", "Green tea", "Green teas", PRICE)),
    (Nickname("Momo"), Nickname("Hana")),
    "Momo",
)
REQUEST = Asked("req_1", "47", 60.0, 60.0, 105.0, 2.0, True)


def heard(action: Action = Action.ORDER, **parts: Any) -> Heard:
    if action is Action.ORDER:
        parts = {"item": "Milk", "nickname": "Momo", "confidence": 1.0} | parts
    return Heard(action, "text", 0.0, 0.0, **parts)


class Talk:
    """A conversation and everything that it wanted."""

    def __init__(self, people: Sequence[str] = ("Momo", "Hana"), **manners: Any) -> None:
        self.known = replace(KNOWN, people=tuple(map(Nickname, people)))
        self.now = Conversation(Manners(**manners), self.known)
        self.wanted: list[Effect] = []

    def take(self, event: Event) -> list[Effect]:
        self.now, effects = step(self.now, event)
        self.wanted = list(effects)
        return self.wanted

    def hear(self, what: Heard, by: By = "text") -> list[Effect]:
        return self.take(HeardLine(what, by, 10.0))

    def of(self, kind: type[Any]) -> list[Any]:
        return [effect for effect in self.wanted if isinstance(effect, kind)]

    def said(self) -> list[str]:
        return [phrase(say, self.known, Texts("en")).shown for say in self.of(Say)]

    def order(self, what: Heard | None = None, by: By = "text") -> int:
        """An order that got its price; its number."""
        self.hear(what or heard(), by)
        (wanted,) = self.of(GetQuote)
        self.take(QuoteCame(wanted.errand, PRICE, "quote"))
        return int(wanted.errand)

    def wait(self) -> int:
        """An order whose approver was asked; its number."""
        number = self.order()
        self.take(AskCame(number, REQUEST))
        return number
