"""What is bought, from whom and for how much; the total always equals its items."""

import msgspec

from core.domain.errors import PurchaseRefused
from core.domain.money import Money
from core.domain.text_gate import NAME_LENGTH, TITLE_LENGTH, pass_gate

MAX_ITEMS = 20
MAX_QUANTITY = 999


class Payee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is paid."""

    id: str
    """Registry id."""
    name: str
    """The displayed name."""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of an order."""

    id: str
    """The shop's id of the thing."""
    title: str
    """What a person reads, at most 120 characters."""
    quantity: int
    """1 to 999."""
    unit_value: int
    """Price of one, in minor units of the order's currency."""


class Purchase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A complete order with its exact total."""

    payee: Payee
    """Who is paid."""
    items: tuple[Item, ...]
    """1 to 20 lines."""
    amount: Money
    """The sum of all lines."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.items) <= MAX_ITEMS:
            raise PurchaseRefused(f"An order has 1 to {MAX_ITEMS} items.")
        for item in self.items:
            _check_item(item)
        if sum(item.quantity * item.unit_value for item in self.items) != self.amount.value:
            raise PurchaseRefused("The total is not the sum of the items.")
        if pass_gate(self.payee.name, NAME_LENGTH) != self.payee.name:
            raise PurchaseRefused("The payee's name is not in its plain form.")


def _check_item(item: Item) -> None:
    if not 1 <= item.quantity <= MAX_QUANTITY:
        raise PurchaseRefused(f"A quantity is 1 to {MAX_QUANTITY}.")
    if item.unit_value < 0:
        raise PurchaseRefused("A price is negative.")
    if pass_gate(item.title, TITLE_LENGTH) != item.title:
        raise PurchaseRefused("An item's title is not in its plain form.")
