"""Carries approved purchases to the payment server until there is a receipt, whatever fails on the way.

The row in the outbox is committed with the approval, so a process that dies forgets nothing: on its return
the row is due again. Sending twice is harmless, because the payment's id is the request's id. Nothing is
given up before there is a signed answer; fifteen minutes after the approval the question becomes "void it".
"""

import asyncio
import logging

from core.database.engine import is_postgres
from core.database.errors import DatabaseError
from core.database.writer import Unit
from core.domain.request import State
from core.domain.times import PAYMENT_TOKEN_S, SETTLING_ANSWER_S, VOID_AFTER_S
from core.server import minting
from core.server.payment_server import Reply, Unreachable, payment_server_of
from core.server.receipts import Believed, believe
from core.server.resting import pause_s, rest
from core.server.services import Services
from core.server.store import outbox, pairs
from core.server.store import requests as store
from core.server.store.outbox import OUTBOX, Due
from core.server.store.requests import Stored
from core.wire.canonical import sha256, short
from core.wire.errors import ArtifactRefused, MessageRefused
from core.wire.jose import LEEWAY_S
from core.wire.messages import PaymentBody, ReceiptAnswer, decode

_AT_ONCE = 16
_FIRST_WAIT_S = 0.5
_TOKEN_MARGIN_S = 5
_log = logging.getLogger(__name__)


async def run(services: Services) -> None:
    """The worker: until the server leaves, takes what is due and settles it."""
    if not is_postgres(services.store.engine):
        await services.store.write(outbox.release_all)
    wake = asyncio.Event()
    off = services.hub.on(OUTBOX, outbox.ANY, lambda _key: wake.set())
    under_way: set[asyncio.Task[None]] = set()
    try:
        while not services.stopping.is_set():
            if len(under_way) < _AT_ONCE:
                for due in await _claim(services, _AT_ONCE - len(under_way)):
                    task = asyncio.create_task(_settle_one(services, due))
                    under_way.add(task)
                    task.add_done_callback(under_way.discard)
            has_work = await services.store.read(outbox.is_any_open)
            await rest(wake, pause_s(services, has_work=has_work))
    finally:
        off()
        for task in under_way:
            task.cancel()
        await payment_server_of(services).aclose()


async def _claim(services: Services, count: int) -> list[Due]:
    now = services.now()
    if not await services.store.read(lambda connection: outbox.is_any_due(connection, now)):
        return []

    def guard(unit: Unit) -> list[Due]:
        claimed = outbox.claim(unit, services.store.writer.id, count)
        return [_prepare(services, unit, due) for due in claimed]

    return await services.store.write(guard)


def _prepare(services: Services, unit: Unit, due: Due) -> Due:
    """Replaces a dead token in the transaction of the claim, and says what is about to be sent.

    One that lives longer than any was minted before the clock was set back: it is not believed yet.
    """
    left_s = due.token_exp - unit.now
    if not _TOKEN_MARGIN_S < left_s <= PAYMENT_TOKEN_S + LEEWAY_S:
        minted = minting.mint_anew(services, due.token, unit.now)
        outbox.keep_token(unit, due.txn, minted.compact, minted.exp)
        due = due._replace(token=minted.compact, token_exp=minted.exp)
    data = {"token_sha256": short(sha256(due.token)), "attempt": due.attempts + 1}
    unit.record("payment_token", due.txn, data)
    return due


async def _settle_one(services: Services, due: Due) -> None:
    try:
        await _attempt(services, due)
    except DatabaseError as error:
        _log.warning("payment %s waits for the store: %s", due.txn, error)
    except Exception:
        _log.exception("payment %s failed and will be tried again", due.txn)


async def _attempt(services: Services, due: Due) -> None:
    stored = await services.store.read(lambda connection: store.find(connection, due.txn))
    if stored is None:
        return
    try:
        believed = await _ask(services, due, stored)
    except (Unreachable, ArtifactRefused, MessageRefused) as error:
        _log.info("payment %s is not settled yet: %s", due.txn, error.description)
        await services.store.write(lambda unit: _postpone(unit, due))
        return
    await services.store.write(lambda unit: _close(unit, stored, believed))


async def _ask(services: Services, due: Due, stored: Stored) -> Believed:
    """Pays, or looks whether it was paid before, or voids it once it is too late.

    Raises:
        Unreachable: No usable answer.
        ArtifactRefused: The receipt is not believed.
    """
    reply = await _send(services, due)
    if reply.status not in (200, 201):
        raise Unreachable(f"it answered {reply.status}")
    compact = decode(reply.body, ReceiptAnswer).receipt
    return await payment_server_of(services).check(
        lambda known, keys: believe(compact, known, keys, services.issuer, stored)
    )


async def _send(services: Services, due: Due) -> Reply:
    server = payment_server_of(services)
    payments = (await server.known()).payments
    if services.now() >= due.approved_at + VOID_AFTER_S:
        return await server.post(f"{payments}/{due.txn}/void", PaymentBody(due.token))
    if due.attempts:
        reply = await server.get(f"{payments}/{due.txn}", bearer=due.token)
        if reply.status != 404:
            return reply
    return await server.post(payments, PaymentBody(due.token))


def _postpone(unit: Unit, due: Due) -> None:
    wait = min(_FIRST_WAIT_S * 2 ** min(due.attempts, 10), outbox.LONGEST_WAIT_S)
    at = unit.now + wait
    void_at = due.approved_at + VOID_AFTER_S
    outbox.postpone(unit, due.txn, min(at, void_at) if unit.now < void_at else at)
    if unit.now >= due.approved_at + SETTLING_ANSWER_S:
        mark_unknown(unit, due.txn)


def mark_unknown(unit: Unit, txn: str) -> None:
    """Says honestly that nothing is known, once the device was promised an answer."""
    if store.move(unit, txn, State.UNKNOWN) is not None:
        unit.record("settled", txn, {"state": State.UNKNOWN.value})


def _close(unit: Unit, stored: Stored, believed: Believed) -> None:
    txn = stored.request_id
    outbox.finish(unit, txn)
    moved = store.move(
        unit,
        txn,
        believed.state,
        settled_at=unit.now,
        outcome_code=believed.code,
        receipt=believed.compact,
    )
    if moved is None:
        return
    data = {"receipt_sha256": short(sha256(believed.compact)), "state": believed.state.value}
    unit.record("receipt", txn, data)
    unit.record("settled", txn, {"state": believed.state.value})
    purchase = stored.shown().purchase
    if believed.state is State.PAID and purchase is not None:
        amount = purchase.amount
        pairs.spent(unit, stored.client_id, stored.user_id, amount.value, amount.currency)
