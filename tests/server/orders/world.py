"""Both servers over real HTTP, people with real terminal keys, and devices that ask: what an order needs.

The payment server stands behind a gate that can be down, or lose its answers after the work is done.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self

import httpx
from sqlalchemy import select

from core.domain.limits import Rate
from core.payment import wiring as payment_wiring
from core.roles.serving import Served, ServerThread
from core.server import wiring
from core.server.limits import Limits
from core.server.settings import Settings
from core.server.store.request_tables import outbox
from tests import blank_stores
from tests.clock import FakeClock
from tests.server.orders.parties import CIBA, PROCEDURE, PURCHASE, SECRET, Device, Person

OPERATOR = {"authorization": "Bearer operator"}


def bind(port: int = 0) -> socket.socket:
    return socket.create_server(("127.0.0.1", port))


def url_of(bound: socket.socket) -> str:
    return f"http://127.0.0.1:{bound.getsockname()[1]}"


class Gate:
    """Stands before the payment server: `open`, `down` (503), or `loses` its answers after the work."""

    def __init__(self, party: payment_wiring.Payment) -> None:
        self.party, self.mode = party, "open"
        self.stopping = party.stopping
        self.seen: list[tuple[str, str]] = []
        self.change: Callable[[bytes], bytes] = lambda body: body

    async def app(self, scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        if scope["type"] != "http" or self.mode == "open" or not scope["path"].startswith("/payments"):
            await self.party.app(scope, receive, self._changing(scope, send))
            return
        self.seen.append((scope["method"], scope["path"]))
        if self.mode == "loses":
            await self.party.app(scope, receive, _nowhere)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 503, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _changing(self, scope: Any, send: Callable[[Any], Awaitable[None]]) -> Any:
        if scope["type"] != "http" or not scope["path"].startswith("/payments"):
            return send
        self.seen.append((scope["method"], scope["path"]))

        async def changed(message: Any) -> None:
            if message["type"] == "http.response.body" and message.get("body"):
                message = message | {"body": self.change(message["body"])}
            await send(message)

        return changed

    def close(self) -> None:
        self.party.close()


async def _nowhere(_message: Any) -> None:
    return


class World:
    """A user-management server and a payment server on one clock."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], float] | None = None,
        *,
        limits: Limits | None = None,
        database_url: str | None = None,
        **more: Any,
    ) -> None:
        self.clock = clock if clock is not None else FakeClock()
        self._folder, self._more = folder, more
        self.database_url = database_url or f"sqlite:///{folder / 'server.db'}"
        self.limits = limits or Limits()
        own, pay = bind(), bind()
        self.url, self.payment_url = url_of(own), url_of(pay)
        self.http = httpx.Client(trust_env=False, verify=False, timeout=20)
        settings = payment_wiring.Settings(
            f"sqlite:///{folder / 'payment.db'}",
            self.payment_url,
            self.url,
            "operator",
            quote_rate=Rate(100_000, 60),  # every device of a test asks from one address
        )
        blank_stores.lay(settings.database_url, payment_wiring.VERSIONS)
        blank_stores.lay(self.database_url, wiring.VERSIONS)
        self.gate = Gate(payment_wiring.build(settings, now=self.clock))
        self._payment_thread = ServerThread([Served(self.gate, pay)])
        self._payment_thread.start()
        self._thread: ServerThread | None = None
        self.start(own)

    @property
    def fake(self) -> FakeClock:
        """The clock, where it is one that stands still."""
        assert isinstance(self.clock, FakeClock)
        return self.clock

    def settings(self) -> Settings:
        return Settings(
            database_url=self.database_url,
            issuer=self.url,
            initial_access_token=SECRET,
            payment_url=lambda: self.payment_url,
            allows_private_addresses=True,
            limits=self.limits,
            **self._more,
        )

    def start(self, bound: socket.socket | None = None) -> None:
        """Starts the user-management server, on the port that it has always had."""
        self.server = wiring.build(self.settings(), now=self.clock)
        bound = bound or bind(int(self.url.rpartition(":")[2]))
        self._thread = ServerThread([Served(self.server, bound)])
        self._thread.start()

    def loops(self) -> tuple[asyncio.AbstractEventLoop, asyncio.AbstractEventLoop]:
        """Where both servers are served, ours first: for calls without a socket."""
        own, payment = (getattr(thread, "_loop") for thread in (self._thread, self._payment_thread))  # noqa: B009
        return own, payment

    def stop(self) -> None:
        """Stops it in order."""
        if self._thread is not None:
            self._thread.stop()
            self._thread = None

    def close(self) -> None:
        self.http.close()
        self.stop()
        self._payment_thread.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def quote(self, item: str = "milk", quantity: int = 1) -> str:
        body = {"items": [{"id": item, "quantity": quantity}], "locale": "en"}
        answer = self.http.post(f"{self.payment_url}/quotes", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["quote"])

    def balances(self) -> dict[str, int]:
        """Every account of the payment server; they sum to zero at any time."""
        answer = self.http.get(f"{self.payment_url}/accounts", headers=OPERATOR).json()
        assert answer["sums_to_zero"] is True
        return {account["id"]: account["balance"] for account in answer["accounts"]}

    def earned(self) -> int:
        """What the shop has earned, in yen."""
        return self.balances().get("merchant:nod-shop", 0)

    def attempts(self, txn: str) -> int:
        """How many tries to pay an order have come to nothing and are noted."""
        tried = select(outbox.c.attempts).where(outbox.c.txn == txn)
        return self.server.services.store.reader.read(lambda rows: rows.execute(tried).scalar()) or 0

    def person(self, user_id: str = "momo", nickname: str = "Momo", *, pin: bool = False) -> Person:
        return Person(self, user_id, nickname, pin=pin)

    def device(self, **metadata: Any) -> Device:
        return Device(self, metadata)

    def paired(self, **metadata: Any) -> tuple[Person, Device]:
        """Momo, and a device that may ask her."""
        person, device = self.person(), self.device(**metadata)
        person.pair(device)
        return person, device


def error_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal on either kind of endpoint."""
    body = answer.json()
    return answer.status_code, body.get("error") or body.get("code")


__all__ = ["CIBA", "PROCEDURE", "PURCHASE", "SECRET", "Device", "Person", "World", "bind", "error_of"]
