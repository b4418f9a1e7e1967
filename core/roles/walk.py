"""One scenario, played through every party: what happens, in what order, and what came of it."""

import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import msgspec

from core.client.addresses import PAYMENT, FolderAddress
from core.client.clock import Clock
from core.client.transport import Call, Transport
from core.domain.decision import Decision
from core.domain.outcome import Outcome
from core.roles.approver import Approver
from core.roles.errors import PartyFailed
from core.roles.observer import Observer
from core.roles.ordering import Order, Orderer
from core.roles.scenarios import Scenario
from core.terminal.events import Inquiry
from core.wire.events import Event

MESSAGES_LIMIT_S = 5.0
"""Seconds that the servers have to tell the last message, after the device has told the end."""
SETTLE_S = 0.5
"""Seconds after which no earlier message comes any more."""
_DECISIONS = {"approve": Decision.APPROVE, "deny": Decision.DENY}


class Walked(msgspec.Struct, frozen=True):
    """What came of a walk."""

    scenario: str
    """Its name."""
    heard: dict[str, Any] | None
    """`item`, `quantity`, `nickname` as the device understood them."""
    amount: dict[str, Any] | None
    """`value` in minor units and `currency`, as quoted."""
    requested_at: str | None
    """RFC 3339, as shown to the approver; None where nobody was asked."""
    place: dict[str, Any] | None
    """As shown to the approver."""
    countdown_s: int | None
    """Whole seconds that the approver's countdown started from."""
    ledger_balances: bool
    """Whether the payment server's accounts sum to zero."""
    messages: tuple[Event, ...]
    """Every message between the parties, in order."""
    as_told: bool
    """Whether it ended as its file says, by its messages too."""
    outcome: Outcome
    """How the order ended, by the device's word."""


class Decider(Protocol):
    """Whoever plays the approver: an ordinary session (`Approver`), or the windows (`WindowedApprover`)."""

    async def register(self, nickname: str) -> None:
        """Make a profile."""

    async def pair(self, user_code: str, nickname: str) -> None:
        """Consent to the device that shows the code."""

    async def unpair(self) -> None:
        """End the pairing."""

    async def be_asked(self) -> Inquiry:
        """Wait until the request is shown."""

    async def decide(self, asked: Inquiry, decision: Decision, match_code: str | None) -> None:
        """Answer."""

    async def close(self) -> None:
        """End."""


class _Cast(msgspec.Struct, frozen=True):
    observer: Observer
    approver: Decider
    orderer: Orderer


async def walk(
    data: Path,
    scenario: Scenario,
    order: Order,
    show: Callable[[Event], None] | None = None,
    *,
    approver: Decider | None = None,
) -> Walked:
    """Play a scenario on a fresh data folder whose servers run.

    Args:
        data: the folder.
        scenario: what happens.
        order: what is said to the device.
        show: takes each message soon after it happened, in order.
        approver: who is asked, with windows; None for a session without any, and a device without one.

    Raises:
        PartyFailed: a party did not do its part in time.
        ClientError: a server is not there.
    """
    async with _cast(data, scenario, order, approver) as cast:
        showing = asyncio.create_task(_show(cast.observer, show))
        try:
            await _meet(cast, scenario)
            await cast.orderer.speak()
            asked = await _answer(cast, scenario)
            outcome = await cast.orderer.outcome()
            is_complete = await _is_complete(cast.observer, scenario)
            balances = await _balances(data)
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)
        return _told(cast, scenario, asked, outcome, is_complete=is_complete, balances=balances)


@asynccontextmanager
async def _cast(
    data: Path, scenario: Scenario, order: Order, approver: Decider | None
) -> AsyncIterator[_Cast]:
    is_late = scenario.answer == "unpair"
    face = "console" if approver is None else "window"
    orderer = Orderer(data, order, window_s=scenario.requested_expiry, waits=is_late, face=face)
    cast = _Cast(Observer(data), approver or Approver(data), orderer)
    try:
        yield cast
    finally:
        await cast.approver.close()  # who looks on still sees what both windows said at the end
        await cast.orderer.stop()
        await cast.observer.close()


async def _meet(cast: _Cast, scenario: Scenario) -> None:
    """Profile, device, pairing; and in one scenario the pairing's end, once the device knows the name."""
    await cast.observer.open()
    await cast.approver.register(scenario.nickname)
    await cast.approver.pair(await cast.orderer.start(), scenario.nickname)
    if scenario.answer == "unpair":
        await cast.orderer.told("paired")
        await cast.approver.unpair()


async def _answer(cast: _Cast, scenario: Scenario) -> Inquiry | None:
    """What the approver does, or the one who ordered; the request as the terminal showed it."""
    if scenario.answer == "unpair":
        return None
    asking = asyncio.create_task(cast.approver.be_asked())
    ending = asyncio.create_task(cast.orderer.told("outcome"))
    try:
        await asyncio.wait({asking, ending}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            return None
    finally:
        ending.cancel()
        await asyncio.gather(ending, return_exceptions=True)
        if not asking.done():
            asking.cancel()
    asked = asking.result()
    code = (await cast.orderer.told("asked"))["match_code"]
    await cast.observer.seen.first(lambda event: event.name == "inquiry", MESSAGES_LIMIT_S, "The inquiry")
    if scenario.answer == "cancel":
        cast.orderer.cancel()
    elif scenario.answer in _DECISIONS:
        await cast.approver.decide(asked, _DECISIONS[scenario.answer], code)
    return asked


async def _is_complete(observer: Observer, scenario: Scenario) -> bool:
    """Whether every message of the scenario's file was recorded, in its order."""
    with contextlib.suppress(PartyFailed):
        await observer.seen.until(
            lambda _: _holds(scenario.messages, observer.messages), MESSAGES_LIMIT_S, "The last message"
        )
        return True
    return False


def _holds(wanted: tuple[str, ...], found: list[Event]) -> bool:
    """Whether the wanted names are among what was found, in the same order."""
    names = iter(event.name for event in found)
    return all(name in names for name in wanted)


async def _balances(data: Path) -> bool:
    """Whether the payment server's accounts sum to zero."""
    shop = Transport(FolderAddress(data, PAYMENT), Clock())
    try:
        call = Call("GET", "/accounts", bearer=shop.address.find().secret)
        answer = (await shop.send(call, safe=True)).json()
    finally:
        await shop.close()
    return isinstance(answer, dict) and answer.get("sums_to_zero") is True


async def _show(observer: Observer, show: Callable[[Event], None] | None) -> None:
    """Shows messages a moment late, since two servers tell of them, and all that is left at the end."""
    shown = 0
    try:
        while show is not None:
            await asyncio.sleep(SETTLE_S / 2)
            ripe = [event for event in observer.messages if event.at <= time.time() - SETTLE_S]
            for event in ripe[shown:]:
                show(event)
            shown = max(shown, len(ripe))
    finally:
        if show is not None:
            for event in observer.messages[shown:]:
                show(event)


def _told(
    cast: _Cast,
    scenario: Scenario,
    asked: Inquiry | None,
    outcome: Outcome,
    *,
    is_complete: bool,
    balances: bool,
) -> Walked:
    context = asked.view.details.context if asked else None
    return Walked(
        scenario=scenario.name,
        heard=cast.orderer.fact("outcome", "heard"),
        amount=cast.orderer.fact("outcome", "amount"),
        requested_at=context.requested_at if context else None,
        place=msgspec.to_builtins(context.place) if context else None,
        countdown_s=math.ceil(asked.view.expires_in_s or 0) if asked else None,
        ledger_balances=balances,
        messages=tuple(event for event in cast.observer.messages if event.from_ != event.to),
        as_told=is_complete and balances and outcome is scenario.outcome,
        outcome=outcome,
    )
