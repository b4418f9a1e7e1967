"""Makes calls arrive in one commit of the writer, in a known order."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from core.database.writer import Unit
from tests.server.orders.world import World
from tests.waiting import wait_until


def in_one_commit(world: World, *calls: Callable[[], Any]) -> list[Any]:
    """Holds the writer until every call waits for it, then lets all go; returns what each returned."""
    writer = world.server.services.store.writer
    has_begun, go_on = threading.Event(), threading.Event()

    def hold(_unit: Unit) -> bool:
        has_begun.set()
        return go_on.wait(10)

    with ThreadPoolExecutor(len(calls) + 1) as pool:
        busy = pool.submit(writer.submit_blocking, hold, 20.0)
        assert has_begun.wait(10)
        working = []
        for number, call in enumerate(calls, 1):
            working.append(pool.submit(call))
            wait_until(partial(_are_waiting, world, number), what=f"call {number} to wait for the writer")
        go_on.set()
        assert busy.result()
        return [one.result() for one in working]


def _are_waiting(world: World, count: int) -> bool:
    return world.server.services.store.writer.waiting == count
