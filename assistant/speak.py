"""The device's voice: one worker thread that renders sentences and plays them, one after another.

Whoever speaks is deaf: while there is sound the microphone's gate is shut. A machine without voice or
sound is told of once, and the conversation goes on in writing.
"""

import asyncio
import contextlib
import queue
import tempfile
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.chime import write_chime
from assistant.synthesis import render
from assistant.tone import NoVoiceHere, Tone

Render = Callable[[str, Tone, Path], None]


class Plays(Protocol):
    """What plays files: `playback.Player`, or a test's."""

    def play(self, file: Path) -> bool:
        """Plays to the end; False when there is no sound here."""

    def stop(self) -> None:
        """Ends it, from any thread."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place in the queue that somebody waits for."""

    loop: asyncio.AbstractEventLoop
    reached: "asyncio.Future[None]"

    def tell(self) -> None:
        def reach() -> None:
            if not self.reached.done():
                self.reached.set_result(None)

        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            self.loop.call_soon_threadsafe(reach)


class _Chime:
    """The half-time tone's place in the queue."""


class Speaker:
    """A `Voice` with sound."""

    def __init__(
        self,
        tone: Tone,
        player: Plays,
        *,
        while_speaking: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext,
        on_trouble: Callable[[], None] = lambda: None,
        render: Render = render,
    ) -> None:
        """Starts the worker.

        Args:
            tone: how it sounds.
            player: what plays files.
            while_speaking: entered by the worker while there is sound: shuts the microphone's gate.
            on_trouble: called from the worker, once, when there is no voice or no sound here.
            render: makes a WAV file of a sentence.
        """
        self._tone = tone
        self._player = player
        self._render = render
        self._while_speaking = while_speaking
        self._on_trouble = on_trouble
        self._wanted: queue.Queue[str | _Chime | _Mark | None] = queue.Queue()
        self._is_muted = self._is_closed = self._has_trouble = False
        self._thread = threading.Thread(target=self._work, name="voice")
        self._thread.start()

    def change(self, tone: Tone, *, muted: bool) -> None:
        """Sounds otherwise, or not at all, from the next sentence on."""
        self._tone, self._is_muted = tone, muted

    def say(self, text: str) -> None:
        """Says it after everything that was given before; returns at once."""
        if text.strip() and not self._is_closed:
            self._wanted.put(text)

    def chime(self) -> None:
        """Sounds the half-time tone after everything that was given before; returns at once."""
        if not self._is_closed:
            self._wanted.put(_Chime())

    async def drained(self) -> None:
        """Returns once everything given so far was said."""
        if self._is_closed:
            return
        loop = asyncio.get_running_loop()
        mark = _Mark(loop, loop.create_future())
        self._wanted.put(mark)
        await mark.reached

    def close(self) -> None:
        """Falls silent at once and ends the worker."""
        if not self._is_closed:
            self._is_closed = True
            self._player.stop()
            self._wanted.put(None)
        self._thread.join(5)

    def _work(self) -> None:
        with tempfile.TemporaryDirectory(prefix="nod-voice-") as folder:
            file = Path(folder) / "sentence.wav"
            while (wanted := self._wanted.get()) is not None:
                if isinstance(wanted, _Mark):
                    wanted.tell()
                elif not (self._is_muted or self._is_closed or self._has_trouble):
                    self._speak(wanted, file)
        while not self._wanted.empty():
            left = self._wanted.get_nowait()
            if isinstance(left, _Mark):
                left.tell()

    def _speak(self, wanted: str | _Chime, file: Path) -> None:
        try:
            if isinstance(wanted, _Chime):
                write_chime(self._tone.volume, file)
            else:
                self._render(wanted, self._tone, file)
            with self._while_speaking():
                has_played = self._player.play(file)
        except NoVoiceHere:
            has_played = False
        if not has_played:
            self._has_trouble = True
            self._on_trouble()
