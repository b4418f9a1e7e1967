"""One piece of work on its way to the writer and its answer on the way back."""

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import Future as ThreadFuture
from typing import Any

from core.database.batch import Guard, Outcome
from core.database.errors import SubmitTimedOut


class Submission:
    """A function that waits, and the future that its caller waits for.

    Args:
        guard: What to run.
        future: Where the answer goes: asyncio's with its loop, or a thread's without one.
        loop: The caller's loop, or None.
    """

    __slots__ = ("_claimed", "future", "guard", "loop")

    def __init__(
        self,
        guard: Guard,
        future: "asyncio.Future[Any] | ThreadFuture[Any]",
        loop: asyncio.AbstractEventLoop | None,
    ) -> None:
        self.guard, self.future, self.loop = guard, future, loop
        self._claimed = threading.Lock()

    def claim(self) -> bool:
        """Returns whether the work was still waiting; the first caller gets it, to run or withdraw it."""
        return self._claimed.acquire(blocking=False)

    def expire(self) -> None:
        """Gives up waiting, on the loop's thread; work that has not begun is withdrawn."""
        if not self.future.done():
            self.future.set_exception(SubmitTimedOut(begun=not self.claim()))

    def settle(self, outcome: Outcome) -> None:
        """Hands over the answer, on the future's own thread; one that nobody waits for is dropped."""
        if self.future.done():
            return
        if outcome.error is None:
            self.future.set_result(outcome.value)
        else:
            self.future.set_exception(outcome.error)


def deliver(submissions: Sequence[Submission], outcomes: Sequence[Outcome]) -> None:
    """Answers a batch: one wake-up for each loop, however many of its callers wait."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Submission, Outcome]]] = {}
    for submission, outcome in zip(submissions, outcomes, strict=True):
        if submission.loop is None:
            submission.settle(outcome)
        else:
            by_loop.setdefault(submission.loop, []).append((submission, outcome))
    for loop, pairs in by_loop.items():
        try:
            loop.call_soon_threadsafe(_settle_all, pairs)
        except RuntimeError:
            # The loop is closed: its callers are gone.
            continue


def _settle_all(pairs: Sequence[tuple[Submission, Outcome]]) -> None:
    for submission, outcome in pairs:
        submission.settle(outcome)
