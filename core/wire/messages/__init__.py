"""The JSON messages between the parties, one struct each; docs/wire.md says who sends them where.

A request from outside refuses unknown members; an answer may grow, so its reader ignores what it
does not know. Durations are seconds and end in `_s` or are OAuth's own `expires_in`; instants are
RFC 3339 in UTC, or epoch seconds where a standard says so.
"""

from core.wire.messages.codec import In, Out, decode, encode
from core.wire.messages.devices import (
    Consent,
    ContactName,
    Contacts,
    Device,
    DeviceChange,
    Devices,
    PairingView,
)
from core.wire.messages.people import (
    CodeWanted,
    DeletionBody,
    Enrolled,
    EnrolmentCode,
    NewProfile,
    NewTerminal,
    PictureBody,
    Profile,
    ProfileChange,
    TerminalKeys,
    Terminals,
    TerminalView,
)
from core.wire.messages.requests import (
    Asker,
    DecisionAnswer,
    DecisionBody,
    Outcome,
    OutcomeAnswer,
    Requests,
    RequestView,
    Snapshot,
)
from core.wire.messages.shop import (
    Catalogue,
    CatalogueItem,
    OrderAgain,
    OrderLine,
    PaymentBody,
    QuoteAnswer,
    QuoteRequest,
    ReceiptAnswer,
    RefundBody,
)

__all__ = [
    "Asker",
    "Catalogue",
    "CatalogueItem",
    "CodeWanted",
    "Consent",
    "ContactName",
    "Contacts",
    "DecisionAnswer",
    "DecisionBody",
    "DeletionBody",
    "Device",
    "DeviceChange",
    "Devices",
    "Enrolled",
    "EnrolmentCode",
    "In",
    "NewProfile",
    "NewTerminal",
    "OrderAgain",
    "OrderLine",
    "Out",
    "Outcome",
    "OutcomeAnswer",
    "PairingView",
    "PaymentBody",
    "PictureBody",
    "Profile",
    "ProfileChange",
    "QuoteAnswer",
    "QuoteRequest",
    "ReceiptAnswer",
    "RefundBody",
    "RequestView",
    "Requests",
    "Snapshot",
    "TerminalKeys",
    "TerminalView",
    "Terminals",
    "decode",
    "encode",
]
