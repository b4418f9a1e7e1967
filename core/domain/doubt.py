"""Why the end of a payment, as the user-management server tells it, is not believed."""

from enum import StrEnum


class Doubt(StrEnum):
    """What is wrong with the receipt that should prove it."""

    MISSING = "receipt_missing"
    """There is none."""
    DIFFERS = "receipt_differs"
    """It is not signed by the shop, or says something else, or of another order."""
    AWAY = "payment_away"
    """The shop's keys cannot be had, so it cannot be checked now, perhaps soon."""
