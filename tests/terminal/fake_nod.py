"""Both servers in one small class that speaks docs/wire.md through httpx.MockTransport.

It can lose an answer after it has acted, be down, cut the inbox, and lie about a price: what a real
server is hard to bring to do at the right moment.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl

import httpx
import msgspec

from core.client.transport import Maker
from core.domain.decision import Decision, Reason, judge
from core.domain.money import Money
from core.domain.place import Place
from core.domain.purchase import Item, Payee, Purchase
from core.domain.request import State
from core.wire import approval, quote
from core.wire.details import Context, Details, Requester, of_quote
from core.wire.keys import PublicKeys, SigningKey
from core.wire.messages import (
    Asker,
    Device,
    Devices,
    Profile,
    Requests,
    RequestView,
    Snapshot,
    encode,
)
from tests.clock import FakeClock

URL = "http://127.0.0.1:20001"
SHOP = "http://127.0.0.1:20002"
SPEAKER = Device("dev_1", "Kitchen speaker", "ai_device", "Momo", "2026-09-01T00:00:00Z")
MILK = Purchase(Payee("shop", "Nod Shop"), (Item("milk", "Milk", 1, 198),), Money(198, "JPY"))


@dataclass
class Held:
    """One request as the fake keeps it."""

    view: RequestView
    code: str | None
    ends: float
    approval: str | None = None


@dataclass
class FakeNod:
    """The servers' shared state; `client_maker` hands out clients that reach it."""

    clock: FakeClock = field(default_factory=FakeClock)
    shop_key: SigningKey = field(default_factory=SigningKey.generate)
    revision: int = 0
    held: dict[str, Held] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    lose: Counter[str] = field(default_factory=Counter)
    """Path → how many answers get lost after the server has acted."""
    is_down: bool = False
    shop_is_down: bool = False
    decided: list[str] = field(default_factory=list)
    """Compact texts of the decisions that had an effect."""
    streams: list["asyncio.Queue[bytes | None]"] = field(default_factory=list)
    keys: PublicKeys | None = None
    token_answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    """What the token endpoint says to each CIBA poll; the last one is repeated."""
    hold: Callable[[float], object] | None = None
    """Lets time pass while a pending poll is held, where the server can do that."""
    outcome_answer: dict[str, Any] = field(default_factory=dict)

    @property
    def make(self) -> Maker:
        """Makes clients that talk to this fake."""
        return lambda base: httpx.AsyncClient(base_url=base, transport=httpx.MockTransport(self.handle))

    async def handle(self, request: httpx.Request) -> httpx.Response:
        """One request to either server."""
        is_shop = str(request.url).startswith(SHOP)
        if self.shop_is_down if is_shop else self.is_down:
            raise httpx.ConnectError("down", request=request)
        path = request.url.path
        self.calls[path] += 1
        answer = self._shop(path) if is_shop else self._server(request, path)
        if self.lose[path]:
            self.lose[path] -= 1
            raise httpx.ReadError("lost", request=request)
        answer.headers["date"] = formatdate(self.clock(), usegmt=True)
        return answer

    def _shop(self, path: str) -> httpx.Response:
        known = {
            "/.well-known/nod-payment": {"issuer": SHOP},
            "/jwks": {"keys": [self.shop_key.public_jwk()]},
            "/quotes": {"quote": self.quote()},
        }
        return httpx.Response(200, json=known[path])

    def _server(self, request: httpx.Request, path: str) -> httpx.Response:
        if path == "/.well-known/openid-configuration":
            return httpx.Response(200, json={"issuer": URL, "nod_payment_server": SHOP})
        if path == "/token":
            return self._token(dict(parse_qsl(request.content.decode())), request.headers.get("prefer", ""))
        if path == "/inbox":
            return self._inbox(int(request.url.params["revision"]))
        if path in ("/profiles", "/terminals"):
            return self._enrol(request)
        if path == "/profile":
            return httpx.Response(200, content=encode(Profile("momo", "Momo")))
        if path.endswith("/decision"):
            return self._decide(path.split("/")[2], json.loads(request.content)["approval"])
        if path.startswith("/requests/"):
            return httpx.Response(200, content=encode(self._view(path.split("/")[2])))
        if path == "/requests":
            newest = sorted(self.held, key=lambda one: -self._view(one).revision)
            return httpx.Response(200, content=encode(Requests(tuple(map(self._view, newest)))))
        if path == "/devices":
            return httpx.Response(200, content=encode(Devices((SPEAKER,))))
        return self._device(request, path)

    def _device(self, request: httpx.Request, path: str) -> httpx.Response:
        if path == "/register":
            return httpx.Response(201, json={"client_id": "dev_1"})
        if path == "/bc-authorize":
            body = {"auth_req_id": "req_1", "expires_in": 75, "interval": 2, "match_code": "47"}
            return httpx.Response(200, json=body | {"decision_expires_in": 60})
        if path == "/outcome":
            return httpx.Response(200, json=self.outcome_answer)
        if path == "/contacts":
            return httpx.Response(200, json={"contacts": [{"nickname": "Momo"}], "owner": "Momo"})
        if path == "/revoke":
            return httpx.Response(200)
        return httpx.Response(404, json={"code": "not_found", "detail": ""})

    def _token(self, form: dict[str, str], prefer: str) -> httpx.Response:
        if form["grant_type"] == "client_credentials":
            return httpx.Response(200, json={"access_token": "t", "expires_in": 600})
        status, body = self.token_answers.pop(0) if len(self.token_answers) > 1 else self.token_answers[0]
        if self.hold is None or not prefer or body.get("error") != "authorization_pending":
            return httpx.Response(status, json=body)
        self.hold(float(prefer.removeprefix("wait=")))
        return httpx.Response(status, json=body, headers={"Preference-Applied": prefer})

    def _enrol(self, request: httpx.Request) -> httpx.Response:
        terminal = json.loads(request.content)["terminal"]
        jwks = [terminal["jwk"], *([terminal["pin_jwk"]] if terminal.get("pin_jwk") else [])]
        self.keys = PublicKeys(jwks)
        answer = {"terminal_id": "term_1", "profile": {"user_id": "momo", "nickname": "Momo"}}
        return httpx.Response(201, json=answer)

    def quote(self, purchase: Purchase = MILK) -> str:
        """A signed quote of the shop."""
        made = quote.make(purchase, issuer=SHOP, quote_id=f"q_{self.revision}", now=self.clock())
        return quote.sign(made, self.shop_key)

    def ask(self, request_id: str, window_s: float = 60, code: str = "47", shown: Purchase = MILK) -> None:
        """A request of a purchase arrives; `shown` is what the details claim, the quote says MILK."""
        compact = self.quote()
        details = Details(
            Context(
                request_id,
                Requester("dev_1", "Kitchen speaker", "ai_device"),
                "Momo",
                datetime.fromtimestamp(self.clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                Place("kitchen", "registered"),
                int(self.clock() + window_s),
                2,
            ),
            "c2FsdA",
            purchase=of_quote(compact, shown),
        )
        view = RequestView(
            request_id,
            State.PENDING,
            0,
            details,
            details.sha256,
            Asker("2026-09-01T00:00:00Z"),
            challenge=f"challenge of {request_id}",
            quote=compact,
        )
        self.held[request_id] = Held(view, code, self.clock() + window_s)
        self.change(request_id)

    def change(self, request_id: str, **members: Any) -> None:
        """A request changes and every open inbox hears of it."""
        self.revision += 1
        held = self.held[request_id]
        held.view = msgspec.structs.replace(held.view, revision=self.revision, **members)
        for stream in self.streams:
            stream.put_nowait(_event("change", self._view(request_id)))

    def cut(self) -> None:
        """Every open inbox breaks off."""
        for stream in self.streams:
            stream.put_nowait(None)
        self.streams.clear()

    def remove_terminal(self) -> None:
        """The terminal was removed elsewhere."""
        for stream in self.streams:
            stream.put_nowait(b"event: removed\ndata: {}\n\n")

    def _view(self, request_id: str) -> RequestView:
        held = self.held[request_id]
        if held.view.state is not State.PENDING:
            return held.view
        return msgspec.structs.replace(held.view, expires_in_s=held.ends - self.clock())

    def _inbox(self, revision: int) -> httpx.Response:
        views = [self._view(request_id) for request_id in self.held]
        pending = tuple(view for view in views if view.state is State.PENDING)
        settled = tuple(
            view for view in views if view.state is not State.PENDING and view.revision > revision
        )
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        queue.put_nowait(_event("snapshot", Snapshot(self.revision, pending, settled)))
        self.streams.append(queue)
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=_drain(queue))

    def _decide(self, request_id: str, compact: str) -> httpx.Response:
        held = self.held[request_id]
        if held.approval not in (None, compact) or held.view.state in (State.EXPIRED, State.WITHDRAWN):
            body = {"code": "already_decided", "detail": "", "state": held.view.state}
            return httpx.Response(409, json=body)
        if held.approval is None:
            self._effect(held, request_id, compact)
        said = {"id": request_id, "state": held.view.state, "revision": held.view.revision}
        return httpx.Response(200, json=said | ({"reason": held.view.reason} if held.view.reason else {}))

    def _effect(self, held: Held, request_id: str, compact: str) -> None:
        assert self.keys is not None
        expected = approval.Expected(
            "term_1", "momo", URL, request_id, held.view.details.sha256, held.view.challenge or ""
        )
        signed = approval.verify(compact, self.keys, expected=expected)
        verdict = judge(signed.decision, signed.match_code, held.code, signed.reason)
        held.approval = compact
        self.decided.append(compact)
        reason: Reason | None = verdict.reason
        self.change(request_id, state=verdict.state, reason=reason, challenge=None)
        if signed.decision is Decision.APPROVE and verdict.state is State.APPROVED:
            self.change(request_id, state=State.PAID)


def _event(name: str, message: Any) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + encode(message) + b"\n\n"


async def _drain(queue: "asyncio.Queue[bytes | None]") -> AsyncIterator[bytes]:
    while True:
        part = await queue.get()
        if part is None:
            raise httpx.ReadError("cut")
        yield part
