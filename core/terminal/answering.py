"""How the person's decision leaves the desk: checked once more, signed by the right key, sent until known."""

from core.client.answer import Refusal
from core.client.deciding import Choice, Subject, post_until_known, signed
from core.client.looking import Looked
from core.client.terminal import Terminal
from core.domain.decision import Decision, Presence
from core.domain.request import State
from core.terminal.desk import Emit
from core.terminal.events import Answered, NotSent, Unanswered
from core.terminal.open_requests import OpenRequest
from core.wire.approval import Display
from core.wire.keys import SigningKey
from core.wire.messages import DecisionAnswer

UNANSWERED_AFTER_S = 60.0
"""A decision is repeated until so long after the window's end."""


async def decide(
    terminal: Terminal, one: OpenRequest | None, choice: Choice, pin: str | None, display: Display, emit: Emit
) -> None:
    """Signs and sends a decision; everything that comes of it is an event.

    Args:
        terminal: who decides.
        one: the request as it lies on the desk, None if it does not.
        choice: what the person chose.
        pin: the PIN as typed, None where none was asked for.
        display: how the request was shown.
        emit: takes `Answered`, `NotSent` or `Unanswered`, exactly one.
    """
    trouble = _trouble(one, choice)
    if trouble is not None or one is None or one.looked is None:
        emit(NotSent(choice.request_id, trouble or "not_pending"))
        return
    one.is_deciding = True  # stays so once sent: what the request became then comes by the inbox
    told: Answered | NotSent | Unanswered = NotSent(choice.request_id, "cancelled")
    try:
        told = await _send(terminal, one, one.looked, choice, pin, display)
    finally:
        one.is_deciding = not isinstance(told, NotSent)
    emit(told)


def _trouble(one: OpenRequest | None, choice: Choice) -> str | None:
    if one is None or one.looked is None or one.view.state is not State.PENDING or not one.view.challenge:
        return "not_pending"
    if one.is_deciding:
        return "deciding"
    if choice.decision is Decision.APPROVE and one.trouble is not None:
        return "cannot_approve"
    return None


async def _send(
    terminal: Terminal, one: OpenRequest, looked: Looked, choice: Choice, pin: str | None, display: Display
) -> Answered | NotSent | Unanswered:
    key: SigningKey | None = None
    if choice.decision is Decision.APPROVE and (pin or one.view.presence is Presence.PIN):
        if not pin:
            return NotSent(choice.request_id, "pin_needed")
        key = await terminal.pin_key(pin)
        if key is None:
            return NotSent(choice.request_id, "wrong_pin")
    challenge = one.view.challenge or ""
    subject = Subject(terminal.user_id, looked.details_sha256, challenge, display)
    compact = signed(choice, subject, terminal.client, key)
    give_up = one.countdown.ends_steady + UNANSWERED_AFTER_S
    found = await post_until_known(terminal.client, choice.request_id, compact, give_up)
    return _told(choice, found)


def _told(choice: Choice, found: DecisionAnswer | Refusal | None) -> Answered | NotSent | Unanswered:
    if found is None:
        return Unanswered(choice.request_id)
    if isinstance(found, DecisionAnswer) or found.state is not None:
        return Answered(choice.request_id, choice.decision, found.state or State.PENDING, found.reason)
    return NotSent(choice.request_id, found.code)
