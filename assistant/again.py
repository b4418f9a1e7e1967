"""An order that was made before, made once more: exact ids and a nickname, so nothing has to be understood.

The approver's terminal writes it to the device that it brought along. It becomes an utterance like any other:
today's price is asked for, and nothing is bought before the approver nods.
"""

from assistant.conversation import Say, Thing
from assistant.ears.interface import Action, Heard, Order
from assistant.known import Known
from assistant.phrases import phrase
from core.texts.catalog import Texts
from core.wire.errors import MessageRefused
from core.wire.messages import OrderAgain, decode

ENGINE = "again"


def heard_again(text: str, known: Known) -> Heard | None:
    """The order as if it had been heard without doubt; None for a text that is no such order.

    Args:
        text: `OrderAgain` as JSON.
        known: what the device can buy and whom it can ask; an article that is gone becomes an unknown one.
    """
    try:
        again = decode(text.encode(), OrderAgain)
    except (MessageRefused, UnicodeEncodeError):
        return None
    if not again.items or any(line.quantity < 1 for line in again.items):
        return None
    names = {article.id: article.name for article in known.articles}
    first, *others = [(names.get(line.id), line.quantity) for line in again.items]
    more = tuple(Order(name, quantity, again.nickname) for name, quantity in others)
    return Heard(
        Action.ORDER, ENGINE, 0.0, 0.0, first[0], first[1], again.nickname, confidence=1.0, more=more
    )


def in_words(what: Heard, known: Known, texts: Texts) -> str | None:
    """The order as somebody would say it; None where nothing of it is sold any more."""
    lines = (Order(what.item, what.quantity, what.nickname), *what.more)
    things = tuple(Thing(line.item, line.quantity) for line in lines if line.item is not None)
    if not things:
        return None
    return phrase(Say("again", {"thing": things, "nickname": what.nickname or ""}), known, texts).shown
