"""Long polling at `/token` (CIBA Core 1.0 section 10.1): a poll that asks to be held is answered at the end.

A client asks by `Prefer: wait=N` (RFC 7240 section 4.3), at most 30 seconds. Only what would have been
`authorization_pending` is held, one poll for each request; every other poll pays nothing for it. A client
that has left is not answered, so its tokens stay where they are.
"""

import asyncio
import re

import msgspec

from core.domain.request import State
from core.server import ciba_grant, views
from core.server.answers import Answer
from core.server.ciba_grant import PENDING
from core.server.client_auth import ClientProof
from core.server.forms import Form
from core.server.notifications import Bell, bells_of
from core.server.polls import polls_of
from core.server.services import Services
from core.server.store import requests as store
from core.server.store.requests import REQUEST
from core.wire.http_guard import Receive

LONGEST_S = 30
"""Seconds that a poll is held at most."""
_WAIT = re.compile(rb"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})\"?\s*(?:$|[,;])", re.IGNORECASE)
Headers = list[tuple[bytes, bytes]]


class Held:
    """The requests whose polls are held now."""

    def __init__(self) -> None:
        self.ids: set[str] = set()


async def hold(
    services: Services, headers: Headers, receive: Receive, proof: ClientProof, form: Form, answer: Answer
) -> Answer:
    """Holds a poll whose answer would be PENDING, if it asks for that; else the answer as it is.

    Args:
        services: The server's.
        headers: Raw headers of the request.
        receive: Says when the client leaves.
        proof: The client; its assertion is spent.
        form: The poll.
        answer: What it would hear now.
    """
    if answer is not PENDING:
        return answer
    wait_s = _asked_s(headers)
    held, request_id = _held_of(services), form["auth_req_id"]
    if not wait_s or request_id in held.ids:
        return answer
    held.ids.add(request_id)
    try:
        is_there = await _until_settled(services, receive, request_id, wait_s)
    finally:
        held.ids.discard(request_id)
    polls_of(services).rest(request_id)
    applied = {"Preference-Applied": f"wait={wait_s}"}
    if is_there and await _is_settled(services, request_id):
        unspent = msgspec.structs.replace(proof, jti=None)
        answer = await ciba_grant.redeem(services, unspent, form)
    return answer._replace(headers={**answer.headers, **applied})


def _asked_s(headers: Headers) -> int:
    for name, value in headers:
        if name == b"prefer" and (found := _WAIT.search(value)) is not None:
            return min(LONGEST_S, int(found[1]))
    return 0


async def _until_settled(services: Services, receive: Receive, request_id: str, wait_s: int) -> bool:
    """Waits for the end, the time-out or the leaving of either side; whether the client is still there."""
    bell, bells = Bell(), bells_of(services)
    watch = asyncio.ensure_future(_until_gone(receive))
    watch.add_done_callback(bell.end)
    off = services.hub.on(REQUEST, request_id, bell.ring)
    bells.add(bell)
    try:
        async with asyncio.timeout(wait_s):
            while not (bell.is_over or services.stopping.is_set() or await _is_settled(services, request_id)):
                await bell.heard()
    except TimeoutError:
        pass
    finally:
        off()
        bells.drop(bell)
        watch.cancel()
    return not bell.is_over


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


async def _is_settled(services: Services, request_id: str) -> bool:
    stored = await services.store.read(lambda connection: store.find(connection, request_id))
    now = services.now()
    if stored is None:
        return True
    is_open = stored.state == State.PENDING and stored.decide_by > now
    return not (is_open or views.is_settling(stored, now))


def _held_of(services: Services) -> Held:
    found = services.shared.get(Held)
    if not isinstance(found, Held):
        found = services.shared[Held] = Held()
    return found
