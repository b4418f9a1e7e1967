"""Which sentence the device says at which moment: values that `phrases` puts into words."""

from assistant.conversation import Conversation, Errand, Failed, HeardLine, Kind, Say, Sayable, Stage, Thing
from assistant.ears.interface import Action
from core.domain.outcome import Outcome

LISTED = 6
"""Most names or things that a sentence lists."""


def asked_sentences(errand: Errand) -> tuple[Say, ...]:
    """What is said once a request is open; also that nobody can see it yet, where devices may know."""
    said = asked_sentence(errand)
    if errand.asked is None or errand.asked.has_screen is not False:
        return (said,)
    return said, Say("no-screen", {"nickname": errand.nickname or ""})


def asked_sentence(errand: Errand) -> Say:
    """Whom the device has asked, and with which code; said again at "repeat"."""
    request = errand.asked
    assert request is not None  # noqa: S101 - only waiting errands are said so
    values: dict[str, Sayable] = {"nickname": errand.nickname or "", "seconds": round(request.window_s)}
    if request.match_code is None:
        return Say("asked-without-code", values)
    return Say("asked", values | {"digits": tuple(request.match_code)})


_FAILURES = {
    "server_away": "server-away",
    "temporarily_unavailable": "server-away",
    "out_of_stock": "out-of-stock",
    "bad_quantity": "bad-quantity",
    "unknown_item": "item-gone",
    "too_many_requests": "too-many",
    "access_denied": "not-now",
    "missing_user_code": "wants-code",
}


def failure(errand: Errand, event: Failed) -> Say:
    """Why nobody could be asked."""
    values: dict[str, Sayable] = {"nickname": errand.nickname or "", "item": errand.item or ""}
    return Say(_FAILURES.get(event.code, "failed"), values)


def question(talk: Conversation, errand: Errand, kind: Kind) -> Say:
    """A question in words."""
    if kind == "confirm":
        amount: dict[str, Sayable] = {} if errand.amount is None else {"amount": errand.amount}
        return Say("confirm", _thing(errand) | amount | {"nickname": errand.nickname or ""})
    if kind == "name":
        return unknown_name(talk)
    return Say("offer", {"candidate": errand.slots["item" if kind == "offer_item" else "nickname"].text})


def unknown_item(talk: Conversation) -> Say:
    """What can be bought."""
    names = tuple(article.name for article in talk.known.articles[:LISTED])
    return Say("unknown-item", {"items": names}) if names else Say("shop-empty")


def unknown_name(talk: Conversation) -> Say:
    """Who can be asked."""
    names = tuple(person.text for person in talk.known.people[:LISTED])
    return Say("unknown-name", {"names": names}) if names else Say("no-contacts")


def not_understood(talk: Conversation) -> Say:
    """How an order is said, by the name of somebody who can be asked."""
    people = talk.known.people
    return Say("not-understood", {"nickname": people[0].text}) if people else Say("no-contacts")


def about(talk: Conversation, event: HeardLine) -> tuple[Say, ...]:
    """The answer to the speaker's own question; empty for "repeat"."""
    heard = event.heard
    if heard.action is Action.MENU:
        names = tuple(article.name for article in talk.known.articles)
        return (Say("menu", {"items": names}) if names else Say("shop-empty"),)
    if heard.action is Action.CONTACTS:
        names = tuple(person.text for person in talk.known.people)
        return (Say("contacts", {"names": names}) if names else Say("no-contacts"),)
    if heard.action is Action.PRICE:
        article = talk.known.article(heard.item)
        if article is None:
            return (unknown_item(talk),)
        count, amount = heard.quantity, article.price.times(heard.quantity)
        thing = (Thing(article.name, count),)
        return (Say("price", {"thing": thing, "quantity": count, "amount": amount}),)
    if heard.action is Action.STATUS:
        return _status(talk, event.now)
    waiting = [errand for errand in talk.errands if errand.stage is Stage.WAITING]
    return () if talk.question else tuple(asked_sentence(errand) for errand in waiting)


def _status(talk: Conversation, now: float) -> tuple[Say, ...]:
    waiting = [errand for errand in talk.errands if errand.asked is not None]
    said = []
    for errand in waiting:
        left = max(0, round(errand.asked.decide_by_steady - now)) if errand.asked else 0
        said.append(Say("status", {"nickname": errand.nickname or "", "seconds": left}))
    return tuple(said) or (Say("nothing-open"),)


def _thing(errand: Errand) -> dict[str, Sayable]:
    return {"thing": errand.things}


_ENDS = {
    Outcome.PAID: "paid",
    Outcome.APPROVED: "approved",
    Outcome.DENIED: "denied",
    Outcome.EXPIRED: "expired",
    Outcome.WITHDRAWN: "withdrawn",
    Outcome.DECLINED: "declined",
    Outcome.UNKNOWN: "unknown",
}


def ending(errand: Errand, outcome: Outcome, code: str | None) -> Say:
    """How an errand ended."""
    values = _thing(errand) | {"nickname": errand.nickname or "", "reason": code or ""}
    return Say(f"end-{_ENDS.get(outcome, 'failed')}", values)
