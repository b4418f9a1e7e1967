"""How much of a request's facts has been in front of the person's eyes.

Who asks, how much and to whom always stand still and in full; the rest may have to be scrolled on a small
screen or with a long order. Nobody may approve what could not be seen: a list that goes on below the edge has
to be followed to its end first, and a screen that has no room even for what stands still approves nothing.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Reading:
    """The facts of one request on one screen; lengths are device-independent pixels."""

    content: int = 0
    """Height of all facts."""
    room: int = 0
    """Height of the part that is seen at once."""
    has_reached_end: bool = False
    """Whether their end has been on screen."""

    @property
    def is_whole(self) -> bool:
        """Whether everything is seen at once."""
        return self.content <= self.room

    @property
    def is_read(self) -> bool:
        """Whether everything has been seen."""
        return self.is_whole or self.has_reached_end

    def laid_out(self, content: int, room: int) -> "Reading":
        """The same facts in another room: whoever has seen their end goes on having seen it."""
        return replace(self, content=content, room=room)

    def scrolled(self, top: int, last_top: int) -> "Reading":
        """The person sees the part that begins at `top`, of which `last_top` is the furthest there is."""
        return replace(self, has_reached_end=self.has_reached_end or top >= last_top > 0)
