"""The keys of a client wherever they are: in its registration, or behind its `jwks_uri`.

A set that was fetched is kept for a while. A signature by a key that is not in it has the set fetched again,
at most every few seconds, so that a client can rotate its keys and a forger cannot make this server hammer
somebody's machine. Nor can a forger harm the client: while a set is fetched again the one before serves, and
where it cannot be had, for an hour.
"""

import asyncio
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from core.server.client_keys import ALGORITHMS, ClientKeys
from core.server.clients import Client
from core.server.outbound import CallFailed, outbound_of
from core.server.services import Services
from core.wire.errors import BadForm, UnknownKey

FRESH_S = 600.0
"""Seconds that a fetched set is used without a look."""
REFETCH_S = 5.0
"""Seconds between two fetches of one set."""
STALE_S = 3600.0
"""Seconds for which a set serves that cannot be had again."""
_KEPT = 1_000


class _Set(msgspec.Struct):
    keys: list[dict[str, Any]]


class _Fetched(NamedTuple):
    """What is behind an address."""

    keys: ClientKeys | None = None
    """The newest set that could be had."""
    got_at: float = -math.inf
    """When that was, epoch seconds."""
    tried_at: float = -math.inf
    """When the last attempt was made, epoch seconds."""

    def is_usable(self, now: float, oldest_s: float) -> bool:
        """Whether it is known well enough: looked at within `oldest_s`, or lately in vain."""
        is_there = self.keys is not None and self.got_at == self.tried_at
        return abs(now - self.tried_at) < (oldest_s if is_there else REFETCH_S)


_NOTHING = _Fetched()


class KeySets:
    """Fetched key sets by address."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._sets: dict[str, _Fetched] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def get(self, uri: str, *, oldest_s: float) -> ClientKeys:
        """A set that was fetched at most `oldest_s` seconds ago, or the one before where it cannot be had.

        Raises:
            UnknownKey: There is none, or none with keys of a kind that is taken.
        """
        found = self._sets.get(uri, _NOTHING)
        if not found.is_usable(self._services.now(), oldest_s):
            async with self._locks.setdefault(uri, asyncio.Lock()):
                found = await self._look(uri, oldest_s)
        if found.keys is None or abs(self._services.now() - found.got_at) > STALE_S:
            raise UnknownKey("The keys of the client cannot be had.")
        return found.keys

    async def _look(self, uri: str, oldest_s: float) -> _Fetched:
        found = self._sets.get(uri, _NOTHING)
        if found.is_usable(self._services.now(), oldest_s):
            return found
        keys, now = await self._fetch(uri), self._services.now()
        found = _Fetched(keys, now, now) if keys is not None else found._replace(tried_at=now)
        if len(self._sets) >= _KEPT:
            self._sets.clear()
            self._locks.clear()
        self._sets[uri] = found
        return found

    async def _fetch(self, uri: str) -> ClientKeys | None:
        try:
            reply = await outbound_of(self._services).get(uri)
            if reply.status != 200:
                return None
            return ClientKeys(_usable(msgspec.json.decode(reply.body, type=_Set).keys))
        except (CallFailed, msgspec.MsgspecError, BadForm, ValueError, RecursionError):
            return None


def _usable(keys: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those for signatures: a set may also hold keys for other ends and of other kinds."""
    signing = [key for key in keys if key.get("use", "sig") == "sig"]
    return [key for key in signing if key.get("kty") in ("EC", "OKP", "RSA")]


async def verify(
    services: Services, client: Client, compact: str, *, algorithms: Sequence[str] = ALGORITHMS
) -> dict[str, Any]:
    """Checks what a client signed and returns its claims; what they mean is the caller's to judge.

    Raises:
        ArtifactRefused: Form, header, key or signature is wrong, or the client has no keys.
    """
    if client.keys is not None:
        return client.keys.verify(compact, algorithms=algorithms)
    if client.jwks_uri is None:
        raise UnknownKey("The client has registered no keys.")
    sets = _sets_of(services)
    keys = await sets.get(client.jwks_uri, oldest_s=FRESH_S)
    try:
        return keys.verify(compact, algorithms=algorithms)
    except UnknownKey:
        keys = await sets.get(client.jwks_uri, oldest_s=REFETCH_S)
        return keys.verify(compact, algorithms=algorithms)


def _sets_of(services: Services) -> KeySets:
    found = services.shared.get(KeySets)
    if not isinstance(found, KeySets):
        found = services.shared[KeySets] = KeySets(services)
    return found
