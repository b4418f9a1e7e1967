"""Gets somebody paired with the device, and takes notice of who is.

The device asks every few seconds whether its code was agreed to. Whoever agreed may order before it asks
next, so a line that comes while nobody is known makes it look.
"""

import asyncio
import contextlib

from assistant import reporting
from assistant.known import Known
from assistant.linking import Link, LinkRefused, PairingEnded
from assistant.runner import Runner
from assistant.telling import Tell
from core.client.device import PairingStarted
from core.client.errors import ClientError

LOOK_S = 3.0
"""Seconds that a line waits for the server to say whether somebody is paired by now."""
_ENDS = {"access_denied": "pair-refused", "expired_token": "pair-expired"}


def how_it_failed(ended: PairingEnded) -> str:
    """The sentence for a pairing to which nobody agreed."""
    return _ENDS.get(ended.code, "pair-failed")


class Pairing:
    """The pairings of one device, one after another."""

    def __init__(self, link: Link, runner: Runner, tell: Tell, *, is_beside: bool) -> None:
        """`is_beside`: the desktop that brought the device along asks in its own window."""
        self._link, self._runner, self._tell = link, runner, tell
        self._is_beside = is_beside
        self._meeting = asyncio.Lock()
        self._has_met = False
        self._open: PairingStarted | None = None
        self._ends = 0.0
        self._is_shown = False

    async def pair(self) -> None:
        """Gets one person paired and says how it went."""
        try:
            ended = await self.ended()
        except (ClientError, LinkRefused):
            return self._runner.say("pair-failed")
        return self._runner.say(how_it_failed(ended)) if ended.contacts is None else None

    async def ended(self) -> PairingEnded:
        """Shows a code and waits for what becomes of it; who agreed is known then, and was said.

        Raises:
            ClientError, LinkRefused: as the link's calls.
        """
        self._has_met = False
        try:
            ended = await self._link.pair(self._show)
        finally:
            self._open = None
        if ended.contacts is not None:
            async with self._meeting:
                if not self._has_met:
                    await self._meet(await self._link.with_catalogue(ended.contacts))
        return ended

    @property
    def is_open(self) -> bool:
        """Whether a code can be typed."""
        return self._open is not None

    def hide(self) -> bool:
        """Puts the code away; it stays good for who has read it. False: none is shown."""
        if self._open is None or not self._is_shown:
            return False
        self._is_shown = False
        self._tell({"event": "pairing_hidden"})
        return True

    def show_again(self) -> None:
        """Shows the code that is still good."""
        if self._open is not None:
            self._show(self._open)

    async def look(self) -> None:
        """Before the device says that it knows nobody: somebody may have agreed a moment ago."""
        async with self._meeting:
            if self._runner.known.people:
                return
            with contextlib.suppress(ClientError, LinkRefused, TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    known = await self._link.learn()
                if known.people:
                    self._has_met = True
                    await self._meet(known)

    async def _meet(self, known: Known) -> None:
        await self._runner.learn(known)
        names = tuple(person.text for person in known.people)
        self._tell({"event": "paired", "client_id": self._link.client_id, "contacts": list(names)})
        self._runner.say("paired", names=names)

    def _show(self, started: PairingStarted) -> None:
        now = self._link.device.clock.steady()
        if self._open is None:
            self._open, self._ends = started, now + started.expires_in
        self._is_shown = True
        self._tell(reporting.pairing(started) | {"expires_in": round(self._ends - now)})
        first = "pair-beside" if self._is_beside else "pair"
        self._runner.say("pair-more" if self._runner.known.people else first, code=started.user_code)
