"""One thread with one asyncio loop for everything that talks to servers, beside the Qt thread.

Coroutines go in by `ask`; their results come back on the Qt thread. The thread is an ordinary one (a QThread
left running aborts the interpreter), is not a daemon, and is joined by `stop`.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.domain.errors import NodError

T = TypeVar("T")
JOIN_S = 5.0
"""Seconds after which a loop that does not end is given up."""

log = logging.getLogger(__name__)


class Bridge(QObject):
    """Runs coroutines in its own thread and brings what they give to the Qt thread."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._thread = threading.Thread(target=self._run, name="client", daemon=False)
        self._is_stopped = False
        self._thread.start()

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop of the thread, for what must be made on it."""
        return self._loop

    def ask(
        self,
        work: Callable[[], Coroutine[Any, Any, T]],
        done: Callable[[T], object] | None = None,
        failed: Callable[[NodError], object] | None = None,
    ) -> None:
        """Run a coroutine there and hand over what it gives here.

        Args:
            work: makes the coroutine; called on the asyncio thread.
            done: called with the result on the Qt thread.
            failed: called with an error of ours on the Qt thread; without it the error is logged.
        """
        if not self._is_stopped:
            self._loop.call_soon_threadsafe(self._begin, work, done, failed)

    def post(self, call: Callable[[], object]) -> None:
        """Call something on the Qt thread, from any thread."""
        if not self._is_stopped:
            self._posted.emit(call)

    def do(self, call: Callable[[], object]) -> None:
        """Call something on the asyncio thread, from the Qt thread."""
        if not self._is_stopped:
            self._loop.call_soon_threadsafe(call)

    def stop(self) -> None:
        """Cancel what runs, end the thread and wait for it; nothing is handed over afterwards."""
        if self._is_stopped:
            return
        self._is_stopped = True
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(JOIN_S)
        if self._thread.is_alive():
            log.critical("the client thread did not end within %s s", JOIN_S)

    @Slot(object)
    def _on_posted(self, call: Callable[[], object]) -> None:
        """On the Qt thread, since that is where this object lives."""
        if not self._is_stopped:
            call()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            self._loop.run_until_complete(self._cancel_all())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
        finally:
            self._loop.close()

    async def _cancel_all(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(
        self,
        work: Callable[[], Coroutine[Any, Any, T]],
        done: Callable[[T], object] | None,
        failed: Callable[[NodError], object] | None,
    ) -> None:
        task = self._loop.create_task(self._finish(work, done, failed))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _finish(
        self,
        work: Callable[[], Coroutine[Any, Any, T]],
        done: Callable[[T], object] | None,
        failed: Callable[[NodError], object] | None,
    ) -> None:
        try:
            result = await work()
        except NodError as error:
            if failed is None:
                log.warning("nobody waited for this failure: %s", error.code)
            else:
                self.post(_bound(failed, error))
        except Exception:
            log.exception("a piece of work broke off")
        else:
            if done is not None:
                self.post(_bound(done, result))


def _bound(call: Callable[[T], object], value: T) -> Callable[[], object]:
    return lambda: call(value)
