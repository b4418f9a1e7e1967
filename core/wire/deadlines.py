"""Time-outs of waits that hardly ever run out: kept in a table and looked at together, not a timer for each.

`asyncio.timeout` and `call_later` cost several microseconds on every request, for something that happens
once a week. Here a wait costs one entry in a dictionary; a single timer looks through the table while it has
entries, so a time-out comes up to `LOOK_S` late and never early.
"""

import asyncio
from collections.abc import Callable
from weakref import WeakKeyDictionary

LOOK_S = 0.05
"""Seconds between two looks: how late a time-out may come."""

Expire = Callable[[], object]


class Deadline:
    """The end of one wait."""

    __slots__ = ("_expire", "at", "is_over")

    def __init__(self, at: float, expire: Expire) -> None:
        self.at, self._expire = at, expire
        self.is_over = False
        """Whether it ran out."""

    def run_out(self) -> None:
        """Tells the waiting side."""
        self.is_over = True
        self._expire()


class Deadlines:
    """The waits of one event loop; used on its thread only.

    Args:
        loop: Whose clock counts.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._clock, self._later = loop.time, loop.call_later
        self._waiting: dict[Deadline, None] = {}
        self._is_looking = False

    def add(self, after_s: float, expire: Expire) -> Deadline:
        """Calls `expire` on the loop `after_s` seconds from now, unless the deadline is dropped before."""
        deadline = Deadline(self._clock() + after_s, expire)
        self._waiting[deadline] = None
        if not self._is_looking:
            self._is_looking = True
            self._later(LOOK_S, self._look)
        return deadline

    def drop(self, deadline: Deadline) -> None:
        """The wait is over."""
        self._waiting.pop(deadline, None)

    def _look(self) -> None:
        now = self._clock()
        for deadline in [one for one in self._waiting if one.at <= now]:
            self.drop(deadline)
            deadline.run_out()
        self._is_looking = bool(self._waiting)
        if self._is_looking:
            self._later(LOOK_S, self._look)


_of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, Deadlines] = WeakKeyDictionary()


def deadlines_of(loop: asyncio.AbstractEventLoop) -> Deadlines:
    """The table of this loop."""
    found = _of_loop.get(loop)
    if found is None:
        found = _of_loop[loop] = Deadlines(loop)
    return found
