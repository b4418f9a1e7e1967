"""Several requests, one prompt at a time: which one is asked about now, and how many wait.

First come, first asked. A prompt that is put aside waits in the list until somebody opens it or it ends;
a new one never pushes away the one that somebody is reading.
"""

import msgspec


class PromptQueue(msgspec.Struct, frozen=True):
    """Requests that are pending, by id."""

    current: str | None = None
    """The one on screen."""
    waiting: tuple[str, ...] = ()
    """Those that come next, in order."""
    aside: tuple[str, ...] = ()
    """Those that somebody put aside, in order."""

    @property
    def count(self) -> int:
        """How many are pending."""
        return len(self.waiting) + len(self.aside) + (self.current is not None)

    def __contains__(self, request_id: object) -> bool:
        return request_id == self.current or request_id in self.waiting or request_id in self.aside

    def add(self, request_id: str) -> "PromptQueue":
        """A request arrived; one that is known already changes nothing."""
        if request_id in self:
            return self
        return msgspec.structs.replace(self, waiting=(*self.waiting, request_id))._filled()

    def remove(self, request_id: str) -> "PromptQueue":
        """A request ended."""
        return self._without(request_id)._filled()

    def put_aside(self, request_id: str) -> "PromptQueue":
        """Somebody will look at it later."""
        if request_id not in self or request_id in self.aside:
            return self
        rest = self._without(request_id)
        return msgspec.structs.replace(rest, aside=(*rest.aside, request_id))._filled()

    def open(self, request_id: str) -> "PromptQueue":
        """Somebody wants to see this one now; the one on screen is next."""
        if request_id not in self or request_id == self.current:
            return self
        rest = self._without(request_id)
        before = () if rest.current is None else (rest.current,)
        return PromptQueue(request_id, before + rest.waiting, rest.aside)

    def _without(self, request_id: str) -> "PromptQueue":
        return PromptQueue(
            None if self.current == request_id else self.current,
            tuple(one for one in self.waiting if one != request_id),
            tuple(one for one in self.aside if one != request_id),
        )

    def _filled(self) -> "PromptQueue":
        if self.current is not None or not self.waiting:
            return self
        return PromptQueue(self.waiting[0], self.waiting[1:], self.aside)
