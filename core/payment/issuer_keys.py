"""The one user-management server whose tokens are believed: its public keys, fetched when first needed.

That server may start later or elsewhere. Its keys are found through OpenID Connect Discovery 1.0 section 4,
kept for ten minutes, and fetched anew for an unknown `kid`, though at most every few seconds, so that a
stranger's token cannot make this server knock all day. No redirects, small bodies, short time-outs, no proxy.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec

from core.payment.errors import IssuerUnavailable
from core.wire.errors import BadForm, UnknownKey
from core.wire.keys import PublicKeys
from core.wire.payment_token import PaymentToken, verify

FRESH_S = 600.0
"""Keys older than this are fetched again when they are next needed."""
KNOCK_S = 3.0
"""Least time between two fetches while there are keys."""
FIRST_KNOCK_S = 0.5
"""Least time between two fetches while there are none yet."""
TIMEOUT_S = 3.0
BODY_LIMIT = 65_536
_HEADERS = {"accept": "application/json", "accept-encoding": "identity"}

Fetch = Callable[[str], Awaitable[PublicKeys]]


class IssuerKeys:
    """Checks tokens with the trusted issuer's keys.

    Args:
        find_issuer: the issuer as it is known now, or None.
        fetch: gets an issuer's keys.
        ticks: monotonic seconds.
    """

    def __init__(
        self,
        find_issuer: Callable[[], str | None],
        *,
        fetch: Fetch | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find, self._fetch, self._ticks = find_issuer, fetch or fetch_keys, ticks
        self._issuer = ""
        self._keys: PublicKeys | None = None
        self._fetched_at = self._knocked_at = float("-inf")
        self._lock = asyncio.Lock()

    async def verify(self, compact: str, *, audience: str, now: float) -> PaymentToken:
        """Checks a payment token in full.

        Args:
            compact: the token.
            audience: this server's issuer.
            now: epoch seconds.

        Raises:
            ArtifactRefused: the token is not good.
            IssuerUnavailable: the keys that it needs cannot be had now.
        """
        issuer = self._find()
        if issuer is None:
            raise IssuerUnavailable("The user-management server is not known yet. Start it, then try again.")
        keys = await self._known_keys(issuer)
        try:
            return verify(compact, keys, issuer=issuer, audience=audience, now=now)
        except UnknownKey:
            keys = await self._fetch_anew(issuer, keys)
            return verify(compact, keys, issuer=issuer, audience=audience, now=now)

    async def _known_keys(self, issuer: str) -> PublicKeys:
        """Fresh keys are had without the lock: a stranger's unknown `kid` may hold it for seconds."""
        if self._keys is not None and issuer == self._issuer and self._ticks() - self._fetched_at <= FRESH_S:
            return self._keys
        async with self._lock:
            if issuer != self._issuer:
                self._issuer, self._keys, self._knocked_at = issuer, None, float("-inf")
            if self._keys is None:
                return await self._first_knock(issuer)
            if self._ticks() - self._fetched_at > FRESH_S and self._may_knock():
                return await self._refresh(issuer, self._keys)
            return self._keys

    async def _fetch_anew(self, issuer: str, known: PublicKeys) -> PublicKeys:
        """For an unknown `kid`: whatever another request has fetched meanwhile, else a fetch of our own."""
        async with self._lock:
            if self._keys is not None and (self._keys is not known or not self._may_knock()):
                return self._keys
            return await self._knock(issuer)

    async def _refresh(self, issuer: str, known: PublicKeys) -> PublicKeys:
        try:
            return await self._knock(issuer)
        except IssuerUnavailable:
            return known

    async def _first_knock(self, issuer: str) -> PublicKeys:
        if not self._may_knock(FIRST_KNOCK_S):
            raise IssuerUnavailable("The user-management server did not answer just now. Try again shortly.")
        return await self._knock(issuer)

    def _may_knock(self, gap_s: float = KNOCK_S) -> bool:
        return self._ticks() - self._knocked_at >= gap_s

    async def _knock(self, issuer: str) -> PublicKeys:
        self._knocked_at = self._ticks()
        self._keys = await self._fetch(issuer)
        self._fetched_at = self._ticks()
        return self._keys


async def fetch_keys(issuer: str) -> PublicKeys:
    """Reads an issuer's metadata and the key set that it names.

    Raises:
        IssuerUnavailable: no answer, a redirect, too much, or not what it must be.
    """
    try:
        # Building a client loads certificates for https: off the loop.
        client = await asyncio.to_thread(_client, issuer)
        async with client, asyncio.timeout(2 * TIMEOUT_S):
            metadata = await _get(client, f"{issuer}/.well-known/openid-configuration")
            return PublicKeys.from_jwk_set(await _get(client, _jwks_uri(metadata, issuer)))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError, BadForm, ValueError) as error:
        raise IssuerUnavailable(
            f"The user-management server's keys cannot be had ({type(error).__name__}). Try again shortly."
        ) from error


def _client(issuer: str) -> httpx.AsyncClient:
    is_tls = issuer.startswith("https://")
    return httpx.AsyncClient(trust_env=False, verify=is_tls, follow_redirects=False, timeout=TIMEOUT_S)


def _jwks_uri(metadata: Any, issuer: str) -> str:
    if not isinstance(metadata, dict) or metadata.get("issuer") != issuer:
        raise BadForm("The metadata names another issuer.")
    uri = metadata.get("jwks_uri")
    if not isinstance(uri, str) or urlsplit(uri)[:2] != urlsplit(issuer)[:2]:
        raise BadForm("The keys lie on another server than their issuer.")
    return uri


async def _get(client: httpx.AsyncClient, url: str) -> Any:
    async with client.stream("GET", url, headers=_HEADERS) as answer:
        if answer.status_code != httpx.codes.OK:
            raise BadForm("The answer is not 200.")
        body = bytearray()
        async for part in answer.aiter_raw():
            body += part
            if len(body) > BODY_LIMIT:
                raise BadForm("The answer is too long.")
    try:
        return msgspec.json.decode(bytes(body))
    except msgspec.MsgspecError as error:
        raise BadForm("The answer is no JSON.") from error
