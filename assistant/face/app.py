"""Shows the window on the main thread while the device lives in a loop on another one."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from assistant.commands import Command
from assistant.face.looks import DARK, LIGHT
from assistant.face.placing import place
from assistant.face.ring import icon
from assistant.face.settings import SettingsDialog
from assistant.face.signals import SignalWatch
from assistant.face.window import FaceWindow
from assistant.options import Options
from assistant.preferences import Preferences, PreferencesFile
from assistant.telling import Tell, to_all
from core.client.clock import boot_seconds
from core.client.errors import KeyUnreadable
from core.presentation.typeface import FILES, JAPANESE, REGULAR
from core.texts.catalog import Texts

IDENTITY = "device"
PLATFORM = "QT_QPA_PLATFORM"
_PATIENCE_S = 5.0
LAST_LOOK_MS = 2_000
"""How long a window that was there for one order shows how it ended."""


class Device(Protocol):
    """What the window wants of a session; all callable from any thread."""

    def submit(self, command: Command) -> None:
        """Takes a command."""

    def change(self, chosen: Preferences) -> None:
        """Takes over what was chosen."""


Live = Callable[[Options, Tell, Callable[[Any], None]], Coroutine[Any, Any, int]]


class Bridge(QObject):
    """Carries the device's events to Qt's thread."""

    told = Signal(dict)
    ended = Signal()

    def __init__(self, options: Options, outlet: Tell, live: Live) -> None:
        super().__init__()
        self._options, self._outlet, self._live = options, outlet, live
        self._device: Device | None = None
        self._error: BaseException | None = None
        self._status = 0
        self._thread = threading.Thread(target=self._run, name="device", daemon=True)

    def start(self) -> None:
        """Starts the device."""
        self._thread.start()

    def submit(self, command: Command) -> None:
        """Passes a command on, once the device is there."""
        if self._device is not None and self._thread.is_alive():
            self._device.submit(command)

    def change(self, chosen: Preferences) -> None:
        """Passes on what was chosen."""
        if self._device is not None and self._thread.is_alive():
            self._device.change(chosen)

    def finish(self) -> int:
        """Lets the device leave, and returns its exit status.

        Raises:
            NodError: what ended it.
        """
        self.submit(Command("leave"))
        self._thread.join(_PATIENCE_S)
        if self._error is not None:
            raise self._error
        return self._status

    def _run(self) -> None:
        try:
            with asyncio.Runner() as loop:
                tell = to_all([self._outlet, self.told.emit])
                self._status = loop.run(self._live(self._options, tell, self._meet))
        except BaseException as error:
            self._error = error
        finally:
            self.ended.emit()

    def _meet(self, device: Device) -> None:
        self._device = device


def can_show() -> bool:
    """Whether there is a display; makes the application then. Who set QT_QPA_PLATFORM is believed."""
    if os.environ.get(PLATFORM):
        _application()
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    os.environ[PLATFORM] = "wayland;xcb;offscreen" if os.environ.get("WAYLAND_DISPLAY") else "xcb;offscreen"
    return _application().platformName() != "offscreen"


def _application() -> QApplication:
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Nod assistant")
    app.setDesktopFileName("nod-assistant")
    app.setWindowIcon(icon())
    for file in FILES:
        QFontDatabase.addApplicationFont(str(file))
    font = app.font()
    font.setFamilies([REGULAR, *JAPANESE, font.family()])
    app.setFont(font)
    return app


def show(options: Options, outlet: Tell, live: Live) -> int:
    """Shows the window until it is closed or the device leaves; returns the device's exit status.

    Raises:
        NodError: what ended the device.
    """
    app = _application()
    texts = Texts(options.locale)
    is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    window = FaceWindow(texts, DARK if is_dark else LIGHT, boot_seconds, is_beside=options.is_beside)
    bridge = Bridge(options, outlet, live)
    bridge.told.connect(window.take)
    last_look_ms = LAST_LOOK_MS if options.once else 0
    bridge.ended.connect(lambda: QTimer.singleShot(last_look_ms, app, app.quit))
    window.typed.connect(lambda text: bridge.submit(Command("say", text)))
    window.talk.connect(lambda is_on: bridge.submit(Command("talk" if is_on else "hush")))
    window.cancel.connect(lambda: bridge.submit(Command("cancel")))
    window.pair.connect(lambda: bridge.submit(Command("pair")))
    window.settings.connect(lambda: _choose(options, window, bridge))
    window.closed.connect(app.quit)
    watch = SignalWatch(app.quit, is_child=options.is_child)
    place(window, is_beside=options.is_beside)
    window.show()
    bridge.start()
    try:
        app.exec()
        return bridge.finish()
    finally:
        watch.close()
        window.hide()


def _choose(options: Options, window: FaceWindow, bridge: Bridge) -> None:
    """Shows the settings, keeps what was chosen and passes it on."""
    kept = PreferencesFile(options.data, IDENTITY)
    dialog = SettingsDialog(window.texts, kept.load(), window.contacts, options.engine, window)
    if not dialog.exec():
        return
    chosen = dialog.chosen()
    try:
        kept.save(chosen)
    except KeyUnreadable as error:
        window.take({"event": "said", "key": error.code, "text": error.description})
    bridge.change(chosen)
