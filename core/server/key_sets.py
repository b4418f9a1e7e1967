"""The keys of a client wherever they are: in its registration, or behind its `jwks_uri`.

A set that was fetched is kept for a while. A signature by a key that is not in it has the set fetched again,
at most every few seconds, so that a client can rotate its keys and a forger cannot make this server hammer
somebody's machine.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

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
_KEPT = 1_000


class _Set(msgspec.Struct):
    keys: list[dict[str, Any]]


class KeySets:
    """Fetched key sets by address."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._sets: dict[str, tuple[ClientKeys | None, float]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def get(self, uri: str, *, oldest_s: float) -> ClientKeys:
        """A set that was fetched at most `oldest_s` seconds ago.

        Raises:
            UnknownKey: It cannot be had, or holds no keys of a kind that is taken.
        """
        async with self._locks.setdefault(uri, asyncio.Lock()):
            keys, at = self._sets.get(uri, (None, 0.0))
            if abs(self._services.now() - at) >= oldest_s:
                keys = await self._fetch(uri)
                if len(self._sets) >= _KEPT:
                    self._sets.clear()
                    self._locks.clear()
                self._sets[uri] = (keys, self._services.now())
        if keys is None:
            raise UnknownKey("The keys of the client cannot be had.")
        return keys

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
