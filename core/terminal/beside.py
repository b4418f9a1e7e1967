"""The assistant that runs beside a text terminal: it is told what was typed for it, and orders again."""

from typing import Protocol

from core.client.answer import Refusal
from core.terminal.again import order_again
from core.terminal.commands import Again, Ambiguous, Say, find_id
from core.terminal.session import Session
from core.terminal.telling import Teller, Telling
from core.wire.messages import OrderAgain, Requests, RequestView

MOST = 200
"""Requests among which one to make again is looked for, from the newest on."""


class Beside(Protocol):
    """What a terminal wants of it; both calls return at once."""

    def say(self, text: str) -> None:
        """Type a line to it."""

    def order_again(self, order: OrderAgain) -> None:
        """Let it ask once more for what it has asked before."""

    def client_id(self) -> str | None:
        """Its client id, None while it cannot ask."""


def hand_on(command: Say, teller: Teller, assistant: Beside | None) -> Telling | None:
    """Hands a line to the assistant; what is to be told where there is none."""
    if assistant is None:
        return teller.error("no_assistant")
    assistant.say(command.text)
    return None


async def make_again(session: Session, command: Again, teller: Teller, assistant: Beside | None) -> Telling:
    """Lets the assistant ask once more for an order that it has made before.

    Args:
        session: an enrolled session.
        command: which request; without an id the newest that can be made again.
        teller: finds the words.
        assistant: who asks; None where none runs beside this terminal.

    Raises:
        ServerAway, BadAnswer: if there is no usable answer.
    """
    if not session.terminal.user_id:
        return teller.error("not_enrolled")
    if assistant is None or (own := assistant.client_id()) is None:
        return teller.error("no_assistant" if assistant is None else "assistant_not_ready")
    found = await session.home.requests(limit=MOST)
    if isinstance(found, Refusal):
        return teller.refusal(found)
    devices = await session.home.devices()
    if isinstance(devices, Refusal):
        return teller.refusal(devices)
    views = _meant(found, command.id)
    if len(views) > 1 and command.id:
        return teller.error("ambiguous_id", command.id[:40])
    for view in views:
        order = order_again(view, own, devices.devices)
        if order is not None:
            assistant.order_again(order)
            return teller.again(view)
    return teller.error("not_again" if command.id else "nothing_again")


def _meant(found: Requests, beginning: str) -> tuple[RequestView, ...]:
    """The requests whose id begins so, the newest first; all of them where nothing was typed."""
    if not beginning:
        return found.requests
    meant = find_id(beginning, (view.id for view in found.requests))
    if isinstance(meant, Ambiguous):
        return tuple(view for view in found.requests if beginning in view.id)
    return tuple(view for view in found.requests if view.id == meant)
