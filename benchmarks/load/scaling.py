"""How cost grows: connected terminals in one process, and contacts in the database."""

import asyncio
import gc
import resource
import statistics
import tempfile
import time
from typing import Any

import httpx
from sqlalchemy import Connection

from benchmarks.load import wrk
from benchmarks.load.nod_child import CLIENT, nickname, seed, terminal_token
from benchmarks.load.targets import Target, nod
from core.server import wiring
from core.server.store import asking

PER_S = 100
ASKED = 1000
OPENING = 200
LOOKED_UP = 20_000
PAST_PEOPLE = 200_000


def streams(count: int) -> dict[str, Any]:
    """Memory of a connected terminal, and the time from a request to its event at the terminal.

    Args:
        count: Terminals connected to one server process; 1,000 requests at 100 a second go to random ones.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, count * 2 + 500)), hard))
    with nod(max(count, 1000), terminals=count) as target:
        return asyncio.run(_streams(target, count))


async def _streams(target: Target, count: int) -> dict[str, Any]:
    arrived: dict[int, asyncio.Future[float]] = {}
    before = target.rss_mb()
    writers = []
    started = time.perf_counter()
    for first in range(0, count, OPENING):
        numbers = range(first, min(first + OPENING, count))
        writers += await asyncio.gather(*(_connect(target, number, arrived) for number in numbers))
    opened = time.perf_counter() - started
    kb = (target.rss_mb() - before) * 1024 / count
    gc.collect()
    gc.freeze()  # ten thousand readers of our own: each look at them would be half a second
    delays = await _ask_all(target, count, arrived)
    for task, writer in writers:
        task.cancel()
        writer.close()
    delays.sort()
    return {
        "terminals": count,
        "opened_s": round(opened, 2),
        "kb_each": round(kb, 1),
        "event_p50_ms": round(statistics.median(delays) * 1e3, 2),
        "event_p99_ms": round(delays[int(len(delays) * 0.99)] * 1e3, 2),
        "events": len(delays),
    }


async def _connect(target: Target, number: int, arrived: dict[int, asyncio.Future[float]]) -> tuple[Any, Any]:
    host, port = target.base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    token = terminal_token(target.secret, number)
    head = f"GET /inbox?revision=0 HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {token}\r\n\r\n"
    writer.write(head.encode())
    status = await reader.readline()
    if b" 200 " not in status:
        raise SystemExit(f"The inbox answered {status!r}.")
    await reader.readuntil(b"event: snapshot")
    return asyncio.create_task(_follow(reader, number, arrived)), writer


async def _follow(
    reader: asyncio.StreamReader, number: int, arrived: dict[int, asyncio.Future[float]]
) -> None:
    while line := await reader.readline():
        waiting = arrived.get(number)
        if line.startswith(b"event: change") and waiting is not None and not waiting.done():
            waiting.set_result(time.perf_counter())


async def _ask_all(target: Target, count: int, arrived: dict[int, asyncio.Future[float]]) -> list[float]:
    limits = httpx.Limits(max_connections=50)
    auth = (target.client_id, target.secret)
    loop = asyncio.get_running_loop()
    async with httpx.AsyncClient(auth=auth, trust_env=False, limits=limits) as client:
        tasks = []
        for turn in range(min(ASKED, count * 20)):
            number = turn * 7919 % count
            tasks.append(asyncio.create_task(_ask(client, target, number, loop, arrived)))
            await asyncio.sleep(1 / PER_S)
        return [delay for delay in await asyncio.gather(*tasks) if delay is not None]


async def _ask(
    client: httpx.AsyncClient,
    target: Target,
    number: int,
    loop: asyncio.AbstractEventLoop,
    arrived: dict[int, asyncio.Future[float]],
) -> float | None:
    """Seconds from the request to the event: the commit lies between them.

    The answer is no mark to measure from: it is sent after the event.
    """
    if number in arrived:
        return None
    waiting = arrived[number] = loop.create_future()
    asked = time.perf_counter()
    answer = await client.post(target.authorize, data={"scope": "openid", "login_hint": nickname(number)})
    answer.raise_for_status()
    try:
        return float(await asyncio.wait_for(waiting, 10)) - asked
    finally:
        del arrived[number]


def pasts(counts: list[int]) -> list[dict[str, Any]]:
    """Microseconds of the server's CPU for a committed request and a poll, with so many requests stored."""
    rows: list[dict[str, Any]] = []
    for count in counts:
        with nod(PAST_PEOPLE + wrk.POLL_IDS, stored=count) as target:
            authorize_us = _authorize_us(target, PAST_PEOPLE)
            polled = wrk.poll(target, wrk.pending(target, PAST_PEOPLE), 64, 3)
        costs = {"authorize_us": authorize_us, "poll_us": 1e6 / polled.per_cpu_s}
        rows.append({"stored": count, **{name: round(cost, 1) for name, cost in costs.items()}})
    return rows


def _authorize_us(target: Target, people: int) -> float:
    """Microseconds of the server's CPU for a committed request, each for another of so many people."""
    walk = wrk.Walk(people)
    wrk.ask(target, walk, 32, 1)
    asked = wrk.ask(target, walk, 64, 3)
    if asked.refused or asked.broken:
        raise SystemExit("The walk met somebody twice, or a connection broke.")
    return 1e6 / asked.per_cpu_s


def lookups(counts: list[int]) -> list[dict[str, Any]]:
    """Microseconds of CPU to find a person by nickname among so many; the first count is the measure.

    Beside it a whole committed request of a server with so many contacts, where they are enough for a walk
    that meets nobody twice.
    """
    rows: list[dict[str, Any]] = []
    for count in counts:
        cost = min(_lookup_us(count))
        first = rows[0]["lookup_us"] if rows else cost
        row = {"contacts": count, "lookup_us": round(cost, 1), "times_first": round(cost / first, 2)}
        if count >= PAST_PEOPLE:
            with nod(count) as target:
                row["authorize_us"] = round(_authorize_us(target, count), 1)
        rows.append(row)
    return rows


def _lookup_us(count: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        store = wiring.open_store(f"sqlite:///{folder}/bench.db", now=time.time)
        try:
            store.writer.submit_blocking(lambda unit: seed(unit.connection, "", count, 0), 3600)
            return [store.reader.read(lambda connection: _walk_us(connection, count)) for _ in range(5)]
        finally:
            store.writer.stop(5)
            store.reader.close()


def _walk_us(connection: Connection, count: int) -> float:
    started = time.thread_time()
    for step in range(LOOKED_UP):
        if asking.callee(connection, CLIENT, nickname(step * wrk.STRIDE % count)) is None:
            raise SystemExit("A contact was not found.")
    return (time.thread_time() - started) / LOOKED_UP * 1e6
