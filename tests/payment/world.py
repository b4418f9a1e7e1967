"""A payment server over real HTTP, and the user-management server's part played by hand.

The issuer here publishes real metadata and keys on a socket of its own and signs real tokens; only its
decisions are the test's.
"""

import asyncio
import secrets
import socket
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
import msgspec

from core.payment.wiring import VERSIONS, Payment, Settings, build
from core.roles.serving import Served, ServerThread
from core.wire import jose, payment_token
from core.wire.canonical import sha256
from core.wire.details import of_quote
from core.wire.keys import PublicKeys, SigningKey
from core.wire.payment_token import PaymentToken
from core.wire.quote import Quote
from core.wire.receipt import Receipt
from tests import blank_stores
from tests.clock import FakeClock

SECRET = "the operator's own secret"
OPERATOR = {"authorization": f"Bearer {SECRET}"}


class Issuer:
    """The user-management server, as far as the payment server sees it; a party that can be served."""

    def __init__(self, url: str) -> None:
        self.url, self.key = url, SigningKey.generate()
        self.jwks: list[dict[str, Any]] = [self.key.public_jwk()]
        self.asked: list[str] = []
        self.stopping = asyncio.Event()

    async def app(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Any) -> None:
        if scope["type"] == "lifespan":
            while (await receive())["type"] != "lifespan.shutdown":
                await send({"type": "lifespan.startup.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        self.asked.append(scope["path"])
        bodies = {
            "/.well-known/openid-configuration": {"issuer": self.url, "jwks_uri": f"{self.url}/jwks"},
            "/jwks": {"keys": self.jwks},
        }
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": msgspec.json.encode(bodies[scope["path"]])})

    def close(self) -> None:
        """Nothing is kept."""


def listener(port: int = 0) -> socket.socket:
    """A bound socket on this machine, on a free port unless one is named."""
    return socket.create_server(("127.0.0.1", port))


def url_of(bound: socket.socket) -> str:
    return f"http://127.0.0.1:{bound.getsockname()[1]}"


class World:
    """Both servers in one thread, a client, and what an order needs."""

    def __init__(self, folder: Path, clock: Callable[[], float] | None = None, **settings: Any) -> None:
        self.clock = clock or FakeClock()
        own, issuers = listener(), listener()
        self.url, self.issuer = url_of(own), Issuer(url_of(issuers))
        given = {
            "database_url": f"sqlite:///{folder / 'payment.db'}",
            "issuer": self.url,
            "token_issuer": self.issuer.url,
            "operator_secret": SECRET,
        }
        self.settings = Settings(**(given | settings))
        self.database_url = self.settings.database_url
        self.http = httpx.Client(base_url=self.url, trust_env=False, verify=False, timeout=20)
        self._issuing = ServerThread([Served(self.issuer, issuers)])
        self._issuing.start()
        self._serve(own)

    def _serve(self, own: socket.socket) -> None:
        blank_stores.lay(self.settings.database_url, VERSIONS)
        self.payment: Payment = build(self.settings, now=self.clock)
        self._paying = ServerThread([Served(self.payment, own)])
        self._paying.start()

    def stop_payment(self) -> None:
        """Ends the payment server; its rows stay."""
        self.http.close()
        self._paying.stop()

    def start_payment(self) -> None:
        """Starts another one on the same rows and the same port."""
        self.http = httpx.Client(base_url=self.url, trust_env=False, verify=False, timeout=20)
        self._serve(listener(self.http.base_url.port or 0))

    def close(self) -> None:
        """Ends everything; safe to call twice."""
        self.stop_payment()
        self._issuing.stop()

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def quote(self, *lines: tuple[str, int], locale: str = "en") -> str:
        """A signed quote of the shop."""
        items = [{"id": item, "quantity": quantity} for item, quantity in lines or (("milk", 1),)]
        answer = self.http.post("/quotes", json={"items": items, "locale": locale})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["quote"])

    def claims(self, compact: str, **changes: Any) -> PaymentToken:
        """What the user-management server would put into a token for that quote."""
        quote = jose.unsafe_read_payload(compact, Quote)
        now = int(self.clock())
        token = PaymentToken(
            iss=self.issuer.url,
            aud=self.url,
            sub="sub-of-momo",
            client_id="device-1",
            jti=secrets.token_urlsafe(16),
            iat=now,
            nbf=now,
            exp=now + 120,
            txn="req_" + secrets.token_urlsafe(24),
            quote_id=quote.jti,
            purchase=of_quote(compact, quote.purchase()),
            details_sha256=sha256("details"),
            approval_sha256=sha256("approval"),
        )
        return msgspec.structs.replace(token, **changes)

    def token(self, compact: str, **changes: Any) -> str:
        """The same, signed."""
        return payment_token.sign(self.claims(compact, **changes), self.issuer.key)

    def order(self, *lines: tuple[str, int], **changes: Any) -> tuple[str, str]:
        """A quote and its token: the txn and the compact token."""
        claims = self.claims(self.quote(*lines), **changes)
        return claims.txn, payment_token.sign(claims, self.issuer.key)

    def pay(self, token: str) -> httpx.Response:
        return self.http.post("/payments", json={"payment_token": token})

    def void(self, txn: str, token: str) -> httpx.Response:
        return self.http.post(f"/payments/{txn}/void", json={"payment_token": token})

    def refund(self, txn: str, **body: Any) -> httpx.Response:
        return self.http.post(f"/payments/{txn}/refunds", json=body, headers=OPERATOR)

    def receipt(self, answer: httpx.Response) -> Receipt:
        """The receipt in an answer, checked with the server's published keys."""
        assert answer.status_code in (200, 201), answer.text
        keys = PublicKeys.from_jwk_set(self.http.get("/jwks").json())
        return jose.verify(answer.json()["receipt"], keys, "nod-receipt+jws", Receipt)

    def balances(self) -> dict[str, int]:
        """Every account's balance; they sum to zero at any time."""
        answer = self.http.get("/accounts", headers=OPERATOR).json()
        assert answer["sums_to_zero"] is True
        return {account["id"]: account["balance"] for account in answer["accounts"]}

    def merchant(self) -> int:
        """What the shop has earned."""
        return self.balances().get("merchant:nod-shop", 0)


def problem_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem answer, which has its own media type and a sentence."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["detail"]
    return answer.status_code, body["code"]


def statuses(answers: Sequence[httpx.Response]) -> list[int]:
    return sorted(answer.status_code for answer in answers)
