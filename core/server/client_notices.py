"""Tells ping and push clients how a request ended (CIBA Core 1.0 sections 10.2, 10.3 and 12).

The row to send is committed with the end itself, so a process that dies forgets nothing. A ping says only
"look"; a push carries the tokens, or why there are none, and is made once: every attempt sends the very same
body. Attempts go on, more and more slowly, until the client confirms, refuses for good, or the request could
not be redeemed any more.
"""

import asyncio
import logging
from collections import Counter

import msgspec

from core.database.engine import is_postgres
from core.database.errors import DatabaseError
from core.database.writer import Unit
from core.domain.request import State
from core.domain.times import REDEEMABLE_S
from core.server import ciba_grant
from core.server.clients import Client
from core.server.outbound import CallFailed, outbound_of
from core.server.resting import pause_s, rest
from core.server.services import Services
from core.server.store import notices as store
from core.server.store import requests
from core.server.store.notices import ANY, NOTICES, Notice

AT_ONCE = 16
"""Calls that go out at a time."""
PER_CLIENT = 4
"""Calls to one client at a time: one that hangs does not keep the others waiting."""
_FIRST_WAIT_S = 1.0
_BUSY = frozenset({408, 425, 429})
_log = logging.getLogger(__name__)


class Errand(msgspec.Struct, frozen=True):
    """A notice that is ready to go."""

    notice: Notice
    kind: str
    """`ping` or `push`."""
    endpoint: str
    body: str


async def run(services: Services) -> None:
    """The worker: until the server leaves, sends what is due."""
    if not is_postgres(services.store.engine):
        await services.store.write(store.release_all)
    wake = asyncio.Event()
    off = services.hub.on(NOTICES, ANY, lambda _key: wake.set())
    under_way: dict[asyncio.Task[None], str] = {}
    try:
        while not services.stopping.is_set():
            calls = Counter(under_way.values())
            for errand in await _claim(services, AT_ONCE - len(under_way), calls):
                task = asyncio.create_task(_run_one(services, errand))
                under_way[task] = errand.notice.client_id
                task.add_done_callback(lambda done: _ended(under_way, done, wake))
            has_work = await services.store.read(store.is_any_open)
            await rest(wake, pause_s(services, has_work=has_work))
    finally:
        off()
        for task in under_way:
            task.cancel()


def _ended(under_way: dict[asyncio.Task[None], str], done: asyncio.Task[None], wake: asyncio.Event) -> None:
    """Makes room, and lets the worker look whether something waited for it."""
    under_way.pop(done, None)
    wake.set()


async def _claim(services: Services, count: int, calls: Counter[str]) -> list[Errand]:
    """Leases what is due and makes what is to be sent; what can no longer be sent is dropped."""
    now = services.now()
    if count <= 0 or not await services.store.read(lambda connection: store.is_any_due(connection, now)):
        return []
    leased = await services.store.write(lambda unit: _lease(services, unit, count, calls))
    found = [await _prepare(services, notice) for notice in leased]
    return [errand for errand in found if errand is not None]


def _lease(services: Services, unit: Unit, count: int, calls: Counter[str]) -> list[Notice]:
    """No more for one client than it may have at a time; the rest of its own goes back."""
    busy = [client_id for client_id, number in calls.items() if number >= PER_CLIENT]
    leased: list[Notice] = []
    calls = calls.copy()
    for notice in store.claim(unit, services.store.writer.id, count, busy):
        calls[notice.client_id] += 1
        if calls[notice.client_id] > PER_CLIENT:
            store.give_back(unit, notice.request_id)
        else:
            leased.append(notice)
    return leased


async def _prepare(services: Services, notice: Notice) -> Errand | None:
    client = await services.clients.find(notice.client_id)
    if client is None or client.notification_endpoint is None:
        await services.store.write(lambda unit: store.finish(unit, notice.request_id))
        return None
    body = notice.body
    if body is None:
        body = await services.store.write(lambda unit: _make(services, unit, client, notice))
    return Errand(notice, client.delivery_mode, client.notification_endpoint, body)


def _make(services: Services, unit: Unit, client: Client, notice: Notice) -> str:
    """The body, kept with the row in the transaction that issues its tokens."""
    message: dict[str, object] = {"auth_req_id": notice.request_id}
    if client.delivery_mode == "push":
        message |= _pushed(services, unit, client, notice.request_id)
    body = msgspec.json.encode(message).decode()
    store.keep_body(unit, notice.request_id, body)
    return body


def _pushed(services: Services, unit: Unit, client: Client, request_id: str) -> dict[str, object]:
    """The token answer (section 10.3.1), or the error (section 12)."""
    stored = requests.find(unit.connection, request_id)
    if stored is None:
        return _failed("transaction_failed", "The request is gone.")
    if stored.state == State.EXPIRED:
        return _failed("expired_token", "Nobody decided in time. Ask again.")
    if stored.state in (State.DENIED, State.REPORTED, State.WITHDRAWN):
        return _failed("access_denied", "The request was refused.")
    issued = ciba_grant.issue(services, unit, client, stored)
    if issued is None:
        return _failed("transaction_failed", "The tokens could not be sent in time. Ask again.")
    return ciba_grant.token_response(services, client, stored, issued)


def _failed(reason: str, detail: str) -> dict[str, object]:
    return {"error": reason, "error_description": detail}


async def _run_one(services: Services, errand: Errand) -> None:
    try:
        await _attempt(services, errand)
    except DatabaseError as error:
        _log.warning("notice %s waits for the store: %s", errand.notice.request_id, error)
    except Exception:
        _log.exception("notice %s failed and will be tried again", errand.notice.request_id)


async def _attempt(services: Services, errand: Errand) -> None:
    headers = {"Authorization": f"Bearer {errand.notice.token}"}
    status: int | None = None
    try:
        reply = await outbound_of(services).post(errand.endpoint, errand.body.encode(), headers)
        status = reply.status
    except CallFailed as error:
        _log.info("notice %s was not delivered: %s", errand.notice.request_id, error.description)
    await services.store.write(lambda unit: _judge(unit, errand, status))


def _judge(unit: Unit, errand: Errand, status: int | None) -> None:
    notice = errand.notice
    data = {
        "client_id": notice.client_id,
        "kind": errand.kind,
        "status": status,
        "attempt": notice.attempts + 1,
    }
    unit.record("notice", notice.request_id, data)
    wait = min(_FIRST_WAIT_S * 2 ** min(notice.attempts, 10), store.LONGEST_WAIT_S)
    is_over = unit.now + wait >= notice.made_at + REDEEMABLE_S
    if is_over or not _is_worth_repeating(errand.kind, status):
        store.finish(unit, notice.request_id)
    else:
        store.postpone(unit, notice.request_id, unit.now + wait)


def _is_worth_repeating(kind: str, status: int | None) -> bool:
    """Whether another attempt may help.

    A client that does not take its own token is left alone (the conformance suite looks for that). What a
    ping says can also be polled for, so it is repeated only where nobody was home; a push has no second way.
    """
    if status is None or status >= 500 or status in _BUSY:
        return True
    return kind == "push" and not (200 <= status < 300 or status in (401, 403))
