"""The only thread that writes: it gathers what is waiting, commits it as one batch, and then answers
everybody.

An answer leaves after the COMMIT. Work is done in order of arrival. A store that refuses (full disk, lock,
lost connection) fails the batch with `StoreUnavailable` and the writer goes on with the next on a new
connection. A writer that dies of anything else fails all that waits, takes nothing more and is no longer
`healthy`.
"""

import asyncio
import logging
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future as ThreadFuture
from concurrent.futures import TimeoutError as ThreadTimeout
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from core.database.batch import Batch, Guard, Outcome, Result, Unit
from core.database.engine import writing
from core.database.errors import DatabaseError, StoreUnavailable, SubmitTimedOut, WriterStopped, translated
from core.database.notices import MISSED, Listener, Topics
from core.database.submission import Submission, deliver
from core.wire.deadlines import deadlines_of

__all__ = ["MISSED", "Topics", "Unit", "Writer"]

_MAX_BATCH = 256
_STOP = object()
_log = logging.getLogger(__name__)
T = TypeVar("T")
Subscriber = Callable[[Topics], None]


class Writer:
    """The store's one writer in this process.

    Args:
        engine: From `open_engine`, already migrated; must carry the audit tables.
        now: Epoch seconds UTC.
        max_batch: Functions in one commit at most.
    """

    def __init__(self, engine: Engine, *, now: Callable[[], float], max_batch: int = _MAX_BATCH) -> None:
        self.id = secrets.token_hex(8)
        self._engine, self._now, self._max_batch = engine, now, max_batch
        self._queue: SimpleQueue[Any] = SimpleQueue()
        self._subscribers: tuple[Subscriber, ...] = ()
        self._accepting = False
        self._ended = threading.Event()
        self._links = 0
        self._connection: Connection | None = None
        self._listener = Listener(engine, self.id, self._queue.put)
        self._thread = threading.Thread(target=self._run, name="nod-writer", daemon=False)

    @property
    def healthy(self) -> bool:
        """Whether the writer takes work; False before `start`, after `stop`, and when its thread has died."""
        return self._accepting and not self._ended.is_set() and self._thread.is_alive()

    @property
    def waiting(self) -> int:
        """About how many submissions wait to be begun."""
        return self._queue.qsize()

    def start(self) -> None:
        """Starts the thread, and on PostgreSQL the one that listens to other processes."""
        self._accepting = True
        self._thread.start()
        self._listener.start()

    def stop(self, timeout_s: float) -> bool:
        """Takes no more work, finishes what waits, returns whether it ended within `timeout_s` seconds."""
        self._accepting = False
        self._listener.stop(timeout_s)
        if self._thread.ident is None:
            return True
        self._queue.put(_STOP)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Calls `callback` in the writer's thread with what was notified, after each commit.

        On PostgreSQL other processes' notifications arrive too; `[MISSED]` means that some may be lost.
        The callback must be quick and thread-safe: hand over to a loop with `call_soon_threadsafe`.

        Returns:
            A function that ends the subscription.
        """
        self._subscribers = (*self._subscribers, callback)

        def unsubscribe() -> None:
            self._subscribers = tuple(other for other in self._subscribers if other is not callback)

        return unsubscribe

    async def submit(self, guard: Callable[[Unit], T], timeout_s: float = 5.0) -> T:
        """Runs a function in the next batch and returns its value after the COMMIT.

        A cancelled or timed-out submission that has not begun is withdrawn; one that has begun goes on, and
        its outcome is then unknown to the caller, who asks the store again with the same key.

        Raises:
            SubmitTimedOut: No answer within `timeout_s` seconds; its `begun` tells which of the two.
            StoreUnavailable: The store refused the batch; nothing of it happened.
            OutcomeUnknown: The connection broke during COMMIT.
            StatementFailed: A statement of this function or one of its appends was refused.
            WriterStopped: The writer takes no more work.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        submission = Submission(guard, future, loop)
        deadlines = deadlines_of(loop)
        deadline = deadlines.add(timeout_s, submission.expire)
        try:
            self._put(submission)
            return cast(T, await future)
        finally:
            deadlines.drop(deadline)
            submission.claim()

    def submit_blocking(self, guard: Callable[[Unit], T], timeout_s: float = 5.0) -> T:
        """Does what `submit` does, for a thread without a loop; never call it on the writer's thread."""
        future: ThreadFuture[Any] = ThreadFuture()
        submission = Submission(guard, future, None)
        self._put(submission)
        try:
            return cast(T, future.result(timeout_s))
        except ThreadTimeout:
            raise SubmitTimedOut(begun=not submission.claim()) from None

    def _put(self, submission: Submission) -> None:
        if not self._accepting or self._ended.is_set():
            raise WriterStopped("The store is closing or has failed; nothing was changed.")
        self._queue.put(submission)
        if self._ended.is_set():
            self._fail_queue()

    def _run(self) -> None:
        try:
            while self._turn(self._queue.get()):
                pass
        except BaseException:
            _log.critical("the writer died", exc_info=True)
        finally:
            self._ended.set()
            self._fail_queue()
            self._drop_connection()

    def _turn(self, first: Any) -> bool:
        """Handles the first waiting thing and whatever waits behind it; returns whether to go on."""
        submissions: list[Submission] = []
        heard: Topics = []
        item, going_on = first, True
        while True:
            if item is _STOP:
                going_on = False
                break
            if isinstance(item, Submission):
                if item.claim():
                    submissions.append(item)
            else:
                heard.extend(item)
            if len(submissions) == self._max_batch:
                break
            try:
                item = self._queue.get_nowait()
            except Empty:
                break
        if submissions:
            self._commit(submissions)
        self._publish(heard)
        return going_on

    def _commit(self, submissions: list[Submission]) -> None:
        try:
            result = self._run_batch([submission.guard for submission in submissions])
        except DatabaseError as error:
            self._drop_connection()
            deliver(submissions, [Outcome(None, error)] * len(submissions))
            return
        except BaseException:
            deliver(submissions, [Outcome(None, _died())] * len(submissions))
            raise
        self._publish(result.topics)  # first: whoever is answered may rely on it that this process knows
        deliver(submissions, result.outcomes)

    def _run_batch(self, guards: list[Guard]) -> Result:
        if self._connection is None:
            try:
                self._connection = writing(self._engine)
            except SQLAlchemyError as error:
                raise StoreUnavailable(str(translated(error))) from error
        result = Batch(self._connection, self._now, self.id, self._links + 1).run(guards)
        self._links += result.recorded
        return result

    def _publish(self, topics: Topics) -> None:
        for subscriber in self._subscribers if topics else ():
            try:
                subscriber(topics)
            except Exception:
                _log.exception("a subscriber failed")

    def _fail_queue(self) -> None:
        waiting: list[Submission] = []
        while not self._queue.empty():
            try:
                item = self._queue.get_nowait()
            except Empty:
                break
            if isinstance(item, Submission) and item.claim():
                waiting.append(item)
        deliver(waiting, [Outcome(None, _died())] * len(waiting))

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except SQLAlchemyError:
                connection.invalidate()


def _died() -> WriterStopped:
    return WriterStopped("The store's writer has ended; nothing of this was acknowledged.")
