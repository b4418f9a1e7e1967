"""Everything that this server fetches from, or posts to, addresses that others name.

Whoever registers a client chooses addresses that this server then calls, so each call is made small and
blind: no redirect is followed, no private address is reached unless the operator allows it, the address that
was judged is the one that is connected to (so a second look-up cannot change it), bodies are short, and the
whole call ends after a few seconds. Proxies of the environment are not used.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

import httpx
import msgspec

from core.server.answer_body import read_body
from core.server.errors import ServerError
from core.server.services import Services

TIMEOUT_S = 5.0
"""Seconds that one call may take in all."""
MAX_BODY = 65_536
"""Longest body that is read, in bytes."""
_PORTS = {"https": 443, "http": 80}

Resolve = Callable[[str, int], Awaitable[list[str]]]


class CallFailed(ServerError):
    """There is no usable answer; whether the call had an effect is not known."""

    code = "call_failed"


class AddressRefused(CallFailed):
    """The address is not one that this server calls."""

    code = "address_refused"


class Reply(msgspec.Struct, frozen=True):
    """An answer."""

    status: int
    body: bytes


async def _resolve(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class Outbound:
    """Calls other servers.

    Args:
        allows_private: Whether plain http and addresses that are not public may be called: tests and demos.
        resolve: The addresses of a host name.
    """

    def __init__(self, *, allows_private: bool, resolve: Resolve = _resolve) -> None:
        self._allows_private, self._resolve = allows_private, resolve
        self._clients: dict[bool, httpx.AsyncClient] = {}

    async def get(self, url: str) -> Reply:
        """Fetches; raises `CallFailed`, or `AddressRefused` where the address is not to be called."""
        return await self._send("GET", url, {"Accept": "application/json"}, None)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Posts a JSON body; raises as `get`."""
        return await self._send("POST", url, {"Content-Type": "application/json", **headers}, body)

    async def aclose(self) -> None:
        """Closes what is open."""
        clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            await client.aclose()

    async def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        try:
            async with asyncio.timeout(TIMEOUT_S):
                return await self._call(method, url, headers, body)
        except TimeoutError as error:
            raise CallFailed("It took too long.") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise CallFailed(type(error).__name__) from error

    async def _call(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if not host or parts.username is not None or parts.scheme not in self._schemes():
            raise AddressRefused("That is no address that this server calls.")
        port = parts.port or _PORTS[parts.scheme]
        pinned = await self._judged(host, port)
        target = parts._replace(netloc=f"[{pinned}]:{port}" if ":" in pinned else f"{pinned}:{port}")
        request = self._client(parts.scheme == "https").build_request(
            method,
            target._replace(fragment="").geturl(),
            content=body,
            headers={**headers, "Host": parts.netloc, "Accept-Encoding": "identity"},
            extensions={"sni_hostname": host},
        )
        return await self._answer(request, is_secure=parts.scheme == "https")

    async def _answer(self, request: httpx.Request, *, is_secure: bool) -> Reply:
        response = await self._client(is_secure).send(request, stream=True)
        try:
            body = await read_body(response, MAX_BODY)
        finally:
            await response.aclose()
        if body is None:
            raise CallFailed("The answer is too long.")
        return Reply(response.status_code, body)

    def _schemes(self) -> tuple[str, ...]:
        return ("https", "http") if self._allows_private else ("https",)

    async def _judged(self, host: str, port: int) -> str:
        """The one address to connect to, once every address of the host was found fit."""
        addresses = await self._resolve(host, port)
        if not addresses:
            raise CallFailed("The name has no address.")
        for address in addresses:
            if not self._allows_private and not _is_public(address):
                raise AddressRefused("The address is a private one.")
        return addresses[0]

    def _client(self, is_secure: bool) -> httpx.AsyncClient:
        """One client for https, one for plain http; no connection is kept, so none is shared by hosts."""
        if is_secure not in self._clients:
            self._clients[is_secure] = httpx.AsyncClient(
                trust_env=False,
                verify=is_secure,
                follow_redirects=False,
                timeout=TIMEOUT_S,
                limits=httpx.Limits(max_connections=32, max_keepalive_connections=0),
            )
        return self._clients[is_secure]


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner and not _is_public(str(inner)):
            return False
    if isinstance(found, ipaddress.IPv6Address) and found.is_site_local:
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def outbound_of(services: Services) -> Outbound:
    """The calls of this server."""
    found = services.shared.get(Outbound)
    if not isinstance(found, Outbound):
        found = Outbound(allows_private=services.settings.allows_private_addresses)
        services.shared[Outbound] = found
    return found
