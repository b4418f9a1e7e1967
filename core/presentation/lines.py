"""Turns a request's details into the lines that every screen shows, in the same words.

The Qt dialog, the text terminal, the history and the JSON of a terminal all take them from here.
"""

import msgspec

from core.domain.money import Money
from core.presentation import formats
from core.texts.catalog import Texts
from core.wire.details import Details, PurchaseDetails
from core.wire.messages import RequestView

KNOWN_SCOPES = ("openid", "profile", "email", "offline_access")


class ItemLine(msgspec.Struct, frozen=True):
    """One line of an order."""

    title: str
    """What it is."""
    quantity: int
    """How many."""
    text: str
    """`2 × Green tea`."""
    unit_price: str
    """Price of one."""
    total: str
    """Price of the line."""


class Lines(msgspec.Struct, frozen=True):
    """Everything that a person is shown of a request, as text of one language."""

    request_id: str
    """The request."""
    headline: str
    """`Kitchen speaker wants to buy`."""
    who: str
    """The approver's own name for the device."""
    kind: str
    """What the device is, in words."""
    nickname: str
    """How the device called the approver."""
    when: str
    """Date and time in the approver's zone."""
    where: str
    """The place and who says so."""
    what: tuple[str, ...]
    """Items, the procedure and its fields, or message and scopes: one line each."""
    items: tuple[ItemLine, ...] = ()
    """The order's lines, for a table."""
    amount: str | None = None
    """The exact total, where money moves."""
    payee: str | None = None
    """Who is paid, where money moves."""


def lines(details: Details, texts: Texts, zone: str) -> Lines:
    """The lines of `details`.

    Args:
        details: what the server sent.
        texts: the approver's language.
        zone: the approver's IANA time zone.
    """
    context = details.context
    purchase = details.purchase
    return Lines(
        request_id=context.request_id,
        headline=texts.say(f"lines-{_body(details)}", who=context.requester.name),
        who=context.requester.name,
        kind=texts.say("lines-kind", kind=context.requester.kind),
        nickname=texts.say("lines-nickname", nickname=context.nickname),
        when=formats.when(context.requested_at, zone, texts.locale),
        where=formats.place(context.place, texts),
        what=_what(details, texts),
        items=item_lines(purchase, texts) if purchase else (),
        amount=formats.money(purchase.amount, texts.locale) if purchase else None,
        payee=purchase.payee.name if purchase else None,
    )


def about_line(view: RequestView, shown: Lines, texts: Texts, zone: str) -> str:
    """What the requester is, how it called the approver, and since when it is paired."""
    since = texts.say("lines-paired-since", day=formats.day(view.asker.paired_at, zone, texts.locale))
    return " · ".join((shown.kind, shown.nickname, since))


def item_lines(purchase: PurchaseDetails, texts: Texts) -> tuple[ItemLine, ...]:
    """The lines of an order."""
    currency = purchase.amount.currency
    return tuple(
        ItemLine(
            item.title,
            item.quantity,
            texts.say("lines-item", quantity=item.quantity, title=item.title),
            formats.money(Money(item.unit_value, currency), texts.locale),
            formats.money(Money(item.unit_value, currency).times(item.quantity), texts.locale),
        )
        for item in purchase.items
    )


def state_line(view: RequestView, texts: Texts) -> str:
    """Where a request stands, with the reason where there is one."""
    state = texts.say("lines-state", state=view.state)
    reason = view.reason or (view.outcome.code if view.outcome else None)
    if reason is None:
        return state
    return f"{state} ({texts.say('lines-reason', reason=reason)})"


def summary(details: Details, texts: Texts) -> str:
    """One line for a list: what it is about."""
    return formats.listed(_what(details, texts), texts)


def _body(details: Details) -> str:
    if details.purchase:
        return "purchase"
    return "procedure" if details.procedure else "authentication"


def _what(details: Details, texts: Texts) -> tuple[str, ...]:
    if details.purchase:
        return tuple(line.text for line in item_lines(details.purchase, texts))
    if details.procedure:
        fields = details.procedure.fields
        return (details.procedure.procedure, *(f"{field.label}: {field.value}" for field in fields))
    return _asked(details, texts)


def _asked(details: Details, texts: Texts) -> tuple[str, ...]:
    asked = details.authentication
    if asked is None:
        return ()
    who = details.context.requester.name
    message = (texts.say("lines-message", who=who, message=asked.binding_message),)
    scopes = tuple(
        texts.say("lines-scope", scope=scope if scope in KNOWN_SCOPES else "other", name=scope)
        for scope in asked.scopes
    )
    return (message if asked.binding_message else ()) + scopes
