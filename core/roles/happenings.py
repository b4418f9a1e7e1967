"""What has happened so far, of one kind, and a way to wait for what has not; used by whoever plays a walk."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from core.roles.errors import PartyFailed

T = TypeVar("T")


class Happenings(Generic[T]):
    """A growing list on one event loop."""

    def __init__(self) -> None:
        self.all: list[T] = []
        """Everything so far, in order of arrival."""
        self._changed = asyncio.Event()

    def add(self, one: T) -> None:
        """Note one; to be called on the loop."""
        self.all.append(one)
        self._changed.set()

    async def until(self, holds: Callable[[list[T]], bool], limit_s: float, what: str) -> None:
        """Wait until `holds` says yes to everything so far.

        Args:
            holds: looked at after each addition.
            limit_s: seconds after which the walk is given up.
            what: what did not happen, for the sentence.

        Raises:
            PartyFailed: it did not come in time.
        """
        try:
            async with asyncio.timeout(limit_s):
                while not holds(self.all):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError as error:
            raise PartyFailed(f"{what} did not come within {limit_s:.0f} seconds.") from error

    async def first(self, holds: Callable[[T], bool], limit_s: float, what: str) -> T:
        """Wait for one of which `holds` is true, and return it; arguments and errors as `until`."""
        await self.until(lambda found: any(map(holds, found)), limit_s, what)
        return next(filter(holds, self.all))
