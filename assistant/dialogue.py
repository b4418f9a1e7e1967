"""The device's side of a conversation, as a state machine without clock, network or sound.

    heard → quote → read back when unsure → yes / no / other name → ask → say the code → wait → outcome

`step` is the one entrance. Several errands can be open; one question is open at most, and "cancel" is
understood at any moment.
"""

from dataclasses import replace

from assistant import answering, errands, wording
from assistant.conversation import (
    AskCame,
    Conversation,
    Effect,
    Event,
    Failed,
    HeardLine,
    NoAnswer,
    QuoteCame,
    RequestEnded,
    Say,
    Step,
)
from assistant.ears.interface import Action
from core.domain.outcome import Outcome


def step(talk: Conversation, event: Event) -> Step:
    """The next conversation, and what is to be done now."""
    talk, effects = _changed(talk, event)
    talk, asked = errands.ask_next(talk)
    effects = (*effects, *asked)
    said = tuple(effect for effect in effects if isinstance(effect, Say))
    is_repeat = isinstance(event, HeardLine) and event.heard.action is Action.REPEAT
    return (replace(talk, said=said) if said and not is_repeat else talk), effects


def _changed(talk: Conversation, event: Event) -> Step:
    match event:
        case HeardLine():
            return _heard(talk, event)
        case QuoteCame():
            return errands.quoted(talk, event)
        case AskCame():
            return errands.asked(talk, event)
        case Failed():
            return errands.failed(talk, event)
        case RequestEnded():
            return errands.ended(talk, event)
        case NoAnswer():
            return answering.unanswered(talk, event)


def _heard(talk: Conversation, event: HeardLine) -> Step:
    action = event.heard.action
    if action is Action.ORDER:
        return _ordered(talk, event)
    if action is Action.CANCEL:
        return errands.cancel(talk)
    if action in _QUESTIONS:
        return talk, _informed(talk, event)
    if talk.question is not None:
        return answering.answered(talk, event.heard)
    return _not_understood(talk, event)


def _ordered(talk: Conversation, event: HeardLine) -> Step:
    """A new order; one that is just being asked about is given up for it."""
    effects: tuple[Effect, ...] = ()
    if talk.question is not None:
        errand = talk.errand(talk.question.errand)
        if errand is not None:
            talk, effects = errands.close(talk, errand, Outcome.NOT_UNDERSTOOD, "replaced")
    talk, more = errands.begin(talk, event)
    return talk, (*effects, *more)


def _not_understood(talk: Conversation, event: HeardLine) -> Step:
    heard = event.heard
    if heard.action is Action.NEGATED:
        said: tuple[Effect, ...] = (Say("negated"),)
    elif event.by == "open_microphone":
        said = ()
    else:
        said = (wording.not_understood(talk),)
    return talk, (*said, *errands.nothing(talk, heard.reason or heard.action.value))


_QUESTIONS = frozenset({Action.MENU, Action.CONTACTS, Action.PRICE, Action.REPEAT, Action.STATUS})


def _informed(talk: Conversation, event: HeardLine) -> tuple[Effect, ...]:
    said = wording.about(talk, event) or talk.said or (Say("nothing-said"),)
    return (*said, *errands.nothing(talk, event.heard.action.value))
