"""What becomes of errands: begun, quoted, read back, asked, ended, taken back. Functions without effects."""

from dataclasses import replace

from assistant.conversation import (
    Ask,
    AskCame,
    Close,
    Conversation,
    Effect,
    Errand,
    Failed,
    GetQuote,
    HeardLine,
    Kind,
    Listen,
    Question,
    QuoteCame,
    Refresh,
    RequestEnded,
    Say,
    Sayable,
    Stage,
    Step,
    Wait,
    Withdraw,
)
from assistant.ears.interface import OWNER, Action
from core.domain.outcome import Outcome

LISTED = 6
"""Most names or things that a sentence lists."""


def begin(talk: Conversation, event: HeardLine) -> Step:
    """Takes up every order of an utterance."""
    heard = event.heard
    orders = [(heard.item, heard.quantity, heard.nickname, heard.slots)]
    orders += [(more.item, more.quantity, more.nickname, {}) for more in heard.more]
    effects: tuple[Effect, ...] = ()
    for item, quantity, nickname, slots in orders:
        number = talk.numbers + 1
        person = talk.known.person(nickname)
        is_sure = heard.reason is None or (item is not None and person is not None and len(orders) > 1)
        errand = Errand(number, item, quantity, person, event.by, is_sure, slots=slots)
        talk = replace(talk, numbers=number, errands=(*talk.errands, errand))
        talk, more_effects = clear_up(talk, errand, _why(heard.reason, nickname))
        effects += more_effects
    return talk, effects


def _why(reason: str | None, nickname: str | None) -> str:
    return "no_owner" if nickname == OWNER else reason or ""


def clear_up(talk: Conversation, errand: Errand, reason: str = "") -> Step:
    """Goes on with an errand as far as it is clear: to the shop, or to a question."""
    if talk.known.article(errand.item) is None:
        if "item" in errand.slots and not talk.manners.once:
            return _put(talk, replace(errand, stage=Stage.UNCLEAR)), ()
        return close(talk, errand, Outcome.NOT_UNDERSTOOD, "unknown_item", unknown_item(talk))
    if errand.nickname is None:
        if not talk.manners.once and talk.known.people:
            return _put(talk, replace(errand, stage=Stage.UNCLEAR)), ()
        outcome = Outcome.NOT_UNDERSTOOD if reason == "no_name" else Outcome.UNKNOWN_CONTACT
        return close(talk, errand, outcome, "unknown_name", unknown_name(talk))
    if talk.manners.once and not errand.is_sure:
        return close(talk, errand, Outcome.NOT_UNDERSTOOD, "unsure", Say("unsure"))
    if errand.quote is not None:
        return _put(talk, replace(errand, stage=Stage.CONFIRMING)), ()
    return _get_quote(talk, errand)


def _get_quote(talk: Conversation, errand: Errand) -> Step:
    article = talk.known.article(errand.item)
    assert article is not None  # noqa: S101 - clear_up looked
    errand = replace(errand, stage=Stage.QUOTING)
    return _put(talk, errand), (GetQuote(errand.number, article.id, errand.quantity),)


def quoted(talk: Conversation, event: QuoteCame) -> Step:
    """The price is there: read it back, or ask at once."""
    errand = talk.errand(event.errand)
    if errand is None or errand.stage is not Stage.QUOTING:
        return talk, ()
    if errand.is_cancelled:
        return close(talk, errand, Outcome.WITHDRAWN, "cancelled", Say("dropped"))
    errand = replace(errand, amount=event.amount, quote=event.quote)
    if _is_read_back(talk, errand):
        return _put(talk, replace(errand, stage=Stage.CONFIRMING)), ()
    return send(talk, errand)


def _is_read_back(talk: Conversation, errand: Errand) -> bool:
    manners = talk.manners
    if manners.once:
        return False
    if errand.by == "open_microphone" or manners.read_back == "always":
        return True
    return manners.read_back == "unsure" and not errand.is_sure


def send(talk: Conversation, errand: Errand) -> Step:
    """Asks the approver."""
    errand = replace(errand, stage=Stage.ASKING)
    return _put(talk, errand), (Ask(errand.number, errand.nickname or "", errand.quote or ""),)


def asked(talk: Conversation, event: AskCame) -> Step:
    """The request is open: say the code and wait."""
    errand = talk.errand(event.errand)
    if errand is None or errand.stage is not Stage.ASKING:
        return talk, ()
    request = event.asked
    errand = replace(errand, stage=Stage.WAITING, asked=request)
    waiting: tuple[Effect, ...] = (Wait(errand.number, request),)
    if errand.is_cancelled:
        return _put(talk, errand), (*waiting, Withdraw(errand.number, request))
    return _put(talk, errand), (asked_sentence(errand), *waiting)


def asked_sentence(errand: Errand) -> Say:
    """What is said once a request is open, and again at "repeat"."""
    request = errand.asked
    assert request is not None  # noqa: S101 - only waiting errands are said so
    values: dict[str, Sayable] = {"nickname": errand.nickname or "", "seconds": round(request.window_s)}
    if request.match_code is None:
        return Say("asked-without-code", values)
    return Say("asked", values | {"digits": tuple(request.match_code)})


def failed(talk: Conversation, event: Failed) -> Step:
    """A server refused or is away."""
    errand = talk.errand(event.errand)
    if errand is None:
        return talk, ()
    if event.during == "withdraw":
        talk = _put(talk, replace(errand, is_cancelled=False))
        return talk, (Say("cancel-failed" if event.code == "server_away" else "too-late-to-cancel"),)
    if event.code == "unknown_user_id":
        said = Say("contact-gone", {"nickname": errand.nickname or ""})
        talk, effects = close(talk, errand, Outcome.UNKNOWN_CONTACT, event.code, said)
        return talk, (*effects, Refresh())
    return close(talk, errand, Outcome.ERROR, event.code, _failure(errand, event))


_FAILURES = {
    "server_away": "server-away",
    "temporarily_unavailable": "server-away",
    "out_of_stock": "out-of-stock",
    "bad_quantity": "bad-quantity",
    "unknown_item": "item-gone",
    "too_many_requests": "too-many",
    "access_denied": "not-now",
}


def _failure(errand: Errand, event: Failed) -> Say:
    values: dict[str, Sayable] = {"nickname": errand.nickname or "", "item": errand.item or ""}
    return Say(_FAILURES.get(event.code, "failed"), values)


_ENDS = {
    Outcome.PAID: "paid",
    Outcome.APPROVED: "approved",
    Outcome.DENIED: "denied",
    Outcome.EXPIRED: "expired",
    Outcome.WITHDRAWN: "withdrawn",
    Outcome.DECLINED: "declined",
    Outcome.UNKNOWN: "unknown",
}


def ended(talk: Conversation, event: RequestEnded) -> Step:
    """It is known how a request ended; a second word about it does nothing."""
    errand = talk.errand(event.errand)
    if errand is None:
        return talk, ()
    outcome, code = event.ended.outcome, event.ended.code
    values = _thing(errand) | {"nickname": errand.nickname or "", "reason": code or ""}
    return close(talk, errand, outcome, code, Say(f"end-{_ENDS.get(outcome, 'failed')}", values))


def cancel(talk: Conversation) -> Step:
    """Takes back what is asked about, else the newest open errand."""
    if talk.question is not None:
        errand = talk.errand(talk.question.errand)
        if errand is not None:
            return close(talk, errand, Outcome.WITHDRAWN, "cancelled", Say("dropped"))
    errand = next((errand for errand in reversed(talk.errands) if not errand.is_cancelled), None)
    if errand is None:
        return talk, (Say("nothing-to-cancel"), *nothing(talk, "cancel"))
    talk = _put(talk, replace(errand, is_cancelled=True))
    if errand.asked is None:
        return talk, ()
    return talk, (Withdraw(errand.number, errand.asked),)


def close(
    talk: Conversation, errand: Errand, outcome: Outcome, code: str | None = None, said: Say | None = None
) -> Step:
    """Ends an errand, and the question about it."""
    errands = tuple(open_one for open_one in talk.errands if open_one.number != errand.number)
    question = talk.question
    if question is not None and question.errand == errand.number:
        question = None
    words: tuple[Effect, ...] = (said,) if said is not None else ()
    return replace(talk, errands=errands, question=question), (*words, Close(errand, outcome, code))


def nothing(talk: Conversation, code: str) -> tuple[Effect, ...]:
    """With `--once`, a line that is no order ends the process; else it ends nothing."""
    return (Close(None, Outcome.NOT_UNDERSTOOD, code),) if talk.manners.once else ()


def ask_next(talk: Conversation) -> Step:
    """Asks the next question, if none is open and an errand needs one."""
    if talk.question is not None:
        return talk, ()
    for errand in talk.errands:
        kind = _kind(errand)
        if kind is not None:
            number = talk.numbers + 1
            talk = replace(talk, numbers=number, question=Question(number, errand.number, kind))
            return talk, (wording(talk, errand, kind), Listen(number, talk.manners.answer_s))
    return talk, ()


def _kind(errand: Errand) -> Kind | None:
    if errand.stage is Stage.CONFIRMING:
        return "confirm"
    if errand.stage is not Stage.UNCLEAR:
        return None
    if errand.item is None:
        return "offer_item"
    return "offer_name" if "nickname" in errand.slots else "name"


def wording(talk: Conversation, errand: Errand, kind: Kind) -> Say:
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
        return (Say("price", {"item": article.name, "quantity": 1, "amount": article.price}),)
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
    return {"item": errand.item or "", "quantity": errand.quantity}


def _put(talk: Conversation, errand: Errand) -> Conversation:
    errands = tuple(errand if open_one.number == errand.number else open_one for open_one in talk.errands)
    return replace(talk, errands=errands)
