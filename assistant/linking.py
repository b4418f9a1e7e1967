"""The device's way to its servers: registered, paired, and told what it can ask for and whom."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.known import Known, articles_of, people_of
from assistant.remembered import Memory
from core.client.answer import Refusal
from core.client.device import Device, PairingStarted
from core.client.errors import ServerAway
from core.wire.messages import Catalogue, Contacts

FORGOTTEN = ("invalid_client", "unauthorized_client")
"""The server's codes for a client that it does not know (any more)."""


class LinkRefused(Exception):
    """The server will not have this device; `key` is the sentence that says why."""

    def __init__(self, key: str, code: str) -> None:
        super().__init__(key)
        self.key = key
        self.code = code


@dataclass(frozen=True, slots=True)
class PairingEnded:
    """How a pairing ended."""

    contacts: Contacts | None
    """Everybody who is paired now; None if nobody consented."""
    code: str = ""
    """`access_denied`, `expired_token`, or what the server said."""


class Link:
    """One device at its servers."""

    def __init__(self, device: Device, memory: Memory, name: str, locale: str) -> None:
        """Prepare; nothing is sent yet.

        Args:
            device: the calls.
            memory: what is kept between starts.
            name: what the device calls itself.
            locale: language of the catalogue.
        """
        self.device = device
        self._memory = memory
        self._name = name
        self._locale = locale
        self._catalogue: Catalogue | None = None

    @property
    def client_id(self) -> str:
        """Its client id at the server; empty before it is registered."""
        return self.device.client_id

    async def connect(self) -> Known:
        """Registers where needed and reads catalogue and contacts.

        Raises:
            LinkRefused: the server does not register this device.
            ServerAway, BadAnswer, KeyUnreadable: as the calls.
        """
        if not self.device.is_registered and not await self.device.open():
            await self._register()
        return await self.learn()

    async def _register(self) -> None:
        refusal = await self.device.register(self._name)
        if refusal is not None:
            raise LinkRefused("register-refused", refusal.code)

    async def learn(self) -> Known:
        """Reads catalogue and contacts; a device that was forgotten registers anew.

        Raises:
            LinkRefused, ServerAway, BadAnswer, KeyUnreadable: as `connect`.
        """
        contacts = await self.device.contacts()
        if isinstance(contacts, Refusal) and contacts.code in FORGOTTEN:
            await self.device.forget()
            await self._register()
            contacts = await self.device.contacts()
        if isinstance(contacts, Refusal):
            raise _away_or_refused(contacts)
        return await self.with_catalogue(contacts)

    async def with_catalogue(self, contacts: Contacts) -> Known:
        """What the device knows, with these contacts.

        Raises:
            ServerAway, BadAnswer, LinkRefused: if the catalogue cannot be read.
        """
        catalogue = await self.device.catalogue()
        if isinstance(catalogue, Refusal):
            raise _away_or_refused(catalogue)
        self._catalogue = catalogue
        people, owner = people_of(contacts)
        if people:
            self._memory.note_paired(await self._issuer())
        return Known(articles_of(catalogue, self._locale), people, owner)

    def speak(self, locale: str, name: str) -> None:
        """Another language from now on, and what the device calls itself in it where it is still unknown."""
        self._locale, self._name = locale, name

    def in_language(self, known: Known) -> Known:
        """The same people, and the articles of the catalogue that was read last in the language of now."""
        if self._catalogue is None:
            return known
        return replace(known, articles=articles_of(self._catalogue, self._locale))

    async def was_paired(self) -> bool:
        """Whether somebody was ever paired with this device here."""
        return self._memory.was_paired(await self._issuer())

    async def pair(self, show: Callable[[PairingStarted], None]) -> PairingEnded:
        """Gets a pairing code, shows it, and waits until it was typed or ran out.

        Raises:
            ServerAway, BadAnswer: as the calls.
        """
        started = await self.device.start_pairing()
        if isinstance(started, Refusal):
            return PairingEnded(None, started.code)
        show(started)
        contacts = await self.device.wait_for_consent(started)
        return PairingEnded(None, contacts.code) if isinstance(contacts, Refusal) else PairingEnded(contacts)

    async def _issuer(self) -> str:
        return (await self.device.servers.metadata()).issuer


def _away_or_refused(refusal: Refusal) -> Exception:
    if refusal.is_passing or refusal.code == "too_many_requests":
        return ServerAway(f"The server cannot answer now ({refusal.code}).")
    return LinkRefused("failed", refusal.code)
