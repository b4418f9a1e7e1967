"""`GET /authorize/{handle}`: the page on which a browser waits for the person, and its way back.

While the request is open the page shows code and countdown; once it is decided, the same address sends the
browser back. A code is made when it is fetched: it lives a minute, only its hash is kept, and a page that is
loaded again before the code was redeemed gets a new one in place of the old.
"""

import asyncio
import secrets
from collections import Counter
from typing import NamedTuple

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from core.database.writer import Unit
from core.domain.request import State
from core.domain.times import REDEEMABLE_S
from core.server import authorize_pages as pages
from core.server import expiry, views
from core.server.access_tokens import hashed
from core.server.answers import Answer, json_answer
from core.server.authorize import back, tail
from core.server.errors import too_many
from core.server.redirects import with_answer
from core.server.services import Services
from core.server.store import browsers
from core.server.store import requests as store
from core.server.store.browsers import Browser
from core.server.store.requests import REQUEST, Stored

CODE_S = 60
"""Seconds that a code lives (RFC 6749 section 4.1.2 allows ten minutes at most)."""
MOST_HELD = 8
"""Answers that are held back for one page at a time."""
_HELD_S = 20.0
_LOOK_S = 1.0


class _Held(Counter[str]):
    """How many answers are held back now, by the page's handle: a stranger's page cannot hold thousands."""


class _Waiting(NamedTuple):
    browser: Browser
    stored: Stored


async def page(services: Services, request: Request) -> Response:
    """The page, or the way back."""
    texts = pages.texts_for(request)
    waiting = await _find(services, request)
    if waiting is None:
        return pages.over(texts)
    browser, stored = waiting
    if _is_open(services, stored):
        client = await services.clients.find(browser.client_id)
        name = client.name if client is not None else ""
        left = max(0, int(stored.decide_by - services.now()))
        return pages.wait(texts, name, stored.shown().context.nickname, stored.match_code, left)
    if stored.ended_at is None or services.now() > stored.ended_at + REDEEMABLE_S:
        return pages.over(texts)
    if stored.state in (State.DENIED, State.REPORTED):
        return back(services, browser.redirect_uri, browser.state, "access_denied", "The person refused.")
    if stored.state == State.EXPIRED:
        return back(services, browser.redirect_uri, browser.state, "access_denied", "Nobody decided in time.")
    if stored.state == State.WITHDRAWN:
        return back(services, browser.redirect_uri, browser.state, "access_denied", "It was withdrawn.")
    code = secrets.token_urlsafe(32)
    if not await services.store.write(lambda unit: _keep(unit, browser, code)):
        return pages.over(texts)
    return pages.go(with_answer(browser.redirect_uri, {"code": code} | tail(services, browser.state)))


def _keep(unit: Unit, browser: Browser, code: str) -> bool:
    return browsers.keep_code(unit, browser.handle_sha256, hashed(code), unit.now + CODE_S)


async def state(services: Services, request: Request) -> Answer:
    """Whether there is still something to wait for; held for a while, so that the page goes on at once."""
    waiting = await _find(services, request)
    if waiting is None:
        return json_answer({"pending": False})
    held = _held_of(services)
    handle_sha256 = waiting.browser.handle_sha256
    if held[handle_sha256] >= MOST_HELD:
        raise too_many("This page is open too often.", 2)
    changed = asyncio.Event()
    held[handle_sha256] += 1
    off = services.hub.on(REQUEST, waiting.stored.request_id, lambda _key: changed.set())
    give_up = asyncio.get_running_loop().time() + _HELD_S
    try:
        while asyncio.get_running_loop().time() < give_up and not services.stopping.is_set():
            waiting = await _find(services, request)
            if waiting is None or not _is_open(services, waiting.stored):
                return json_answer({"pending": False})
            changed.clear()
            await _heard(changed)
    finally:
        off()
        held[handle_sha256] -= 1
        if not held[handle_sha256]:
            del held[handle_sha256]
    return json_answer({"pending": True})


def _held_of(services: Services) -> "_Held":
    found = services.shared.get(_Held)
    if not isinstance(found, _Held):
        found = services.shared[_Held] = _Held()
    return found


async def _heard(changed: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(changed.wait(), _LOOK_S)
    except TimeoutError:
        return


def _is_open(services: Services, stored: Stored) -> bool:
    return stored.state == State.PENDING or views.is_settling(stored, services.now())


async def _find(services: Services, request: Request) -> _Waiting | None:
    handle_sha256 = hashed(request.path_params["handle"])
    waiting = await services.store.read(lambda connection: _read(connection, handle_sha256))
    if waiting is None:
        return None
    stored = waiting.stored
    if stored.state != State.PENDING or stored.decide_by > services.now():
        return waiting

    def judge(unit: Unit) -> _Waiting | None:
        expiry.expire(unit, stored.request_id)
        return _read(unit.connection, handle_sha256)

    return await services.store.write(judge)


def _read(connection: Connection, handle_sha256: str) -> _Waiting | None:
    browser = browsers.by_handle(connection, handle_sha256)
    stored = store.find(connection, browser.request_id) if browser is not None else None
    return _Waiting(browser, stored) if browser is not None and stored is not None else None
