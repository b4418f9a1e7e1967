"""What the desktop role hands to the windows: servers to start and the built-in assistant's process.

The windows know neither; they see these protocols only. Every method may be called from the Qt thread
except `Servers.start`, which blocks and is called from a worker thread after the first window is painted.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from core.wire.messages import OrderAgain


class Servers(Protocol):
    """Both servers of this data folder, embedded or elsewhere."""

    def start(self) -> None:
        """Start them, or do nothing where they run elsewhere; returns when they answer.

        Raises:
            NodError: they did not come up; its description is a sentence for the person.
        """


class AssistantStatus(StrEnum):
    """What the built-in assistant is doing."""

    OFF = "off"
    STARTING = "starting"
    PAIRING = "pairing"
    """It has a pairing code and waits for consent."""
    READY = "ready"
    FAILED = "failed"


class Assistant(Protocol):
    """The built-in AI device: a process of its own, with its own window."""

    def start(self, locale: str) -> None:
        """Start the process, which speaks this language (BCP 47); returns at once."""

    def speak(self, locale: str) -> None:
        """Let it speak another language from now on."""

    def show(self) -> None:
        """Bring its window to the front; starts it again where it was closed."""

    def stop(self) -> None:
        """End the process and wait for it; safe to call twice."""

    def say(self, text: str) -> None:
        """Type a line to it."""

    def order_again(self, order: OrderAgain) -> None:
        """Let it ask once more for what it has asked before."""

    def client_id(self) -> str | None:
        """Its client id, None while it cannot ask."""

    def registered_id(self) -> str | None:
        """Its client id, also while it cannot ask; None before the server knows it."""

    def pairing_code(self) -> str | None:
        """The user code that it shows now (RFC 8628), None while it has none."""

    def status(self) -> AssistantStatus:
        """What it is doing."""

    def on_change(self, call: Callable[[], None]) -> None:
        """Call `call`, from any thread, whenever code or status changed."""
