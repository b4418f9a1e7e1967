"""The one who orders in a walk: a real device process, told something by a real recording or a typed line.

The recording reaches the device through a named pipe, as a microphone's sound would: only when it is said,
after the device knows its contacts. Everything known of the order comes from what the device tells.
"""

import asyncio
import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.domain.outcome import Outcome
from core.roles.device_process import DeviceProcess, Line
from core.roles.errors import PartyFailed
from core.roles.happenings import Happenings

LIMIT_S = 60.0
END = "the end of the process"
PLACE = ("--place", "Kitchen", "--at", "35.6590,139.7005,30")
PIPE = "microphone.wav"
LOOK_AGAIN_S = 0.02


@dataclass(frozen=True)
class Order:
    """What is said to the device."""

    text: str | None = None
    """A typed line."""
    recording: bytes | None = None
    """A WAV, AIFF or FLAC file's content."""


class Orderer:
    """A device from its start to its end."""

    def __init__(
        self, data: Path, order: Order, *, window_s: int | None, waits: bool, face: str = "console"
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            data: the data folder.
            order: what it will be told.
            window_s: seconds for the decision; None leaves it to the approver's profile.
            waits: whether a typed order must wait until `speak`, and not follow the pairing at once.
            face: `console`, or `window` for whoever looks on.
        """
        self.lines: Happenings[Line] = Happenings()
        """What the device has told."""
        self._order, self._pipe = order, data / PIPE
        self._is_typed_late = order.recording is None and waits
        self._loop = asyncio.get_running_loop()
        arguments = ["--mute", "--face", face, *PLACE, *self._words()]
        if window_s is not None:
            arguments += ["--expiry", str(window_s)]
        self._process = DeviceProcess(data, arguments, self._on_line, self._on_end)

    def _words(self) -> list[str]:
        if self._order.recording is not None:
            return ["--once", "--listen", str(self._pipe)]
        return [] if self._is_typed_late else ["--once", "--say", self._order.text or ""]

    def _on_line(self, line: Line) -> None:
        self._loop.call_soon_threadsafe(self.lines.add, line)

    def _on_end(self, status: int) -> None:
        if not self._process.is_stopping:
            self._on_line({"event": END, "status": status})

    async def start(self) -> str:
        """Start the device and return its pairing code.

        Raises:
            PartyFailed: it did not ask to be paired.
        """
        if self._order.recording is not None:
            os.mkfifo(self._pipe, 0o600)
        self._process.start()
        return str((await self.told("pairing"))["user_code"])

    async def speak(self) -> None:
        """Say the order, once the device knows its contacts.

        Raises:
            PartyFailed: it ended, or did not listen.
        """
        await self.told("paired")
        if self._order.recording is not None:
            await self._play(self._order.recording)
        elif self._is_typed_late:
            self._process.send(f"say {self._order.text}")

    async def _play(self, recording: bytes) -> None:
        """Writes the recording once the device has opened its end of the pipe."""
        give_up = self._loop.time() + LIMIT_S
        while self._loop.time() < give_up and not any(line.get("event") == END for line in self.lines.all):
            try:
                end = os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:
                await asyncio.sleep(LOOK_AGAIN_S)
                continue
            os.set_blocking(end, True)
            with contextlib.suppress(BrokenPipeError), os.fdopen(end, "wb") as sound:
                await asyncio.to_thread(sound.write, recording)
            return
        raise PartyFailed("The device did not listen.")

    def cancel(self) -> None:
        """Take the order back, as by saying so."""
        self._process.send("cancel")

    async def told(self, event: str) -> Line:
        """Wait for a line of the device.

        Raises:
            PartyFailed: it ended before, or took too long.
        """
        wanted = (event, END)
        line = await self.lines.first(
            lambda one: one.get("event") in wanted, LIMIT_S, f"The device's word {event!r}"
        )
        if line.get("event") == event:
            return line
        raise PartyFailed(f"The device ended before it came to {event!r} (status {line['status']}).")

    async def outcome(self) -> Outcome:
        """Wait for the device's word on how the order ended."""
        return Outcome(str((await self.told("outcome"))["outcome"]))

    def fact(self, event: str, member: str) -> Any:
        """What the device told of the order, None if it never came to that."""
        return next((line.get(member) for line in self.lines.all if line.get("event") == event), None)

    async def stop(self) -> None:
        """End the device."""
        await asyncio.to_thread(self._process.stop)
