"""What becomes of errands: begun, quoted, read back, asked, ended, taken back. Functions without effects."""

from dataclasses import replace

from assistant import wording
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
    Stage,
    Step,
    Wait,
    Withdraw,
)
from assistant.ears.interface import OWNER, Heard, Order
from assistant.known import Known
from core.domain.outcome import Outcome


def begin(talk: Conversation, event: HeardLine) -> Step:
    """Takes up every order of an utterance; what one person is asked for becomes one request."""
    effects: tuple[Effect, ...] = ()
    for errand in _collected(talk, event):
        number = talk.numbers + 1
        errand = replace(errand, number=number)
        talk = replace(talk, numbers=number, errands=(*talk.errands, errand))
        owner = event.heard.nickname == OWNER
        talk, more_effects = clear_up(talk, errand, "no_owner" if owner else event.heard.reason or "")
        effects += more_effects
    return talk, effects


def _collected(talk: Conversation, event: HeardLine) -> list[Errand]:
    """The errands of an utterance, not yet numbered."""
    heard, by = event.heard, event.by
    # With `--once` nothing is taken for granted: a name that is missing is not understood.
    is_filled_in = heard.reason == "no_name" and not talk.manners.once
    meant = _only(talk.known) if is_filled_in else None
    is_sure = heard.reason is None or (meant is not None and by == "text" and heard.item is not None)

    def errand(one: Heard | Order) -> Errand:
        person = meant or talk.known.person(one.nickname)
        return Errand(0, one.item, one.quantity, person, by, is_sure, is_nameless=meant is not None)

    found = [replace(errand(heard), slots=heard.slots)]
    for more in map(errand, heard.more):
        same = next(
            (at for at, one in enumerate(found) if more.nickname and one.nickname == more.nickname), None
        )
        if same is None or more.item is None or found[same].item is None:
            found.append(more)
        else:
            found[same] = replace(found[same], also=(*found[same].also, *more.things))
    return found


def _only(known: Known) -> str | None:
    """The single contact: whoever names nobody means that one."""
    return known.people[0].text if len(known.people) == 1 else None


def clear_up(talk: Conversation, errand: Errand, reason: str = "") -> Step:
    """Goes on with an errand as far as it is clear: to the shop, or to a question."""
    if talk.known.article(errand.item) is None:
        if "item" in errand.slots and not talk.manners.once:
            return _put(talk, replace(errand, stage=Stage.UNCLEAR)), ()
        return close(talk, errand, Outcome.NOT_UNDERSTOOD, "unknown_item", wording.unknown_item(talk))
    if errand.nickname is None:
        if not talk.manners.once and talk.known.people:
            return _put(talk, replace(errand, stage=Stage.UNCLEAR)), ()
        outcome = Outcome.NOT_UNDERSTOOD if reason == "no_name" else Outcome.UNKNOWN_CONTACT
        return close(talk, errand, outcome, "unknown_name", wording.unknown_name(talk))
    if talk.manners.once and not errand.is_sure:
        return close(talk, errand, Outcome.NOT_UNDERSTOOD, "unsure", Say("unsure"))
    if errand.quote is not None:
        return _put(talk, replace(errand, stage=Stage.CONFIRMING)), ()
    return _get_quote(talk, errand)


def _get_quote(talk: Conversation, errand: Errand) -> Step:
    """To the shop; but a person who has not answered yet is asked for the next thing afterwards."""
    if any(_is_before(other, errand) for other in talk.errands):
        held = _put(talk, replace(errand, stage=Stage.HELD))
        return held, (Say("held", {"nickname": errand.nickname or ""}),)
    priced = [(talk.known.article(thing.item), thing.quantity) for thing in errand.things]
    lines = tuple((article.id, quantity) for article, quantity in priced if article is not None)
    return _put(talk, replace(errand, stage=Stage.QUOTING)), (GetQuote(errand.number, lines),)


def _is_before(other: Errand, errand: Errand) -> bool:
    is_busy = other.stage not in (Stage.UNCLEAR, Stage.HELD)
    return other.number != errand.number and other.nickname == errand.nickname and is_busy


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
    if errand.is_nameless and errand.by != "text":
        return True  # a name may have been said and not heard
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
    return _put(talk, errand), (*wording.asked_sentences(errand), *waiting)


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
    return close(talk, errand, Outcome.ERROR, event.code, wording.failure(errand, event))


def ended(talk: Conversation, event: RequestEnded) -> Step:
    """It is known how a request ended; a second word about it does nothing."""
    errand = talk.errand(event.errand)
    if errand is None:
        return talk, ()
    outcome, code = event.ended.outcome, event.ended.code
    return close(talk, errand, outcome, code, wording.ending(errand, outcome, code))


def cancel(talk: Conversation) -> Step:
    """Takes back what is asked about, else the newest open errand."""
    if talk.question is not None:
        errand = talk.errand(talk.question.errand)
        if errand is not None:
            return close(talk, errand, Outcome.WITHDRAWN, "cancelled", Say("dropped"))
    errand = next((errand for errand in reversed(talk.errands) if not errand.is_cancelled), None)
    if errand is None:
        return talk, (Say("nothing-to-cancel"), *nothing(talk, "cancel"))
    if errand.stage in (Stage.HELD, Stage.UNCLEAR):
        return close(talk, errand, Outcome.WITHDRAWN, "cancelled", Say("dropped"))
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
    talk, released = _released(replace(talk, errands=errands, question=question), errand.nickname)
    return talk, (*words, Close(errand, outcome, code), *released)


def _released(talk: Conversation, nickname: str | None) -> Step:
    """Goes on with what waited for that person's answer."""
    for errand in talk.errands:
        is_next = errand.stage is Stage.HELD and errand.nickname == nickname
        if is_next and not any(_is_before(other, errand) for other in talk.errands):
            return _get_quote(talk, errand)
    return talk, ()


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
            return talk, (
                wording.question(talk, errand, kind),
                Listen(number, talk.manners.answer_s(errand.by)),
            )
    return talk, ()


def _kind(errand: Errand) -> Kind | None:
    if errand.stage is Stage.CONFIRMING:
        return "confirm"
    if errand.stage is not Stage.UNCLEAR:
        return None
    if errand.item is None:
        return "offer_item"
    return "offer_name" if "nickname" in errand.slots else "name"


def _put(talk: Conversation, errand: Errand) -> Conversation:
    errands = tuple(errand if open_one.number == errand.number else open_one for open_one in talk.errands)
    return replace(talk, errands=errands)
