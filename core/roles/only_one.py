"""One desktop a data folder: the second one brings the first to the front, or says that it runs.

The first holds the lock on `run/desktop.json` and, where it has windows, listens at `run/desktop.sock`:
whoever connects there wants to see it. Nothing is read from such a connection.
"""

import contextlib
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from core.roles.data_folder import private_subfolder
from core.roles.errors import AlreadyRunning
from core.roles.runtime_file import FOLDER, HeldRole

ROLE = "desktop"
LIMIT_S = 2.0


class OnlyOne:
    """The hold on a data folder's desktop, from `take` to `leave`."""

    def __init__(self, held: HeldRole, knock: Path) -> None:
        self._held, self._knock = held, knock
        self._door: socket.socket | None = None
        self._notifier: Any = None

    @classmethod
    def take(cls, data: Path) -> Self:
        """Become the desktop of a data folder.

        Raises:
            AlreadyRunning: another process is.
            FolderRefused: the data folder cannot be written.
        """
        held = HeldRole.take(data, ROLE)
        held.announce(url="", issuer="")
        return cls(held, private_subfolder(data, FOLDER) / f"{ROLE}.sock")

    def on_knock(self, come_up: Callable[[], None]) -> None:
        """Call `come_up` on the Qt thread whenever a second desktop is started; needs a QApplication."""
        from PySide6.QtCore import QSocketNotifier

        self._knock.unlink(missing_ok=True)
        door = socket.socket(socket.AF_UNIX)
        try:
            door.bind(str(self._knock))
        except OSError:  # a path too long for a socket's name: the second one says its sentence
            door.close()
            return
        door.listen()
        door.setblocking(False)
        self._door = door
        self._notifier = QSocketNotifier(door.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda *_: self._let_in(come_up))

    def _let_in(self, come_up: Callable[[], None]) -> None:
        if self._door is None:
            return
        with contextlib.suppress(OSError):
            self._door.accept()[0].close()
            come_up()

    def leave(self) -> None:
        """Let go of it. A second call does nothing."""
        door, self._door = self._door, None
        if door is not None:
            self._notifier.setEnabled(False)
            door.close()
            self._knock.unlink(missing_ok=True)
        self._held.release()


def knock(data: Path) -> bool:
    """Bring the desktop that runs on a data folder to the front; whether it heard."""
    try:
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(LIMIT_S)
            caller.connect(str(data / FOLDER / f"{ROLE}.sock"))
            return caller.recv(1) == b""
    except OSError:
        return False


__all__ = ["AlreadyRunning", "OnlyOne", "knock"]
