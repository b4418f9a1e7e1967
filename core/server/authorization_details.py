"""What a device may ask for in `authorization_details` (RFC 9396): one purchase, or one procedure.

A purchase brings the payment server's quote and nothing of its own but the place: payee, items and amount are
read from the quote, so there is only one place where they can be wrong.
"""

import msgspec

from core.domain.errors import DomainError
from core.domain.place import Place, PlaceClaim
from core.domain.procedure import Field, Procedure
from core.server.errors import Refused

PURCHASE = "urn:nod:purchase:1"
PROCEDURE = "urn:nod:procedure:1"
TYPES = (PURCHASE, PROCEDURE)
"""What is published as `authorization_details_types_supported`."""
_MAX_LENGTH = 49_152


class PurchaseAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=PURCHASE):
    """A purchase as a device asks for it."""

    quote: str
    """`nod-quote+jws`."""
    place: PlaceClaim | None = None
    """Where the device says that it is."""


class ProcedureAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=PROCEDURE):
    """A procedure as a device asks for it."""

    procedure: str
    """What is to be done."""
    fields: tuple[Field, ...] = ()
    """Its lines."""
    place: PlaceClaim | None = None
    """Where the device says that it is."""


Asked = PurchaseAsked | ProcedureAsked
_read = msgspec.json.Decoder(list[Asked]).decode


def parse(text: str, allowed: frozenset[str]) -> Asked:
    """Reads the parameter.

    Args:
        text: JSON text of an array with exactly one object.
        allowed: The types that this client registered; none registered means all.

    Raises:
        Refused: 400 `invalid_authorization_details` (RFC 9396 section 5): no JSON, unknown type or member,
            a missing one, not exactly one object, or a type that the client may not use.
    """
    try:
        asked = _read(text) if len(text) <= _MAX_LENGTH else []
    except (msgspec.MsgspecError, DomainError, ValueError, RecursionError) as error:
        raise invalid("The authorization_details cannot be read: a type or member is unknown.") from error
    if len(asked) != 1:
        raise invalid("Exactly one authorization detail is taken.")
    kind = PURCHASE if isinstance(asked[0], PurchaseAsked) else PROCEDURE
    if allowed and kind not in allowed:
        raise invalid("This client is not registered for that type.")
    return asked[0]


def reported_place(asked: Asked) -> Place | None:
    """The place that the device claims, marked as reported.

    Raises:
        Refused: 400 `invalid_authorization_details`: the label cannot be shown.
    """
    try:
        return None if asked.place is None else asked.place.sourced("reported")
    except DomainError as error:
        raise invalid("The place cannot be shown.") from error


def procedure_of(asked: ProcedureAsked) -> Procedure:
    """The procedure, if it can be shown.

    Raises:
        Refused: 400 `invalid_authorization_details`.
    """
    try:
        return Procedure(asked.procedure, asked.fields)
    except DomainError as error:
        raise invalid("The procedure cannot be shown as it is.") from error


def invalid(detail: str) -> Refused:
    """400 `invalid_authorization_details` (RFC 9396 section 5)."""
    return Refused(400, "invalid_authorization_details", detail)
