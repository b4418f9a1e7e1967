"""Watches the messages between the parties, as both servers recorded them in the commits of the things
themselves: a client of scope `observe` at one, the operator at the other. Nothing is ever added to them.

A message that crosses between the two servers is recorded at both ends; it is told once, by its sender.
"""

import asyncio
import logging
from pathlib import Path

import msgspec

from core.client.addresses import PAYMENT, SERVER, FolderAddress
from core.client.answer import Refusal
from core.client.clock import Clock
from core.client.errors import BadAnswer
from core.client.oauth import OAuthClient, discover
from core.client.transport import Call, Transport
from core.roles.happenings import Happenings
from core.wire.events import Event
from core.wire.keys import SigningKey

log = logging.getLogger(__name__)

METADATA: dict[str, object] = {
    "client_name": "Walkthrough",
    "nod_kind": "service",
    "grant_types": ["client_credentials"],
    "token_endpoint_auth_method": "private_key_jwt",
    "scope": "observe",
}


class Observer:
    """Follows both servers of a data folder from their first event on."""

    def __init__(self, data: Path) -> None:
        clock = Clock()
        self.seen: Happenings[Event] = Happenings()
        """Every message once, as it arrived here; `messages` has them in order."""
        self._server = Transport(FolderAddress(data, SERVER), clock)
        self._payment = Transport(FolderAddress(data, PAYMENT), clock)
        self._client_id = ""
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Register as an observer and begin to follow.

        Raises:
            BadAnswer: a server does not let us look on.
            ServerAway: a server is not there.
        """
        token = await self._register()
        secret = self._payment.address.find().secret
        self._tasks = [
            asyncio.create_task(self._follow(self._server, token, SERVER)),
            asyncio.create_task(self._follow(self._payment, secret, PAYMENT)),
        ]
        for task in self._tasks:
            task.add_done_callback(_say_why)

    async def _register(self) -> str:
        metadata = await discover(self._server)
        key = SigningKey.generate()
        body = msgspec.json.encode(METADATA | {"jwks": {"keys": [key.public_jwk()]}})
        secret = self._server.address.find().secret
        answer = await self._server.send(Call("POST", "/register", body, bearer=secret), safe=False)
        given = answer.json()
        if isinstance(metadata, Refusal) or isinstance(given, Refusal):
            raise BadAnswer("The server does not let anybody look on.")
        self._client_id = str(given["client_id"])
        token = await OAuthClient(
            self._server, metadata.issuer, self._client_id, key, "observe"
        ).access_token()
        if not isinstance(token, str):
            raise BadAnswer("The server does not let anybody look on.")
        return token

    async def _follow(self, transport: Transport, bearer: str, recorder: str) -> None:
        call = Call("GET", "/events", bearer=bearer, query={"after": "0"}, accept="text/event-stream")
        async with transport.events(call) as stream:
            async for _, data in stream.events():
                if not data:  # a `keep` comment, which httpx-sse hands on once an id was seen
                    continue
                event = msgspec.json.decode(data, type=Event)
                if self._is_told_by(event, recorder):
                    self.seen.add(event)

    def _is_told_by(self, event: Event, recorder: str) -> bool:
        is_own = event.data.get("client_id") == self._client_id
        between_servers = {event.from_, event.to} == {SERVER, PAYMENT}
        return not is_own and (not between_servers or event.from_ == recorder)

    @property
    def messages(self) -> list[Event]:
        """Every message so far, in the order in which it happened."""
        return sorted(self.seen.all, key=lambda event: (event.at, event.sequence))

    async def close(self) -> None:
        """Stop following."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.close()
        await self._payment.close()


def _say_why(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("the observer lost a server: %r", task.exception())
