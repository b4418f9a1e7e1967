"""Puts the text terminal together: every dependency of `main.py terminal` is in this file."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.client.addresses import server_address
from core.client.errors import ClientError
from core.client.key_store import open_store
from core.client.parties import Surroundings
from core.client.terminal import Terminal
from core.terminal import here
from core.terminal.beside import Beside
from core.terminal.screens import JsonScreen, Screen, WordScreen
from core.terminal.session import Session
from core.terminal.standard_input import LineReader
from core.terminal.telling import Teller
from core.terminal.text_terminal import TextTerminal
from core.texts.catalog import Texts

SECRET = "NOD_INITIAL_ACCESS_TOKEN"  # noqa: S105 - the name of a variable, not its content
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(frozen=True)
class TextTerminalOptions:
    """What the command line says."""

    folder: Path
    """The data folder, looked at by the role."""
    server: str | None = None
    """Address of the user-management server; None: the data folder's own."""
    enrol: str = ""
    """One-time code to enrol with."""
    as_json: bool = False
    """One event a line, for programs."""
    language: str = ""
    """`en` or `ja`; the environment's without it, the profile's once it is known."""
    assistant: Beside | None = None
    """Who runs beside this terminal, and takes what is said to it; called on the terminal's loop."""
    on_start: Callable[[Callable[[], None]], None] | None = None
    """Is handed a function that ends the terminal from any thread, exit status 0."""


def run_text_terminal(options: TextTerminalOptions) -> int:
    """Runs the text terminal until it ends; returns the exit status (DESIGN.md section 6).

    On the main thread TERM, INT and HUP end it; elsewhere only `on_start`'s function and `quit` do.
    """
    screen: Screen = JsonScreen() if options.as_json else WordScreen()
    teller = Teller(Texts(options.language or here.language()), here.zone())
    try:
        return asyncio.run(_run(options, screen, teller))
    except ClientError as error:
        print(error.description, file=sys.stderr)
        return 1


async def _run(options: TextTerminalOptions, screen: Screen, teller: Teller) -> int:
    store = await asyncio.to_thread(open_store, options.folder)
    address = server_address(options.server, options.folder, os.environ.get(SECRET, ""))
    text = TextTerminal(screen, teller, options.assistant)
    terminal = Terminal(Surroundings(address, options.folder, store))
    text.attach(Session(terminal, text.on_event, screen.scheme, teller.texts.locale))
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        with contextlib.suppress(ValueError, RuntimeError):  # not on the main thread
            loop.add_signal_handler(number, text.leave)
    if options.on_start is not None:
        options.on_start(lambda: _leave(loop, text))
    reader = LineReader()
    reader.start()
    return await text.run(reader.next, options.enrol)


def _leave(loop: asyncio.AbstractEventLoop, text: TextTerminal) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(text.leave)
