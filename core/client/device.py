"""The AI device's calls: register, be paired, quote, ask, wait, withdraw. It can ask, never decide.

Every answer is a value: what was wanted, or a `Refusal` with the server's code. Only a server that is not
there (`ServerAway`) or speaks another language (`BadAnswer`) is an exception. Calls that lost their answer
are repeated where docs/wire.md says that a repeat has no effect.
"""

import asyncio
import json

import msgspec

from core.client.answer import Refusal
from core.client.asking import PROCEDURE, PURCHASE, Acknowledged, Asked, Ended, asked
from core.client.errors import BadAnswer, ServerAway
from core.client.identity import Identity, IdentityFile
from core.client.key_store import load_or_make
from core.client.oauth import DEVICE_GRANT, OAuthClient
from core.client.parties import Servers, Surroundings
from core.client.payment_server import Quoted
from core.client.registration import device_metadata
from core.client.transport import Call
from core.client.waiting import wait_until_ended
from core.domain.outcome import Outcome
from core.domain.place import PlaceClaim
from core.domain.procedure import Procedure
from core.wire.messages import Catalogue, Contacts, OrderLine, OutcomeAnswer, encode

SLOWER_S = 5.0
"""Added to the interval at each `slow_down` (RFC 8628 section 3.5)."""


class PairingStarted(msgspec.Struct, frozen=True):
    """What the device shows and says to be paired (RFC 8628 section 3.2)."""

    device_code: str
    """Secret of the device. Never shown or logged."""
    user_code: str
    """To be typed on the approver's terminal: `ABCD-EFGH`."""
    verification_uri: str
    """A page that says where to type it."""
    expires_in: float
    """Seconds."""
    interval: float = 5
    """Seconds between polls."""


class Device:
    """One AI device at one server."""

    def __init__(self, around: Surroundings, name: str = "device") -> None:
        """Prepare; nothing is sent yet.

        Args:
            around: server, data folder, key store, clock.
            name: under which identity and key are kept; several devices of a folder have several names.
        """
        self.servers = Servers(around)
        self.clock = around.clock
        self._name = name
        self._around = around
        self._client: OAuthClient | None = None

    @property
    def is_registered(self) -> bool:
        """Whether `open` found or `register` made a registration."""
        return self._client is not None

    @property
    def client_id(self) -> str:
        """Its client id; empty before it is registered."""
        return self._client.client_id if self._client else ""

    async def open(self) -> bool:
        """Finds the device's registration at this server; False when it must `register` first.

        Raises:
            ServerAway, BadAnswer, KeyUnreadable: if server or key cannot be read.
        """
        kept = await self._kept()
        identity = await asyncio.to_thread(kept.load)
        if identity is None:
            return False
        await self._become(identity, kept)
        return True

    async def register(self, client_name: str, kind: str = "ai_device") -> Refusal | None:
        """Registers the device (RFC 7591) and keeps its client id; None when it worked.

        Not repeated after a lost answer: a second registration would be a second device.

        Raises:
            ServerAway, BadAnswer, KeyUnreadable: if server or key cannot be used.
        """
        kept = await self._kept()
        key = await asyncio.to_thread(load_or_make, self._around.store, kept.key_name)
        body = json.dumps(device_metadata(client_name, kind, key.public_jwk())).encode()
        secret = self._around.server.find().secret
        answer = await self.servers.transport.send(Call("POST", "/register", body, bearer=secret), safe=False)
        given = answer.json()
        if isinstance(given, Refusal):
            return given
        issuer = (await self.servers.metadata()).issuer
        identity = Identity(issuer, str(given.get("client_id", "")), key.kid)
        await asyncio.to_thread(kept.save, identity)
        await self._become(identity, kept)
        return None

    async def forget(self) -> None:
        """Drops the registration: the server does not know it any more."""
        (await self._kept()).forget()
        self._client = None

    async def _kept(self) -> IdentityFile:
        issuer = (await self.servers.metadata()).issuer
        return IdentityFile(self._around.folder, self._name, issuer)

    async def _become(self, identity: Identity, kept: IdentityFile) -> None:
        key = await asyncio.to_thread(load_or_make, self._around.store, kept.key_name)
        transport = self.servers.transport
        self._client = OAuthClient(transport, identity.issuer, identity.client_id, key, "device")

    @property
    def client(self) -> OAuthClient:
        """The registered client.

        Raises:
            BadAnswer: if the device is not registered yet.
        """
        if self._client is None:
            raise BadAnswer("This device is not registered yet.")
        return self._client

    async def start_pairing(self) -> PairingStarted | Refusal:
        """Gets a code for the approver to type (RFC 8628 section 3.1); an unanswered one just runs out.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        answer = await self.client.form("/device_authorization", {"scope": "device"}, safe=True)
        return answer.read(PairingStarted)

    async def wait_for_consent(self, started: PairingStarted) -> Contacts | Refusal:
        """Polls until the approver has typed the code (RFC 8628 section 3.4), then reads the contacts.

        Returns:
            The contacts; or a refusal with code `access_denied` (refused) or `expired_token` (too late).

        Raises:
            ServerAway: if the server stays away until the code has run out.
            BadAnswer: if an answer is not of the contract.
        """
        params = {"grant_type": DEVICE_GRANT, "device_code": started.device_code}
        ends, interval_s = self.clock.steady() + started.expires_in, max(1.0, started.interval)
        while True:
            await self.clock.sleep(interval_s)
            try:
                answer = await self.client.form("/token", params, safe=False)
            except ServerAway:
                if self.clock.steady() >= ends:
                    raise
                continue
            refusal = answer.done()
            if refusal is None:
                return await self.contacts()
            if refusal.code == "slow_down":
                interval_s += SLOWER_S
            elif refusal.code != "authorization_pending" and not refusal.is_passing:
                return refusal
            elif self.clock.steady() >= ends:
                return Refusal(400, "expired_token")

    async def contacts(self) -> Contacts | Refusal:
        """The nicknames that this device may ask for.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        return (await self.client.json("GET", "/contacts", safe=True)).read(Contacts)

    async def catalogue(self) -> Catalogue | Refusal:
        """What can be bought.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        return await (await self.servers.payment()).catalogue()

    async def quote(self, lines: tuple[OrderLine, ...], locale: str = "en") -> Quoted | Refusal:
        """A binding price, verified with the shop's own keys.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        return await (await self.servers.payment()).quote(lines, locale)

    async def ask(
        self, nickname: str, quote: str, place: PlaceClaim | None = None, window_s: int | None = None
    ) -> Asked | Refusal:
        """Asks a contact to approve a purchase; the same quote again gets the same request.

        Args:
            nickname: what this device calls the approver.
            quote: the quote's compact text.
            place: where the device says that it is.
            window_s: 5 to 300; None leaves it to the approver's profile.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer, also after repeats.
        """
        return await self._ask(nickname, {"type": PURCHASE, "quote": quote}, place, window_s)

    async def ask_procedure(
        self,
        nickname: str,
        procedure: Procedure,
        place: PlaceClaim | None = None,
        window_s: int | None = None,
    ) -> Asked | Refusal:
        """Asks a contact to approve something that costs nothing; arguments as `ask`.

        Not repeated after a lost answer: without a quote a repeat would be a second request.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        detail = {"type": PROCEDURE} | msgspec.to_builtins(procedure)
        return await self._ask(nickname, detail, place, window_s)

    async def _ask(
        self, nickname: str, detail: dict[str, object], place: PlaceClaim | None, window_s: int | None
    ) -> Asked | Refusal:
        is_purchase = detail["type"] == PURCHASE
        if place is not None:
            detail["place"] = msgspec.to_builtins(place)
        params = {
            "scope": "openid",
            "login_hint": nickname,
            "authorization_details": encode([detail]).decode(),
        }
        if window_s is not None:
            params["requested_expiry"] = str(window_s)
        answer = await self.client.form("/bc-authorize", params, safe=is_purchase)
        said = answer.read(Acknowledged)
        if isinstance(said, Refusal):
            return said
        sent = self.clock.steady() - answer.took_s
        return asked(said, is_purchase=is_purchase, sent_steady=sent, took_s=answer.took_s)

    async def wait(self, request: Asked) -> Ended:
        """Polls until the request has ended; never raises for a lost server, that ends as UNKNOWN.

        Cancelling the task stops waiting and withdraws nothing.
        """
        return await wait_until_ended(self.client, self.outcome, request)

    async def withdraw(self, request: Asked) -> Ended | Refusal:
        """Takes the request back (RFC 7009); repeated safely.

        Returns:
            WITHDRAWN; or a refusal, with the state that stands when it was already decided (409): go on
            waiting then.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        params = {"token": request.auth_req_id, "token_type_hint": "auth_req_id"}
        refusal = (await self.client.form("/revoke", params, safe=True)).done()
        return refusal if refusal else Ended(Outcome.WITHDRAWN, request.auth_req_id)

    async def outcome(self, request: Asked) -> OutcomeAnswer | Refusal:
        """The state that stands; may be asked again and again.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        answer = await self.client.form("/outcome", {"auth_req_id": request.auth_req_id}, safe=True)
        return answer.read(OutcomeAnswer)

    async def note(self, name: str, request_id: str | None = None) -> None:
        """Tells the walkthrough of a local step ("heard"); elsewhere the server ignores it with a 404.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        step = {"name": name} | ({"request_id": request_id} if request_id else {})
        await self.client.json("POST", "/events", step)

    async def close(self) -> None:
        """Closes all connections."""
        await self.servers.close()
