"""The details: everything that is shown to the approver and hashed into the approval.

Built by the user-management server alone. Exactly one of `purchase`, `procedure` and
`authentication` (a plain CIBA request) is there. The salt keeps the hash from being guessed back.
"""

from typing import Literal

import msgspec

from core.domain.money import Money
from core.domain.place import Place
from core.domain.procedure import Procedure
from core.domain.purchase import Item, Payee, Purchase
from core.wire.canonical import digest, sha256
from core.wire.errors import BadForm

Kind = Literal["ai_device", "ai_agent", "person", "service"]


class PurchaseDetails(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A purchase as quoted."""

    quote_sha256: str
    """Hash of the quote's compact text."""
    payee: Payee
    """Who is paid."""
    items: tuple[Item, ...]
    """What is bought."""
    amount: Money
    """The exact total."""


class Authentication(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A plain CIBA request: no purchase, no procedure."""

    scopes: tuple[str, ...]
    """The scopes asked for."""
    binding_message: str | None = None
    """The requester's own words (CIBA Core 1.0 section 7.1)."""


class Requester(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who asks: the approver's own name for the device, never the device's words."""

    client_id: str
    """The device's client id."""
    name: str
    """The name that the approver gave it."""
    kind: Kind
    """What it is."""


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who, when, where, until when."""

    request_id: str
    """The request's id; the payment's id too."""
    requester: Requester
    """Who asks."""
    nickname: str
    """How the device called the approver."""
    requested_at: str
    """RFC 3339 in UTC with `Z`, whole seconds, stamped by the server on receipt."""
    place: Place
    """Where, and who says so."""
    decide_by: int
    """Epoch seconds; undecided then means expired."""
    match_digits: int
    """Digits of the code that the device says; 0 where there is none. The code is not in here."""


class Details(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is shown and hashed."""

    context: Context
    """Who, when, where."""
    salt: str
    """144 random bits, base64url."""
    purchase: PurchaseDetails | None = None
    """Money moves."""
    procedure: Procedure | None = None
    """Something is done, no money moves."""
    authentication: Authentication | None = None
    """A plain CIBA request."""

    def __post_init__(self) -> None:
        missing = (self.purchase is None) + (self.procedure is None) + (self.authentication is None)
        if missing != 2:
            raise BadForm("Details hold exactly one of purchase, procedure and authentication.")

    @property
    def sha256(self) -> str:
        """The hash that the approval names."""
        return digest(self)


def of_quote(compact: str, purchase: Purchase) -> PurchaseDetails:
    """The purchase of a verified quote."""
    return PurchaseDetails(sha256(compact), purchase.payee, purchase.items, purchase.amount)


def check_quote(purchase: PurchaseDetails, compact: str, quoted: Purchase) -> None:
    """Checks that details repeat a verified quote to the byte: the terminal's own look.

    Raises:
        BadForm: if hash, payee, items or amount differ.
    """
    if purchase != of_quote(compact, quoted):
        raise BadForm("What is shown is not what was quoted.")
