"""The requests that lie on a terminal's desk: taken in, looked at, counted down, told of, and cleared.

Each view from the inbox goes through `take`; the look at it (hash, quote, texts) runs beside the inbox, so a
slow payment server delays nothing else. Until the look is done a request is not told, and it can never be
approved while its price could not be checked, or while it takes a PIN that this terminal does not have.
"""

import math
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec

from core.client.answer import Refusal
from core.client.clock import Clock
from core.client.errors import ClientError, KeyUnreadable
from core.client.looking import PASSING, PIN_NOT_SET, Looked, look, look_at_receipt
from core.client.terminal import Terminal
from core.domain.decision import Presence
from core.domain.doubt import Doubt
from core.domain.request import State
from core.presentation.record import doubt_of
from core.terminal.countdown import Countdown
from core.terminal.events import Event, Expired, Inquiry, Settled
from core.terminal.open_requests import OpenRequest, end_of
from core.wire.messages import RequestView
from core.wire.receipt import Receipt

Emit = Callable[[Event], None]
Spawn = Callable[[Coroutine[Any, Any, None]], None]

LOOK_AGAIN_S = 2.0
"""Seconds between looks at a request that cannot be approved yet."""


class Desk:
    """Everything that waits for an answer."""

    def __init__(self, terminal: Terminal, emit: Emit, spawn: Spawn) -> None:
        self.open: dict[str, OpenRequest] = {}
        self._terminal = terminal
        self._clock: Clock = terminal.clock
        self._emit = emit
        self._spawn = spawn
        self._next_look = 0.0

    def take(self, view: RequestView, half_trip_s: float) -> None:
        """Takes in a request as it is now; `half_trip_s` are seconds."""
        known = self.open.get(view.id)
        if known is not None and view.revision < known.view.revision:
            return
        if view.state is State.PENDING:
            self._take_pending(view, half_trip_s, known)
        else:
            self._take_ended(view, known)

    def _take_pending(self, view: RequestView, half_trip_s: float, known: OpenRequest | None) -> None:
        left_s = view.expires_in_s or 0.0
        if known is None:
            countdown = Countdown(left_s, half_trip_s, self._clock.steady)
            self.open[view.id] = OpenRequest(view, countdown)
            self._spawn(self._look(view.id))
            return
        known.view = view
        known.countdown.restart(left_s, half_trip_s)
        known.is_told_expired = known.is_told_expired and known.countdown.is_over
        if known.looked is not None:
            self._emit(Inquiry(view, known.countdown, known.trouble, is_again=True))

    def _take_ended(self, view: RequestView, known: OpenRequest | None) -> None:
        was_open = known is not None and known.looked is not None
        event = end_of(view, was_open=was_open)
        if event is None:
            self.open.pop(view.id, None)
            self._spawn(self._settle(view, was_open=was_open))
            return
        if known is not None and view.state is State.APPROVED:
            known.view = view  # it stays on the desk until its payment is known
        else:
            self.open.pop(view.id, None)
        if not (isinstance(event, Expired) and known is not None and known.is_told_expired):
            self._emit(event)

    async def _look(self, request_id: str) -> None:
        one = self.open.get(request_id)
        if one is None or one.view.state is not State.PENDING:
            return
        before = one.looked
        looked = await self._look_at(one.view)
        if self.open.get(request_id) is not one or one.view.state is not State.PENDING:
            return
        one.looked = looked or one.unlooked()
        if one.told_at is None:
            one.told_at = self._clock.steady()
        if before != one.looked:
            self._emit(Inquiry(one.view, one.countdown, one.trouble, is_again=before is not None))

    async def _look_at(self, view: RequestView) -> Looked | None:
        try:
            looked = await look(view, await self._terminal.servers.payment())
        except ClientError:
            return None
        if looked.trouble is None and view.presence is Presence.PIN and await self._lacks_pin():
            return msgspec.structs.replace(looked, trouble=PIN_NOT_SET)
        return looked

    async def _lacks_pin(self) -> bool:
        try:
            return not await self._terminal.has_pin()
        except KeyUnreadable:
            return False  # there is one; what is wrong with it is told when it is used

    async def _settle(self, view: RequestView, *, was_open: bool) -> None:
        try:
            found = await look_at_receipt(view, await self._terminal.servers.payment())
        except ClientError:
            found = Doubt.AWAY if view.receipt else doubt_of(view, None)
        if isinstance(found, Receipt):
            self._emit(Settled(view, found, None, was_open))
        else:
            self._emit(Settled(view, None, found, was_open))

    def compare(self, pending: tuple[str, ...]) -> None:
        """Asks after every request that lies here and is not pending at the server any more."""
        for request_id, one in tuple(self.open.items()):
            if request_id not in pending and one.view.state is State.PENDING:
                self._spawn(self.ask_again(request_id))

    def ask_all_again(self) -> None:
        """The computer slept or its clock was set: nothing that was counted is trusted."""
        for request_id in tuple(self.open):
            self._spawn(self.ask_again(request_id))

    async def ask_again(self, request_id: str) -> None:
        """Asks the server how one request stands; without an answer everything stays as it is."""
        try:
            found = await self._terminal.home.request(request_id)
        except ClientError:
            return
        if isinstance(found, Refusal):
            if found.status == 404:
                self.open.pop(request_id, None)
            return
        self.take(*found)

    def tick(self) -> None:
        """Tells of what has just run out, and looks again where the trouble may have passed."""
        for one in tuple(self.open.values()):
            if one.has_run_out:
                one.is_told_expired = True
                self._emit(Expired(one.view))
        if self._clock.steady() < self._next_look:
            return
        self._next_look = self._clock.steady() + LOOK_AGAIN_S
        for request_id, one in tuple(self.open.items()):
            if one.looked is not None and one.trouble in PASSING and not one.is_told_expired:
                self._spawn(self._look(request_id))

    def next_end_s(self) -> float | None:
        """Seconds until the next countdown ends; None where nothing is pending."""
        left = [
            math.inf if one.is_deciding or one.looked is None else one.countdown.remaining_s()
            for one in self.open.values()
            if one.view.state is State.PENDING and not one.is_told_expired
        ]
        return min(left, default=None)
