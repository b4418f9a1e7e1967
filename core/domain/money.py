"""Money is a whole number of minor units and a currency; a float never touches it."""

import msgspec

from core.domain.errors import MoneyRefused

EXPONENTS = {"JPY": 0, "KRW": 0, "USD": 2, "EUR": 2, "GBP": 2, "CHF": 2, "CNY": 2, "INR": 2, "KWD": 3}
"""Digits behind the decimal point of a currency (ISO 4217)."""

MAX_VALUE = 2**53 - 1
"""The largest whole number that RFC 8785 can carry."""


class Money(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An amount of money."""

    value: int
    """Minor units: yen for JPY, cents for USD."""
    currency: str
    """ISO 4217 code in capitals."""

    def __post_init__(self) -> None:
        if self.currency not in EXPONENTS:
            raise MoneyRefused(f"The currency {self.currency[:8]!r} is not one that Nod knows.")
        if not 0 <= self.value <= MAX_VALUE:
            raise MoneyRefused("The amount is negative or too large.")

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise MoneyRefused("Amounts of two currencies cannot be added.")
        return Money(self.value + other.value, self.currency)

    def times(self, quantity: int) -> "Money":
        """Multiplies by a whole quantity."""
        return Money(self.value * quantity, self.currency)


def exponent(currency: str) -> int:
    """Digits behind the decimal point of `currency`.

    Raises:
        MoneyRefused: if the currency is unknown.
    """
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise MoneyRefused(f"The currency {currency[:8]!r} is not one that Nod knows.") from None
