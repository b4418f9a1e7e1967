"""How good or bad each end of a request is: one table for the list's marks and for the card of an end.

An end is named by its state, but for those that the state does not tell: a wrong code, a payment whose
receipt is not the shop's own, and one whose receipt could not be checked yet.
"""

from dataclasses import dataclass

from core.domain.decision import Reason
from core.domain.doubt import Doubt
from core.domain.request import State
from core.presentation.record import doubt_of, unproven
from core.wire.messages import RequestView


@dataclass(frozen=True)
class Tone:
    """The looks of one end."""

    kind: str
    """`good`, `bad`, `warn` or `quiet`: a ground of the style sheet."""
    icon: str
    """The picture beside its words."""


TONES = {
    "pending": Tone("warn", "clock"),
    "approved": Tone("good", "done"),
    "paid": Tone("good", "done"),
    "unproven": Tone("warn", "warn"),
    "unchecked": Tone("warn", "warn"),
    "declined": Tone("bad", "refused"),
    "declined-unproven": Tone("warn", "warn"),
    "declined-unchecked": Tone("warn", "warn"),
    "unknown": Tone("warn", "warn"),
    "denied": Tone("quiet", "refused"),
    "wrong-code": Tone("bad", "refused"),
    "reported": Tone("quiet", "refused"),
    "expired": Tone("quiet", "expired"),
    "withdrawn": Tone("quiet", "withdrawn"),
    "lost": Tone("warn", "warn"),
}
"""By the name of the end."""

INKS = {"good": "accent", "bad": "danger", "warn": "warn", "quiet": "muted"}
"""The ink of each kind on its own ground."""
GROUNDS = {"good": "accent_soft", "bad": "danger_soft", "warn": "warn_soft", "quiet": "sunken"}


def name_of(view: RequestView, doubt: Doubt | None = None) -> str:
    """Which end, or "pending": a key of `TONES`.

    Args:
        view: the request as the server last told it.
        doubt: why its receipt is not believed; None where it is, or where nobody has looked.
    """
    doubt = doubt_of(view, doubt)
    if view.state is State.PAID and doubt is not None:
        return unproven(doubt)
    if view.state is State.DECLINED and doubt is not None:
        return f"declined-{unproven(doubt)}"
    if view.state is State.DENIED and view.reason is Reason.WRONG_MATCH_CODE:
        return "wrong-code"
    return view.state.value
