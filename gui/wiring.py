"""Puts the desktop together: every dependency of `main.py` with a window is in this file.

The first window is painted before anything of a server is imported or started; then servers and key store
are opened on a worker thread, and the session begins. Leaving: the windows go, the assistant's process is
ended, then the client thread; the servers are the caller's to stop afterwards.
"""

import asyncio
import contextlib
import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from core.client.clock import Clock
from core.client.identity import is_anybody_known
from core.presentation.gazetteer import world
from core.terminal import here
from core.texts.catalog import Texts
from gui.app import make_application
from gui.autostart import Autostart
from gui.bridge import Bridge
from gui.desktop import Desktop
from gui.household import Assistant, Servers
from gui.language import Language
from gui.preferences import PreferencesFile
from gui.qt_words import QtWords
from gui.theme.theme import Scheme, Theme

if TYPE_CHECKING:
    from core.client.parties import Surroundings

SECRET = "NOD_INITIAL_ACCESS_TOKEN"  # noqa: S105 - the name of a variable, not its content

WORDS_OF_A_PROMPT = ("prompt-title", "lines-payee")
PATIENCE_MS = 1_500
"""Waited for the first paint: a window that starts minimised or covered is never painted."""


@dataclass(frozen=True)
class DesktopOptions:
    """What the role decides."""

    folder: Path
    """The data folder, looked at by the role."""
    server: str | None = None
    """Address of the user-management server; None: the data folder's own."""
    language: str = ""
    """`en` or `ja`; the person's own choice or the environment's without it."""
    servers: Servers | None = None
    """Both servers, to be started once the window is there."""
    assistant: Assistant | None = None
    """The built-in AI device."""
    is_beside: bool = False
    """Whether an assistant's window stands beside that somebody else has started."""
    on_start: Callable[[Callable[[], None]], None] | None = None
    """Is handed a function that ends the desktop from the Qt thread, exit status 0."""
    autostart: Path | None = None
    """Folder of what starts at login; None: the person's own."""
    clock: Clock = field(default_factory=Clock)
    """The time."""


def run(options: DesktopOptions) -> int:
    """Shows the desktop until the person quits; returns the exit status."""
    app = make_application()
    with ExitStack() as ends:
        bridge = Bridge()
        ends.callback(bridge.stop)  # its thread would keep the process, should the windows fail
        if options.assistant is not None:
            ends.callback(options.assistant.stop)
        desktop = build(app, bridge, options)
        ends.callback(desktop.leave)
        if options.on_start is not None:
            # not quit(): that asks each window, and the main window stays
            options.on_start(lambda: app.exit(0))
        return app.exec()


def build(app: QApplication, bridge: Bridge, options: DesktopOptions) -> Desktop:
    """Makes all windows, shows the first one and begins to open the rest.

    Args:
        app: a dressed application.
        bridge: running.
        options: what the role decided.
    """
    preferences = PreferencesFile(options.folder)
    chosen = preferences.load()
    theme = Theme(app, Scheme(chosen.scheme))
    language = Language(options.language or chosen.locale or here.language(), here.zone())
    QtWords(app, language)
    desktop = Desktop(
        app,
        bridge,
        theme,
        language,
        preferences,
        Autostart(options.autostart),
        options.assistant,
        options.clock.steady,
    )
    is_new = not is_anybody_known(options.folder, "terminal")
    desktop.show_first(is_new=is_new, is_beside=options.is_beside or options.assistant is not None)
    first: QWidget = desktop.wizard or desktop.main
    painted = _Painted(first, lambda: _open(bridge, desktop, options, language.texts))
    painted.setParent(desktop)
    return desktop


def _open(bridge: Bridge, desktop: Desktop, options: DesktopOptions, texts: Texts) -> None:
    bridge.ask(lambda: asyncio.to_thread(_surroundings, options), desktop.be_served, desktop.be_unserved)
    bridge.ask(lambda: asyncio.to_thread(_warm, texts))


def _warm(texts: Texts) -> None:
    """Read the sentences and the map of the prompt before there is one: the first must not wait for them."""
    for area in WORDS_OF_A_PROMPT:
        texts.has(area)
    with contextlib.suppress(OSError, ValueError):  # who asks for a place meets it again
        world()


def _surroundings(options: DesktopOptions) -> "Surroundings":
    """Starts the servers and opens the key store; blocks."""
    from core.client.addresses import server_address
    from core.client.key_store import open_store
    from core.client.parties import Surroundings

    if options.servers is not None:
        options.servers.start()
    address = server_address(options.server, options.folder, os.environ.get(SECRET, ""))
    return Surroundings(address, options.folder, open_store(options.folder), options.clock)


class _Painted(QObject):
    """Calls something once, after a window has been painted, or soon where nothing shows it."""

    def __init__(self, window: QWidget, call: Callable[[], None]) -> None:
        super().__init__()
        self._window, self._call = window, call
        self._is_done = False
        window.installEventFilter(self)
        QTimer.singleShot(PATIENCE_MS, self, self._begin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._begin)
        return False

    def _begin(self) -> None:
        if not self._is_done:
            self._is_done = True
            self._window.removeEventFilter(self)
            self._call()
