"""The payment server's routes (docs/wire.md, "Payment server"): read the message, ask one service, answer."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.database.reader import Reader
from core.payment import answers
from core.payment.cashier import Cashier
from core.payment.catalogue import Shop
from core.payment.errors import BadToken, NotOperator, NotProven
from core.payment.orders import Inspector
from core.payment.quotes import Quotes
from core.payment.receipts import Answered
from core.payment.refunds import Refunds
from core.payment.signing import Signing
from core.payment.store import money
from core.payment.streams import EventStream, Pulse, stream
from core.wire.errors import MessageRefused
from core.wire.messages import (
    PaymentBody,
    QuoteAnswer,
    QuoteRequest,
    ReceiptAnswer,
    RefundBody,
    decode,
)

_MAX_SEQUENCE = 2**53


@dataclass(frozen=True)
class Services:
    """Everything that the routes use."""

    issuer: str
    """This server's base URL."""
    operator_secret: str
    """Opens the operator's routes; empty closes them."""
    shop: Shop
    """What is sold."""
    signing: Callable[[], Signing]
    """The keys, once the server has started."""
    is_healthy: Callable[[], bool]
    """Whether the writer takes work."""
    probe: Callable[[], Awaitable[None]]
    """Asks for one commit."""
    quotes: Quotes
    """Gives quotes."""
    inspector: Inspector
    """Checks tokens."""
    cashier: Cashier
    """Pays and voids."""
    refunds: Refunds
    """Gives back."""
    reader: Reader
    """Reads rows."""
    pulse: Pulse
    """Wakes streams."""
    stopping: asyncio.Event
    """Ends streams."""


class Routes:
    """One method for each route."""

    def __init__(self, services: Services) -> None:
        self._its = services

    async def metadata(self, _request: Request) -> Response:
        """Where everything is."""
        base = self._its.issuer
        names = {
            "jwks_uri": "jwks",
            "catalogue": "catalogue",
            "quotes": "quotes",
            "payments": "payments",
        }
        return answers.json({"issuer": base} | {name: f"{base}/{path}" for name, path in names.items()})

    async def jwks(self, _request: Request) -> Response:
        """The public keys (RFC 7517)."""
        return answers.json(self._its.signing().jwk_set)

    async def health(self, _request: Request) -> Response:
        """Whether work is taken."""
        if not self._its.is_healthy():
            return answers.problem(503, "unhealthy", "The payment server cannot write any more. Restart it.")
        return answers.json({"status": "ok"})

    async def ready(self, _request: Request) -> Response:
        """Whether a change would be kept now."""
        if self._its.stopping.is_set():
            return answers.problem(503, "leaving", "The payment server is leaving.")
        await self._its.probe()
        return answers.json({"status": "ready"})

    async def catalogue(self, _request: Request) -> Response:
        """What is sold."""
        return answers.json(self._its.shop.catalogue(self._its.issuer))

    async def quote(self, request: Request) -> Response:
        """Gives a quote."""
        wanted = decode(await request.body(), QuoteRequest)
        address = request.client.host if request.client else ""
        return answers.json(QuoteAnswer(await self._its.quotes.give(wanted, address)), 201)

    async def pay(self, request: Request) -> Response:
        """Redeems a token."""
        body = decode(await request.body(), PaymentBody)
        order = await self._its.inspector.inspect(body.payment_token)
        return _answer(await self._its.cashier.pay(order))

    async def find(self, request: Request) -> Response:
        """Gives the receipt of a payment to whoever has a token for it."""
        try:
            order = await self._its.inspector.inspect(_bearer(request), request.path_params["txn"])
        except BadToken as error:
            raise NotProven(error.description) from error
        return answers.json(ReceiptAnswer(await self._its.cashier.find(order)))

    async def void(self, request: Request) -> Response:
        """Makes sure that nothing is paid any more, or says that it was."""
        body = decode(await request.body(), PaymentBody)
        order = await self._its.inspector.inspect(body.payment_token, request.path_params["txn"])
        return _answer(await self._its.cashier.void(order))

    async def refund(self, request: Request) -> Response:
        """Gives money back."""
        self._only_for_the_operator(request)
        body = decode(await request.body(), RefundBody)
        return _answer(await self._its.refunds.refund(request.path_params["txn"], body))

    async def accounts(self, request: Request) -> Response:
        """The balances of all accounts, and whether they sum to zero."""
        self._only_for_the_operator(request)
        rows = await self._its.reader.aread(money.balances)
        accounts = [{"id": row[0], "currency": row[1], "balance": row[2]} for row in rows]
        is_balanced = sum(row[2] for row in rows) == 0 and all(row[2] == row[3] for row in rows)
        return answers.json({"accounts": accounts, "sums_to_zero": is_balanced})

    async def events(self, request: Request) -> Response:
        """What happened, as it happens."""
        self._only_for_the_operator(request)
        given = request.query_params.get("after", request.headers.get("last-event-id", "0"))
        if not (given.isascii() and given.isdecimal() and len(given) <= 16 and int(given) <= _MAX_SEQUENCE):
            raise MessageRefused("after is a number, the last sequence that was seen.")
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        frames = stream(self._its.reader, self._its.pulse, self._its.stopping, int(given))
        return EventStream(frames, media_type="text/event-stream", headers={"cache-control": "no-store"})

    def _only_for_the_operator(self, request: Request) -> None:
        secret = self._its.operator_secret
        if not secret or not hmac.compare_digest(_bearer(request).encode(), secret.encode()):
            raise NotOperator(
                "This is the operator's. Send the secret of run/payment.json as a Bearer token."
            )


def _bearer(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _answer(answered: Answered) -> Response:
    return answers.json(ReceiptAnswer(answered.compact), 201 if answered.is_new else 200)


def make(services: Services, lifespan: Callable[[Any], AbstractAsyncContextManager[None]]) -> Starlette:
    """The application, without its guard."""
    its = Routes(services)
    routes = [
        Route("/.well-known/nod-payment", its.metadata, methods=["GET"]),
        Route("/jwks", its.jwks, methods=["GET"]),
        Route("/health", its.health, methods=["GET"]),
        Route("/ready", its.ready, methods=["GET"]),
        Route("/catalogue", its.catalogue, methods=["GET"]),
        Route("/quotes", its.quote, methods=["POST"]),
        Route("/payments", its.pay, methods=["POST"]),
        Route("/payments/{txn}", its.find, methods=["GET"]),
        Route("/payments/{txn}/void", its.void, methods=["POST"]),
        Route("/payments/{txn}/refunds", its.refund, methods=["POST"]),
        Route("/accounts", its.accounts, methods=["GET"]),
        Route("/events", its.events, methods=["GET"]),
    ]
    application = Starlette(routes=routes, exception_handlers=answers.HANDLERS, lifespan=lifespan)
    application.router.redirect_slashes = False
    return application
