"""One request as a record to keep: what was asked, how it ended, and the numbers that prove it; no layout."""

import msgspec

from core.domain.doubt import Doubt
from core.domain.request import State
from core.presentation import formats
from core.presentation.lines import ItemLine, about_line, lines, state_line
from core.presentation.surroundings import clock_line, near_line
from core.texts.catalog import Texts
from core.wire.messages import RequestView
from core.wire.receipt import Receipt

Pairs = tuple[tuple[str, str], ...]
"""Labels and what stands beside them."""
SIGNED = {Doubt.AWAY: "away", Doubt.MISSING: "missing", Doubt.DIFFERS: "no"}
"""What is said of a receipt that is not believed."""


class Record(msgspec.Struct, frozen=True):
    """Everything on the sheet, as text of one language."""

    title: str
    """Who wanted what."""
    about: str
    """What the requester is, how it called the person, since when it is paired."""
    state: str
    """How it ended."""
    is_paid: bool
    """Whether money moved, as the shop itself has signed."""
    items: tuple[ItemLine, ...]
    """What was ordered."""
    what: tuple[str, ...]
    """What was asked, where it was no order."""
    total: str | None
    """The exact total."""
    facts: Pairs
    """When, where, to whom."""
    proof: Pairs
    """Numbers and hashes."""


def record(view: RequestView, receipt: Receipt | Doubt | None, texts: Texts, zone: str) -> Record:
    """The record of a request.

    Args:
        view: the request.
        receipt: its verified receipt, a code why it is not believed, or None where there is none.
        texts: the language.
        zone: the person's IANA time zone.
    """
    said = lines(view.details, texts, zone)
    return Record(
        title=said.headline,
        about=about_line(view, said, texts, zone),
        state=end_line(view, None if isinstance(receipt, Receipt) else receipt, texts),
        is_paid=view.state is State.PAID and isinstance(receipt, Receipt),
        items=said.items,
        what=() if said.items else said.what,
        total=said.amount,
        facts=_facts(view, texts, zone),
        proof=_proof(view, receipt, texts),
    )


def end_line(view: RequestView, doubt: Doubt | None, texts: Texts) -> str:
    """How it ended; a payment whose receipt is not believed is not called one."""
    doubt = doubt_of(view, doubt)
    if view.state is State.PAID and doubt is not None:
        return texts.say("lines-state", state=unproven(doubt))
    return state_line(view, texts)


def doubt_of(view: RequestView, doubt: Doubt | None) -> Doubt | None:
    """Why its end is not believed, also where nobody had to look: there is no receipt."""
    return Doubt.MISSING if doubt is None and view.lacks_receipt else doubt


def unproven(doubt: Doubt) -> str:
    """What a payment is called whose receipt is not believed for the reason `doubt`."""
    return "unchecked" if doubt is Doubt.AWAY else "unproven"


def _facts(view: RequestView, texts: Texts, zone: str) -> Pairs:
    said, context = lines(view.details, texts, zone), view.details.context
    there = clock_line(context.place, context.requested_at, zone, texts)
    found = [("record-asked", f"{said.when} · {there}" if there else said.when)]
    if view.decided_at is not None:
        found.append(("record-answered", formats.when(view.decided_at, zone, texts.locale)))
    if said.payee is not None:
        found.append(("record-payee", said.payee))
    near = near_line(context.place, texts)
    found.append(("record-place", f"{said.where}, {near}" if near else said.where))
    return tuple((texts.say(key), text) for key, text in found)


def _proof(view: RequestView, receipt: Receipt | Doubt | None, texts: Texts) -> Pairs:
    found = [("record-request", view.id), ("record-details", view.details_sha256)]
    if isinstance(receipt, Receipt):
        found += [
            ("record-receipt", str(receipt.sequence)),
            ("record-approval", receipt.approval_sha256),
            ("record-token", receipt.token_sha256),
            ("record-signed", texts.say("record-signed-yes")),
        ]
    elif doubt := doubt_of(view, receipt):
        found.append(("record-signed", texts.say(f"record-signed-{SIGNED[doubt]}")))
    return tuple((texts.say(key), text) for key, text in found)
