"""The approver of a walk: an ordinary terminal session, with an ordinary profile and pairing.

What it knows of a request is what any terminal is told; what it answers is signed and sent like any answer.
"""

import asyncio
from pathlib import Path

from core.client.addresses import SERVER, FolderAddress
from core.client.answer import Refusal
from core.client.deciding import Choice
from core.client.enrolling import NewPerson
from core.client.key_store import FileStore
from core.client.parties import Surroundings
from core.client.terminal import Terminal
from core.domain.decision import Decision
from core.roles.errors import PartyFailed
from core.roles.happenings import Happenings
from core.terminal.events import Event, Inquiry, NotEnrolled
from core.terminal.session import Session
from core.wire.messages import Consent

LIMIT_S = 30.0
USER_ID = "momo"
DEVICE_NAME = "Kitchen speaker"


class Approver:
    """One person at one terminal."""

    def __init__(self, data: Path) -> None:
        around = Surroundings(FolderAddress(data, SERVER), data, FileStore(data))
        self.events: Happenings[Event] = Happenings()
        """What the session has told."""
        self._session = Session(Terminal(around), self.events.add, "text")
        self._running: asyncio.Task[None] | None = None
        self._device = ""

    async def register(self, nickname: str) -> None:
        """Start the session and register a profile.

        Raises:
            PartyFailed: the server refused.
        """
        self._running = asyncio.create_task(self._session.run())
        await self.events.first(lambda event: isinstance(event, NotEnrolled), LIMIT_S, "The server's answer")
        _done(await self._session.register(NewPerson(USER_ID, nickname), "desk"), "register")

    async def pair(self, user_code: str, nickname: str) -> None:
        """Look at who shows the code, and consent.

        Raises:
            PartyFailed: the server refused.
        """
        _done(await self._session.home.look_at_pairing(user_code), "look at the device")
        device = await self._session.home.consent(user_code, Consent(nickname, DEVICE_NAME))
        if isinstance(device, Refusal):
            raise PartyFailed(f"The device cannot be paired ({device.code}).")
        self._device = device.client_id

    async def unpair(self) -> None:
        """End the pairing.

        Raises:
            PartyFailed: the server refused.
        """
        _done(await self._session.home.unpair(self._device), "unpair")

    async def be_asked(self) -> Inquiry:
        """Wait until the terminal shows a request, and tell the walkthrough that it does."""
        found = await self.events.first(lambda event: isinstance(event, Inquiry), LIMIT_S, "The inquiry")
        if not isinstance(found, Inquiry):
            raise PartyFailed("The inquiry did not come.")
        await self._session.home.note("shown", found.id)
        return found

    async def decide(self, asked: Inquiry, decision: Decision, match_code: str | None) -> None:
        """Answer; `match_code` is what the device said."""
        code = match_code if decision is Decision.APPROVE else None
        await self._session.decide(Choice(asked.id, decision, code))

    async def close(self) -> None:
        """End the session."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)


def _done(answer: object, what: str) -> None:
    if isinstance(answer, Refusal):
        raise PartyFailed(f"The terminal could not {what} ({answer.code}).")
