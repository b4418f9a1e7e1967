"""What an answer to the device's own question does. Pure functions of a conversation."""

from dataclasses import replace

from assistant import errands, wording
from assistant.conversation import (
    Conversation,
    Errand,
    Listen,
    NoAnswer,
    Question,
    Say,
    Stage,
    Step,
)
from assistant.ears.interface import Action, Heard
from core.domain.outcome import Outcome

TRIES = 2
"""How often a question is asked before the errand is dropped."""


def answered(talk: Conversation, heard: Heard) -> Step:
    """Takes an answer; anything else is asked about once more."""
    question = talk.question
    errand = talk.errand(question.errand) if question is not None else None
    if question is None or errand is None:
        return talk, ()
    if heard.action is Action.NAME:
        return _named(talk, errand, heard.nickname)
    if heard.action is Action.YES and question.kind != "name":
        return _yes(replace(talk, question=None), errand, question)
    if heard.action in (Action.NO, Action.NEGATED):
        return _no(replace(talk, question=None), errand, question)
    return _again(talk, errand, question)


def unanswered(talk: Conversation, event: NoAnswer) -> Step:
    """Nobody answered in time: nothing is asked of anybody."""
    question = talk.question
    if question is None or question.number != event.question:
        return talk, ()
    errand = talk.errand(question.errand)
    if errand is None:
        return replace(talk, question=None), ()
    return errands.close(talk, errand, Outcome.NOT_UNDERSTOOD, "no_answer", Say("no-answer"))


def _yes(talk: Conversation, errand: Errand, question: Question) -> Step:
    if question.kind == "confirm":
        return errands.send(talk, errand)
    if question.kind == "offer_name":
        person = talk.known.person(errand.slots["nickname"].text)
        return errands.clear_up(talk, _without(_agreed(replace(errand, nickname=person)), "nickname"))
    item = errand.slots["item"].text
    return errands.clear_up(talk, _without(_agreed(replace(errand, item=item)), "item"))


def _agreed(errand: Errand) -> Errand:
    """A typed order of which the doubtful word was agreed to is not read back as well."""
    return replace(errand, is_sure=errand.is_sure or errand.by == "text")


def _no(talk: Conversation, errand: Errand, question: Question) -> Step:
    if question.kind == "offer_name":
        return errands.clear_up(talk, _without(errand, "nickname"))
    if question.kind == "offer_item":
        said = wording.unknown_item(talk)
        return errands.close(talk, errand, Outcome.NOT_UNDERSTOOD, "unknown_item", said)
    return errands.close(talk, errand, Outcome.WITHDRAWN, "cancelled", Say("dropped"))


def _named(talk: Conversation, errand: Errand, nickname: str | None) -> Step:
    """A name for the errand; one that was already read back is read back again."""
    person = talk.known.person(nickname)
    talk = replace(talk, question=None)
    named = replace(errand, nickname=person, is_nameless=False)
    return errands.clear_up(talk, _without(named, "nickname"))


def _again(talk: Conversation, errand: Errand, question: Question) -> Step:
    if question.tries >= TRIES:
        return errands.close(talk, errand, Outcome.NOT_UNDERSTOOD, "no_answer", Say("dropped"))
    number = talk.numbers + 1
    asked = replace(question, number=number, tries=question.tries + 1)
    talk = replace(talk, numbers=number, question=asked)
    return talk, (
        Say("answer-please"),
        wording.question(talk, errand, question.kind),
        Listen(number, talk.manners.answer_s(errand.by)),
    )


def _without(errand: Errand, slot: str) -> Errand:
    slots = {name: candidate for name, candidate in errand.slots.items() if name != slot}
    stage = Stage.UNCLEAR if errand.quote is None else Stage.CONFIRMING
    return replace(errand, slots=slots, stage=stage)
