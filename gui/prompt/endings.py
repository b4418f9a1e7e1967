"""Which words and which picture belong to the end of a request; every end has its own."""

from dataclasses import dataclass

from core.domain.doubt import Doubt
from core.presentation.lines import Lines
from core.texts.catalog import Texts
from core.wire.messages import RequestView
from gui.tones import TONES, Tone, name_of


@dataclass(frozen=True)
class Ending:
    """What the outcome card shows."""

    tone: Tone
    """How good or bad it is."""
    heading: str
    """One word or two."""
    more: str
    """What it means and what can be done."""


def ending(
    view: RequestView,
    lines: Lines,
    texts: Texts,
    *,
    is_blocked: bool = False,
    is_past: bool = False,
    doubt: Doubt | None = None,
) -> Ending:
    """The ending of a request that is not pending any more.

    Args:
        view: the request as the server last told it.
        lines: its lines.
        texts: the language.
        is_blocked: whether the person blocked the device with the same answer.
        is_past: whether it is looked up in the history, where nobody need be told to look there.
        doubt: why its receipt is not believed; None where it is, or where nobody has looked.
    """
    name = name_of(view, doubt)
    stem = "blocked" if name == "reported" and is_blocked else name
    more = f"prompt-over-{stem}-more"
    is_plain = lines.amount is None or (name == "declined" and not _reason(view, texts))
    if is_plain and texts.has(f"prompt-over-{stem}-plain"):
        more = f"prompt-over-{stem}-plain"
    if is_past and texts.has(f"prompt-over-{name}-here"):
        more = f"prompt-over-{name}-here"
    return _told(name, more, lines, texts, _reason(view, texts))


def unanswered(lines: Lines, texts: Texts) -> Ending:
    """The ending of a request whose answer was sent and that nobody has heard of since."""
    return _told("lost", "prompt-over-lost-more", lines, texts, "")


def _reason(view: RequestView, texts: Texts) -> str:
    code = view.outcome.code if view.outcome else None
    return texts.say("lines-reason", reason=code) if code else ""


def _told(name: str, more: str, lines: Lines, texts: Texts, reason: str) -> Ending:
    sentence = texts.say(
        more,
        who=lines.who,
        amount=lines.amount or "",
        payee=lines.payee or "",
        reason=reason,
    )
    return Ending(TONES[name], texts.say(f"prompt-over-{name}"), sentence)
