"""The assistant that the desktop brings along: a child process, and its state for the windows."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from core.roles.device_process import DeviceProcess, Line
from core.wire.messages import OrderAgain

OFF, STARTING, PAIRING, READY, FAILED = "off", "starting", "pairing", "ready", "failed"


class BuiltInAssistant:
    """One assistant, from `start` to `stop`."""

    def __init__(
        self, data: Path, arguments: tuple[str, ...], on_said: Callable[[str], None] = lambda _text: None
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            data: the data folder.
            arguments: what follows `main.py assistant`.
            on_said: called with each sentence that it says, from a thread of ours.
        """
        self._process = DeviceProcess(data, arguments, self._on_line, self._on_end)
        self._on_said = on_said
        self._calls: list[Callable[[], None]] = []
        self.state = OFF
        """`off`, `starting`, `pairing`, `ready` or `failed`."""
        self._code: str | None = None
        self._client_id: str | None = None
        self._is_wanted = False
        self._locale = ""

    def start(self, locale: str) -> None:
        """Start the process in a language; returns at once."""
        self._locale = locale
        self._is_wanted = False
        self._become(STARTING)
        self._process.start("--locale", locale)

    def speak(self, locale: str) -> None:
        """Speak another language from now on, whatever is open; nothing where it speaks it already."""
        is_news, self._locale = locale != self._locale, locale
        if is_news and self.state not in (OFF, FAILED):
            self._process.send(f"speak {locale}")

    def show(self) -> None:
        """Bring its window to the front; one that was closed is started again."""
        self._is_wanted = True
        if self.state == FAILED:
            self.start(self._locale)
        else:
            self._process.send("show")  # it may be closing just now: see `_on_end`

    def stop(self) -> None:
        """End the process and wait for it; safe to call twice."""
        self._process.stop()

    def say(self, text: str) -> None:
        """Type a line to it."""
        self._process.send(f"say {' '.join(text.split())}")

    def order_again(self, order: OrderAgain) -> None:
        """Let it ask once more for what it has asked before."""
        self._process.send(f"again {msgspec.json.encode(order).decode()}")

    def client_id(self) -> str | None:
        """Its client id, None while it is not ready to ask."""
        return self._client_id if self.state == READY else None

    def registered_id(self) -> str | None:
        """Its client id, also while it cannot ask; None before the server knows it."""
        return self._client_id

    def pairing_code(self) -> str | None:
        """The user code that it shows now (RFC 8628), None while it has none."""
        return self._code

    def on_change(self, call: Callable[[], None]) -> None:
        """Call `call`, from any thread, whenever code or state changed."""
        self._calls.append(call)

    def _on_line(self, line: Line) -> None:
        self._client_id = str(line["client_id"]) if line.get("client_id") else self._client_id
        match line.get("event"):
            case "pairing":
                self._become(PAIRING, str(line.get("user_code")))
            case "ready" if line.get("contacts"):
                self._become(READY)
            case "paired":
                self._become(READY)
            case "wanted":
                self._is_wanted = False
            case "said":
                self._on_said(str(line.get("text", "")))
                self._on_end_of_pairing(str(line.get("key", "")))

    def _on_end_of_pairing(self, key: str) -> None:
        """A code that ran out is followed by a new one; a refused device lives on without anybody."""
        if key == "pair-expired":
            self._process.send("pair")
        elif key == "pair-refused":
            self._become(READY)

    def _on_end(self, _status: int) -> None:
        if self._process.is_stopping:
            return
        self._become(FAILED)
        if self._is_wanted:
            self.start(self._locale)

    def _become(self, state: str, code: str | None = None) -> None:
        self.state, self._code = state, code
        for call in self._calls:
            call()
