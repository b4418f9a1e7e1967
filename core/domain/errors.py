"""What can be wrong with a value that comes from outside.

NodError
└── DomainError                 a value breaks a rule of the domain
    ├── TextRefused             text_refused
    ├── MoneyRefused            money_refused
    ├── PlaceRefused            place_refused
    ├── PurchaseRefused         purchase_refused
    ├── ProcedureRefused        procedure_refused
    └── NicknameRefused         nickname_refused

An expected outcome (denied, expired, too late) is a value, never one of these.
"""

from typing import ClassVar


class NodError(Exception):
    """The root of every error that Nod raises on purpose."""

    code: ClassVar[str] = "error"
    """Stable name by which a client speaks of it."""

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description


class DomainError(NodError):
    """A value breaks a rule of the domain."""


class TextRefused(DomainError):
    """Text from outside holds something that a person could be fooled by, or is too long."""

    code = "text_refused"


class MoneyRefused(DomainError):
    """An amount is not a whole number of minor units of a known currency."""

    code = "money_refused"


class PlaceRefused(DomainError):
    """A place has no label, impossible coordinates or an unknown source."""

    code = "place_refused"


class PurchaseRefused(DomainError):
    """Items, quantities and total do not add up."""

    code = "purchase_refused"


class ProcedureRefused(DomainError):
    """A procedure has no name or fields that cannot be shown."""

    code = "procedure_refused"


class NicknameRefused(DomainError):
    """A nickname is empty or cannot be compared."""

    code = "nickname_refused"
