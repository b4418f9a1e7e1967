"""What the runner needs of a voice, and the voice of a device that is muted."""

from typing import Protocol

from assistant.tone import Tone


class Voice(Protocol):
    """Says one sentence after another, without holding up who asks."""

    def say(self, text: str) -> None:
        """Says it after everything that was given before; returns at once."""

    def chime(self) -> None:
        """Sounds one soft tone: somebody is still being asked."""

    async def drained(self) -> None:
        """Returns once everything was said."""

    def change(self, tone: Tone, *, muted: bool) -> None:
        """Sounds otherwise from the next sentence on."""

    def close(self) -> None:
        """Falls silent at once and ends what it started; safe to call twice."""


class NoVoice:
    """Says nothing: muted."""

    def say(self, text: str) -> None:
        """Says nothing."""

    def chime(self) -> None:
        """Sounds nothing."""

    async def drained(self) -> None:
        """Returns at once."""

    def change(self, tone: Tone, *, muted: bool) -> None:
        """Stays silent."""

    def close(self) -> None:
        """Does nothing."""
