"""Protocol events: what happened on the wire, for the walkthrough and the demo.

Both servers record them in their audit tables as they act; nobody invents one afterwards.
"""

from typing import Literal

import msgspec

Party = Literal["device", "server", "terminal", "payment"]

MESSAGES: dict[str, tuple[Party, Party]] = {
    "quote_request": ("device", "payment"),
    "quote": ("payment", "device"),
    "registration": ("device", "server"),
    "pairing_code": ("server", "device"),
    "consent": ("terminal", "server"),
    "profile": ("terminal", "server"),
    "authentication_request": ("device", "server"),
    "authentication_request_refused": ("server", "device"),
    "acknowledgement": ("server", "device"),
    "inquiry": ("server", "terminal"),
    "decision": ("terminal", "server"),
    "withdrawal": ("device", "server"),
    "expiry": ("server", "terminal"),
    "payment_token": ("server", "payment"),
    "receipt": ("payment", "server"),
    "settled": ("server", "terminal"),
    "tokens": ("server", "device"),
    "refusal": ("server", "device"),
}
"""Every message by name: who sends it to whom."""


class Event(msgspec.Struct, frozen=True, omit_defaults=True, rename={"from_": "from"}):
    """One message between two parties."""

    sequence: int
    """Order within one server."""
    at: float
    """Epoch seconds by the recording server's clock."""
    from_: Party
    to: Party
    name: str
    """A key of MESSAGES."""
    request_id: str = ""
    """The request (txn) that it belongs to; for a quote, the quote's id."""
    data: dict[str, object] = msgspec.field(default_factory=dict)
    """What may be shown of it: ids, hashes, states; never a token, key, code or item text."""
