"""A procedure without money: what an approver lets happen in their name (claim 1 says "processing")."""

import msgspec

from core.domain.errors import ProcedureRefused
from core.domain.text_gate import MESSAGE_LENGTH, NAME_LENGTH, pass_gate

MAX_FIELDS = 12


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One labelled line of a procedure."""

    label: str
    """What the value is, at most 60 characters."""
    value: str
    """The value, at most 140 characters."""


class Procedure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named procedure and its lines."""

    procedure: str
    """What is to be done, at most 120 characters."""
    fields: tuple[Field, ...] = ()
    """Up to 12 lines."""

    def __post_init__(self) -> None:
        if len(self.fields) > MAX_FIELDS:
            raise ProcedureRefused(f"A procedure has at most {MAX_FIELDS} fields.")
        if pass_gate(self.procedure) != self.procedure:
            raise ProcedureRefused("The procedure's name is not in its plain form.")
        for field in self.fields:
            plain = (pass_gate(field.label, NAME_LENGTH), pass_gate(field.value, MESSAGE_LENGTH))
            if plain != (field.label, field.value):
                raise ProcedureRefused("A field of the procedure is not in its plain form.")
