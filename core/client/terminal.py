"""A terminal at one server: enrolled by a new profile or a one-time code, then known by its key.

The same data folder keeps one terminal a server, whichever face (window or text) it shows.
"""

import asyncio
from collections.abc import Callable

import msgspec

from core.client.answer import Refusal
from core.client.enrolling import NewPerson, new_profile, new_terminal, terminal_keys
from core.client.errors import BadAnswer
from core.client.home import Home
from core.client.identity import Identity, IdentityFile, is_anybody_known
from core.client.inbox import Inbox
from core.client.key_store import StoredIn, load_or_make
from core.client.leaving import OTHER_USER_ID, WRONG_PIN, delete_person
from core.client.oauth import OAuthClient
from core.client.parties import Servers, Surroundings
from core.client.pin_key import COST, PinKeyFile
from core.client.transport import Call
from core.client.vouching import is_code, word_for
from core.wire.keys import SigningKey
from core.wire.messages import CodeWanted, Enrolled, EnrolmentCode, Profile, ProfileChange, encode

NAME = "terminal"


class Terminal:
    """One terminal."""

    def __init__(self, around: Surroundings, name: str = NAME, pin_cost: int = COST) -> None:
        """Prepare; nothing is sent yet.

        Args:
            around: server, data folder, key store, clock.
            name: under which identity and keys are kept.
            pin_cost: scrypt's N for a new PIN; tests take a small one.
        """
        self.servers = Servers(around)
        self.clock = around.clock
        self._around = around
        self._name = name
        self._pin_cost = pin_cost
        self._client: OAuthClient | None = None
        self._identity: Identity | None = None
        self._pin: PinKeyFile | None = None

    @property
    def stored_in(self) -> StoredIn:
        """Where the login key lies: `keyring` or `file`; to be said to the person."""
        return self._around.store.stored_in

    @property
    def user_id(self) -> str:
        """Whose terminal it is; empty before it is enrolled."""
        return self._identity.user_id if self._identity else ""

    @property
    def is_known_here(self) -> bool:
        """Whether the data folder holds an enrolment at any server; known while the server is away, too."""
        return is_anybody_known(self._around.folder, self._name)

    @property
    def client(self) -> OAuthClient:
        """The enrolled client.

        Raises:
            BadAnswer: if this terminal is not enrolled yet.
        """
        if self._client is None:
            raise BadAnswer("This terminal is not enrolled yet.")
        return self._client

    @property
    def home(self) -> Home:
        """Calls about the user."""
        return Home(self.client)

    async def inbox(self) -> Inbox:
        """The terminal's inbox, from the last revision that was seen."""
        kept = await self._kept()
        return Inbox(self.client, await asyncio.to_thread(kept.load_revision))

    async def keep_revision(self, inbox: Inbox) -> None:
        """Remembers what was seen, so that the next start does not tell it again.

        Raises:
            KeyUnreadable: if the data folder cannot be written.
        """
        kept = await self._kept()
        await asyncio.to_thread(kept.save_revision, inbox.revision)

    async def open(self) -> bool:
        """Finds the terminal's enrolment at this server; False when it must enrol first.

        Raises:
            ServerAway, BadAnswer, KeyUnreadable: if server or key cannot be read.
        """
        kept = await self._kept()
        identity = await asyncio.to_thread(kept.load)
        if identity is None:
            return False
        await self._become(identity, kept)
        return True

    async def enrol_profile(
        self, person: NewPerson, terminal_name: str, pin: str | None = None
    ) -> Enrolled | Refusal:
        """Makes a new user with this as the first terminal; the same again gets the same answer.

        Args:
            person: what the person typed.
            terminal_name: what they call this terminal.
            pin: makes a second key under it.

        Returns:
            The profile; or a refusal, `user_id_taken` (409) among others.

        Raises:
            ServerAway, BadAnswer, KeyUnreadable: if server or key cannot be used.
        """
        key, pin_key, issuer = await self._new_keys(pin)
        keys = terminal_keys(terminal_name, key, pin_key)

        def make(now: float) -> Call:
            secret = self._around.server.find().secret
            return Call(
                "POST", "/profiles", encode(new_profile(person, keys, key, issuer, now)), bearer=secret
            )

        return await self._enrol(make, key, safe=True)

    async def enrol_with_code(
        self, code: str, terminal_name: str, pin: str | None = None
    ) -> Enrolled | Refusal:
        """Becomes a further or replacing terminal; arguments and errors as `enrol_profile`.

        Not repeated after a lost answer: the code is good once.
        """
        key, pin_key, issuer = await self._new_keys(pin)
        keys = terminal_keys(terminal_name, key, pin_key)

        def make(now: float) -> Call:
            return Call("POST", "/terminals", encode(new_terminal(code.strip(), keys, key, issuer, now)))

        return await self._enrol(make, key, safe=False)

    async def _new_keys(self, pin: str | None) -> tuple[SigningKey, SigningKey | None, str]:
        kept = await self._kept()
        key = await asyncio.to_thread(load_or_make, self._around.store, kept.key_name)
        pin_key = await asyncio.to_thread(self._pin_file(kept).open_or_make, pin) if pin else None
        return key, pin_key, (await self.servers.metadata()).issuer

    async def _enrol(
        self, make: Callable[[float], Call], key: SigningKey, *, safe: bool
    ) -> Enrolled | Refusal:
        transport = self.servers.transport
        enrolled = (await transport.send(make(transport.server_now()), safe=safe)).read(Enrolled)
        if isinstance(enrolled, Refusal) and enrolled.code == "bad_claim" and transport.doubt_clock():
            enrolled = (await transport.send(make(transport.server_now()), safe=safe)).read(Enrolled)
        if isinstance(enrolled, Refusal):
            return enrolled
        issuer = (await self.servers.metadata()).issuer
        identity = Identity(issuer, enrolled.terminal_id, key.kid, enrolled.profile.user_id)
        kept = await self._kept()
        await asyncio.to_thread(kept.save, identity)
        await self._become(identity, kept)
        return enrolled

    async def _kept(self) -> IdentityFile:
        issuer = (await self.servers.metadata()).issuer
        return IdentityFile(self._around.folder, self._name, issuer)

    def _pin_file(self, kept: IdentityFile) -> PinKeyFile:
        return PinKeyFile(self._around.folder, kept.key_name, self._pin_cost)

    async def _become(self, identity: Identity, kept: IdentityFile) -> None:
        key = await asyncio.to_thread(load_or_make, self._around.store, kept.key_name)
        transport = self.servers.transport
        self._identity, self._pin = identity, self._pin_file(kept)
        self._client = OAuthClient(transport, identity.issuer, identity.client_id, key, "terminal")

    async def pin_key(self, pin: str) -> SigningKey | None:
        """The key that only the PIN opens; None when the PIN is wrong or none is set.

        Raises:
            KeyUnreadable: if the stored key is damaged.
        """
        return await asyncio.to_thread(self._pin.open, pin) if self._pin else None

    async def has_pin(self) -> bool:
        """Whether this terminal has a PIN key.

        Raises:
            KeyUnreadable: if the stored key is damaged.
        """
        return bool(self._pin and await asyncio.to_thread(self._pin.load))

    async def vouch(self, change: ProfileChange, typed: str) -> ProfileChange | Refusal:
        """A change with the proof that its person has the PIN, or why there is none.

        Args:
            change: what may touch what the PIN guards.
            typed: the PIN, or a one-time code where it is forgotten; empty for no proof.

        Returns:
            The change; or `wrong_pin`, with status 0.

        Raises:
            KeyUnreadable: if the stored key is damaged, and no code was typed.
        """
        if is_code(typed):
            return msgspec.structs.replace(change, pin_code=typed)
        key = await self.pin_key(typed) if typed else None
        if key is None:
            return WRONG_PIN if typed else change
        return msgspec.structs.replace(change, pin_proof=word_for(change, self.client, self.user_id, key))

    async def set_pin(self, pin: str | None, typed: str = "") -> Profile | Refusal:
        """Makes a new PIN key and registers it, or removes it (None).

        The old key stays until the server has taken the new one.

        Args:
            pin: the new one.
            typed: the PIN that is there, or a code in its place (`vouch`); without it the server says
                `pin_needed` where there is one.

        Raises:
            ServerAway, BadAnswer, KeyUnreadable: if server or key cannot be used.
        """
        if self._pin is None:
            raise BadAnswer("This terminal is not enrolled yet.")
        sealed = await asyncio.to_thread(self._pin.seal, pin) if pin else None
        bare = ProfileChange(pin_jwk=sealed[0].public_jwk() if sealed else None)
        change = await self.vouch(bare, typed)
        if isinstance(change, Refusal):
            return change
        profile = await self.home.change_profile(change)
        if isinstance(profile, Profile):
            await asyncio.to_thread(self._pin.keep, sealed[1]) if sealed else self._pin.remove()
        return profile

    async def enrolment_code(self, pin: str = "") -> EnrolmentCode | Refusal:
        """A one-time code for another terminal; made with the PIN it stands for the PIN there too.

        Raises:
            ServerAway, BadAnswer, KeyUnreadable: if server or key cannot be used.
        """
        wanted = CodeWanted()
        if pin:
            key = await self.pin_key(pin)
            if key is None:
                return WRONG_PIN
            wanted = CodeWanted(word_for(wanted, self.client, self.user_id, key))
        return await self.home.enrolment_code(wanted)

    async def delete_person(self, user_id: str, pin: str | None = None) -> Refusal | None:
        """Has the server delete everything about the user, then forgets the keys here; None when it did.

        Args:
            user_id: as the person typed it to confirm.
            pin: as typed, where this terminal has one.

        Returns:
            A refusal: the server's (`payment_under_way`, `pin_needed` …), or `wrong_pin` and `other_user_id`
            of this terminal itself, with status 0.

        Raises:
            ServerAway, BadAnswer, KeyUnreadable: if server or key cannot be used.
        """
        if not user_id or user_id != self.user_id:
            return OTHER_USER_ID
        key = await self.pin_key(pin or "") if await self.has_pin() else None
        if key is None and await self.has_pin():
            return WRONG_PIN
        refusal = await delete_person(self.client, user_id, key)
        if refusal is None:
            await self.forget()
        return refusal

    async def forget(self) -> None:
        """Drops the enrolment and its keys: the server has removed this terminal."""
        kept = await self._kept()
        await asyncio.to_thread(kept.forget)
        await asyncio.to_thread(self._around.store.remove, kept.key_name)
        await asyncio.to_thread(self._pin_file(kept).remove)
        self._client = self._identity = self._pin = None

    async def close(self) -> None:
        """Closes all connections."""
        await self.servers.close()
