"""Where the device's events go: JSON lines for a program, sentences for a terminal, a window.

An event is a dictionary with `event` first. The match code in it is what the device says to the household; it
is printed and spoken, never logged.
"""

import json
import sys
from collections.abc import Callable
from typing import Any, TextIO

Event = dict[str, Any]
Tell = Callable[[Event], None]

_FOR_EYES = ("level", "speaking", "microphone")
"""Events that only a face shows."""


def json_lines(out: TextIO | None = None) -> Tell:
    """Writes each event as one JSON line; holds on to the stream that standard output is now."""
    stream = out or sys.stdout

    def tell(event: Event) -> None:
        if event.get("event") in _FOR_EYES:
            return
        print(json.dumps(event, ensure_ascii=False), file=stream, flush=True)

    return tell


def sentences(out: TextIO | None = None) -> Tell:
    """Writes what the device says, and what it heard, as plain lines."""
    stream = out or sys.stdout

    def tell(event: Event) -> None:
        if event.get("event") == "said":
            print(event["text"], file=stream, flush=True)

    return tell


def to_all(tellers: list[Tell]) -> Tell:
    """Tells several at once."""

    def tell(event: Event) -> None:
        for teller in tellers:
            teller(event)

    return tell
