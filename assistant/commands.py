"""Lines on standard input: commands of the desktop whose child the device is, or lines that somebody types.

A thread of its own reads the descriptor, not the buffered stream, whose lock would outlive us at the end.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Word = Literal["say", "again", "speak", "cancel", "pair", "talk", "hush", "show", "hang_up", "leave"]
SPEAKING: tuple[Word, ...] = ("say", "again", "speak")
"""Commands that something follows."""
WORDS: tuple[Word, ...] = ("cancel", "pair", "talk", "hush", "show", "leave")
"""Commands that stand alone."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that somebody wants of the device."""

    word: Word
    """`say`, `again` (an order made before), `speak` (another language), `cancel`, `pair` (one more person),
    `talk` (listen to one utterance), `hush`, `show` (its window, in front), `hang_up` (nothing more will be
    typed) or `leave`."""
    text: str = ""
    """What to take as said; for `again` the order as JSON (`assistant.again`), for `speak` `en` or `ja`."""


def read_command(line: str, *, is_child: bool) -> Command | None:
    """The command in a line; None for words that nobody knows.

    Args:
        line: without its line break.
        is_child: a parent writes `say TEXT`, `again JSON`, `speak LOCALE`, `cancel`, `pair`, `talk` …; a
            person types, or presses Enter alone to speak.
    """
    text = line.strip()
    if not is_child:
        return _typed(text)
    word, _, rest = text.partition(" ")
    if rest.strip() and (speaking := next((known for known in SPEAKING if known == word), None)):
        return Command(speaking, rest.strip())
    known = next((known for known in WORDS if known == word), None)
    return Command(known) if known is not None and not rest else None


def _typed(text: str) -> Command:
    """What a person types: an order, nothing at all to speak instead, or a word to leave."""
    if not text:
        return Command("talk")
    return Command("leave") if text in ("quit", "exit") else Command("say", text)


def follow(descriptor: int, give: Callable[[Command], None], *, is_child: bool) -> threading.Thread:
    """Reads commands until the end of input, in a daemon thread; a parent's end means `leave`.

    Args:
        descriptor: as `sys.stdin.fileno()`.
        give: takes each command, in the reading thread.
        is_child: see `read_command`.
    """

    def read() -> None:
        kept = b""
        while True:
            try:
                piece = os.read(descriptor, 4096)
            except OSError:
                piece = b""
            if not piece:
                break
            *lines, kept = (kept + piece).split(b"\n")
            for line in lines:
                command = read_command(line.decode("utf-8", "replace"), is_child=is_child)
                if command is not None:
                    give(command)
        give(Command("leave" if is_child else "hang_up"))

    thread = threading.Thread(target=read, name="commands", daemon=True)
    thread.start()
    return thread
