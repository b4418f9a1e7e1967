"""Ways to put work before a writer: one insert, and many pieces that are sure to become one batch."""

import asyncio
import threading
from collections.abc import Callable

from core.database.writer import Unit, Writer
from tests.contract.conftest import ORDERS


def insert(number: int, name: str) -> Callable[[Unit], int]:
    def guard(unit: Unit) -> int:
        unit.connection.execute(ORDERS.insert(), {"id": number, "name": name})
        return number

    return guard


class Gate:
    """Holds the writer inside a function, so that what is submitted meanwhile becomes one batch."""

    def __init__(self, writer: Writer) -> None:
        self._entered, self._open = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=writer.submit_blocking, args=(self._wait, 30.0))
        self._thread.start()
        assert self._entered.wait(10)

    def _wait(self, unit: Unit) -> None:
        self._entered.set()
        assert self._open.wait(10)

    def open(self) -> None:
        self._open.set()
        self._thread.join(10)


async def together(writer: Writer, *guards: Callable[[Unit], object]) -> list[object]:
    """Submits all in one batch; returns values and exceptions."""
    gate = Gate(writer)
    tasks = [asyncio.ensure_future(writer.submit(guard)) for guard in guards]
    await asyncio.sleep(0)
    gate.open()
    return list(await asyncio.gather(*tasks, return_exceptions=True))
