"""Lines typed on standard input, brought to the event loop from whatever it is: a screen, a pipe, a file.

A daemon thread reads the descriptor itself, not the buffer, whose lock would hold up the end of the process.
"""

import asyncio
import codecs
import os
import sys
import threading

LONGEST_LINE = 4096
"""Characters; a longer line is cut, and is then no command."""


class LineReader:
    """Hands out lines until the input ends."""

    def __init__(self, descriptor: int | None = None) -> None:
        """Prepare; `descriptor` is standard input unless given."""
        self._descriptor = descriptor
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()

    def start(self) -> None:
        """Starts reading; to be called on the loop that takes the lines."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, args=(loop,), name="standard input", daemon=True).start()

    async def next(self) -> str | None:
        """The next line without its end; None once the input has ended."""
        return await self._lines.get()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        decoder, rest = codecs.getincrementaldecoder("utf-8")("replace"), ""
        while part := self._read_part():
            *lines, rest = (rest + decoder.decode(part)).split("\n")
            for line in lines:
                self._put(loop, line[:LONGEST_LINE].rstrip("\r"))
            rest = rest[: LONGEST_LINE + 1]
        if rest:
            self._put(loop, rest)
        self._put(loop, None)

    def _read_part(self) -> bytes:
        try:
            return os.read(sys.stdin.fileno() if self._descriptor is None else self._descriptor, 4096)
        except (OSError, ValueError, AttributeError):  # closed, or there is no standard input at all
            return b""

    def _put(self, loop: asyncio.AbstractEventLoop, line: str | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._lines.put_nowait, line)
