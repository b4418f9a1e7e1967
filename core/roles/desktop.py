"""`main.py` alone: the desktop with both servers in this process and the voice assistant as its child.

With a display the window is painted before any server is imported. Without one the text terminal takes its
place and owns standard input. Order of leaving: assistant, client, servers, writers, databases.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.roles.built_in_assistant import BuiltInAssistant
from core.roles.data_folder import open_data_folder
from core.roles.display import no_display
from core.roles.embedded import EmbeddedServers
from core.roles.errors import AlreadyRunning, PartyFailed
from core.roles.leaving import Leaving
from core.roles.only_one import OnlyOne, knock

if TYPE_CHECKING:
    from core.texts.catalog import Texts


def desktop(data: Path | None) -> int:
    """Be the whole house of one person until they leave.

    Args:
        data: the folder of `--data`.

    Returns:
        0 after leaving as asked, 2 without a display when nobody can type and nobody is registered.

    Raises:
        RoleError: it cannot start, or a server ended by itself.
    """
    folder = open_data_folder(data)
    try:
        only_one = OnlyOne.take(folder)
    except AlreadyRunning:
        if not knock(folder):
            raise
        print(_texts().say("terminal-open-already"), file=sys.stderr)
        return 0
    leaving = Leaving()
    leaving.on_signals()
    try:
        why = no_display()
        if why is None:
            return _with_windows(folder, leaving, only_one)
        print(why.told("terminal-no-windows", _texts()), file=sys.stderr, flush=True)
        return _as_text(folder, leaving)
    finally:
        only_one.leave()


def _with_windows(folder: Path, leaving: Leaving, only_one: OnlyOne) -> int:
    from core.roles import windows

    servers = EmbeddedServers(folder, on_end=leaving.ask)
    servers.take()
    try:
        status = windows.show(folder, leaving, only_one, servers)
        return _ended(servers, status)
    finally:
        servers.stop()


def _as_text(folder: Path, leaving: Leaving) -> int:
    from core.terminal import here
    from core.terminal.wiring import TextTerminalOptions, run_text_terminal

    ends = [leaving.ask]

    def on_end() -> None:
        for end in ends:
            end()

    servers = EmbeddedServers(folder, on_end=on_end)
    assistant = BuiltInAssistant(folder, ("--face", "console"), on_said=_print_said)

    def began(end: Callable[[], None]) -> None:
        ends.append(end)
        if leaving.is_asked:  # by a signal that came before the terminal took them over
            end()

    servers.take()
    try:
        servers.start()
        assistant.start(here.language())
        options = TextTerminalOptions(folder, assistant=assistant, on_start=began)
        status = 0 if leaving.is_asked else run_text_terminal(options)
        assistant.stop()
        return _ended(servers, status)
    finally:
        assistant.stop()
        servers.stop()


def _texts() -> "Texts":
    """Sentences in the language of the environment; read where there is no window that must not wait."""
    from core.terminal import here
    from core.texts.catalog import Texts

    return Texts(here.language())


def _print_said(text: str) -> None:
    print(f"[assistant] {text}", flush=True)


def _ended(servers: EmbeddedServers, status: int) -> int:
    if servers.has_failed:
        raise PartyFailed("A server ended by itself; the lines above say why. Start Nod again.")
    return status
