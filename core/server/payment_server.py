"""What the user-management server knows of the payment server: its names and keys, fetched and kept.

Nothing of it is configured but the base URL. Keys are fetched again once when a signature names one that is
not known, and at most every few seconds, so that forged `kid`s cannot make us hammer the payment server.
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import httpx
import msgspec

from core.server.answer_body import read_body
from core.server.errors import Refused, ServerError
from core.server.services import Services
from core.wire.errors import BadForm, UnknownKey
from core.wire.keys import PublicKeys

_DISCOVERY = "/.well-known/nod-payment"
_TIMEOUT = httpx.Timeout(5.0, connect=2.0)
_MAX_BODY = 262_144
_REFETCH_S = 5.0
T = TypeVar("T")


class Unreachable(ServerError):
    """The payment server did not give a usable answer; what it did is not known."""

    code = "payment_server_unreachable"


class Known(msgspec.Struct, frozen=True):
    """The payment server as it describes itself."""

    issuer: str
    jwks_uri: str
    payments: str


class Reply(msgspec.Struct, frozen=True):
    """An answer of the payment server."""

    status: int
    body: bytes


class PaymentServer:
    """The one payment server of this server.

    Args:
        find_url: Its base URL, or None while it is not known.
        now: Epoch seconds.
    """

    def __init__(self, find_url: Callable[[], str | None], now: Callable[[], float]) -> None:
        self._find_url, self._now = find_url, now
        self._clients: dict[bool, httpx.AsyncClient] = {}
        self._url: str | None = None
        self._known: Known | None = None
        self._keys: PublicKeys | None = None
        self._fetched_at = 0.0
        self._lock = asyncio.Lock()

    async def known(self) -> Known:
        """Its description, fetched at the first use and after its address changed.

        Raises:
            Unreachable: It is not known, or does not answer.
        """
        url = self._find_url()
        if url is None:
            raise Unreachable("no payment server is known")
        if self._known is not None and url == self._url:
            return self._known
        async with self._lock:
            if self._known is None or url != self._url:
                self._known = await self._discover(url.rstrip("/"))
                self._url, self._keys = url, None
            return self._known

    async def check(self, verify: Callable[[Known, PublicKeys], T]) -> T:
        """Runs a verification with its keys; fetches them once more when a key is not known.

        Raises:
            Unreachable: Its keys cannot be had.
            ArtifactRefused: What `verify` raises.
        """
        known = await self.known()
        keys = self._keys or await self._fetch_keys(known)
        try:
            return verify(known, keys)
        except UnknownKey:
            if abs(self._now() - self._fetched_at) < _REFETCH_S:
                raise
            return verify(known, await self._fetch_keys(known))

    async def get(self, url: str, bearer: str = "") -> Reply:
        """Sends a GET; raises `Unreachable`."""
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return await self._send("GET", url, headers=headers)

    async def post(self, url: str, message: Any) -> Reply:
        """Sends a JSON message; raises `Unreachable`."""
        headers = {"Content-Type": "application/json"}
        return await self._send("POST", url, headers=headers, content=msgspec.json.encode(message))

    async def aclose(self) -> None:
        """Closes its connections."""
        clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            await client.aclose()

    async def _discover(self, base: str) -> Known:
        reply = await self.get(base + _DISCOVERY)
        try:
            known = msgspec.json.decode(reply.body, type=Known)
        except msgspec.MsgspecError as error:
            raise Unreachable("its description cannot be read") from error
        if not all(part.startswith(base + "/") for part in (known.jwks_uri, known.payments)):
            raise Unreachable("its description points elsewhere")
        return known

    async def _fetch_keys(self, known: Known) -> PublicKeys:
        self._fetched_at = self._now()
        reply = await self.get(known.jwks_uri)
        try:
            self._keys = PublicKeys.from_jwk_set(msgspec.json.decode(reply.body))
        except (msgspec.MsgspecError, BadForm) as error:
            raise Unreachable("its keys cannot be read") from error
        return self._keys

    async def _send(self, method: str, url: str, **options: Any) -> Reply:
        try:
            async with self._client_for(url).stream(method, url, **options) as response:
                body = await read_body(response, _MAX_BODY)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unreachable(type(error).__name__) from error
        if body is None:
            raise Unreachable("its answer is too long")
        if response.status_code >= 500 or 300 <= response.status_code < 400:
            raise Unreachable(f"it answered {response.status_code}")
        return Reply(response.status_code, body)

    def _client_for(self, url: str) -> httpx.AsyncClient:
        """One client for https, one for plain http, where there is nothing to verify and TLS costs 40 ms."""
        secure = not url.startswith("http:")
        if secure not in self._clients:
            self._clients[secure] = httpx.AsyncClient(
                trust_env=False,
                verify=secure,
                timeout=_TIMEOUT,
                follow_redirects=False,
                headers={"Accept-Encoding": "identity"},
            )
        return self._clients[secure]


def payment_server_of(services: Services) -> PaymentServer:
    """The payment server of this server."""
    found = services.shared.get(PaymentServer)
    if not isinstance(found, PaymentServer):
        found = PaymentServer(services.settings.payment_url, services.now)
        services.shared[PaymentServer] = found
    return found


def unreachable() -> Refused:
    """503 `temporarily_unavailable`."""
    detail = "The payment server cannot be reached now. Ask again soon."
    return Refused(503, "temporarily_unavailable", detail, headers={"Retry-After": "2"})
