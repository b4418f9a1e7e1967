"""How an order ended, for the one who asked: one code, one sentence, one exit status each."""

from enum import StrEnum


class Outcome(StrEnum):
    """Every way in which an order can end."""

    PAID = "paid"
    APPROVED = "approved"
    DENIED = "denied"
    EXPIRED = "expired"
    NOT_UNDERSTOOD = "not_understood"
    UNKNOWN_CONTACT = "unknown_contact"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    ERROR = "error"


EXIT_STATUS: dict[Outcome, int] = {
    Outcome.PAID: 0,
    Outcome.APPROVED: 0,
    Outcome.ERROR: 1,
    Outcome.DENIED: 3,
    Outcome.EXPIRED: 4,
    Outcome.NOT_UNDERSTOOD: 5,
    Outcome.UNKNOWN_CONTACT: 6,
    Outcome.DECLINED: 7,
    Outcome.WITHDRAWN: 8,
    Outcome.UNKNOWN: 9,
}
"""Exit status of `assistant --once` and `demo`; 2 is a wrong command line."""
