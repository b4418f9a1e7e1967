"""A token that is revoked while this process reads its row is not remembered from that read."""

import asyncio
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from core.server.access_tokens import AccessTokens, Bearer, hashed
from core.server.hub import TOKEN_REVOKED, Hub


class SlowStore:
    """Rows that are read before a commit and arrive after it."""

    def __init__(self, row: Bearer) -> None:
        self.row: Bearer | None = row
        self.is_read, self.arrives = asyncio.Event(), asyncio.Event()

    async def read(self, _fn: Callable[[Connection], Any]) -> Bearer | None:
        row = self.row
        self.is_read.set()
        await self.arrives.wait()
        return row


class AnyClient:
    """Every client is registered."""

    async def find(self, client_id: str) -> object:
        return client_id


def test_a_token_that_is_revoked_while_its_row_is_read_is_not_remembered() -> None:
    async def scenario() -> None:
        store, hub = SlowStore(Bearer("dev_1", None, frozenset({"device"}), 0, 600)), Hub()
        tokens = AccessTokens(store, AnyClient(), lambda: 1.0, 600)  # type: ignore[arg-type]
        tokens.listen(hub)
        reading = asyncio.create_task(tokens.find("tok"))
        await store.is_read.wait()
        store.row = None
        hub._deliver([(TOKEN_REVOKED, hashed("tok"))])
        store.arrives.set()
        await reading
        assert await tokens.find("tok") is None

    asyncio.run(scenario())
