"""Whether an order is carried out, and if not, why: plain values in, one answer out."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.wire.receipt import DeclineCode, ReceiptError

SENTENCES: dict[DeclineCode, str] = {
    "quote_spent": "This quote was already paid under another order. Ask for a new quote.",
    "too_late": "The quote has run out. Ask for a new quote.",
    "out_of_stock": "The shop has run out of it. Nothing was paid.",
    "insufficient_funds": "There is not enough play money in the wallet. Nothing was paid.",
}
"""What the receipt says, by code."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything that decides over an order whose token is good."""

    now: float
    """Epoch seconds, read by the writer."""
    quote_exp: int
    """Until when the quote's price is honoured, epoch seconds."""
    is_quote_spent: bool
    """Whether another payment used the quote."""
    wanted: Mapping[str, int]
    """Quantity by item id."""
    stock: Mapping[str, int]
    """What is left by item id."""
    price: int
    """Minor units."""
    balance: int
    """What the wallet holds, minor units."""


def judge(case: Circumstances) -> DeclineCode | None:
    """The reason to decline, or None to charge."""
    if case.is_quote_spent:
        return "quote_spent"
    if case.now > case.quote_exp:
        return "too_late"
    if any(case.stock.get(item, 0) < quantity for item, quantity in case.wanted.items()):
        return "out_of_stock"
    if case.balance < case.price:
        return "insufficient_funds"
    return None


def explain(code: DeclineCode) -> ReceiptError:
    """The receipt's error member for a decline."""
    return ReceiptError(code, SENTENCES[code])
