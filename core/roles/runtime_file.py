"""A server's hold on its role: the locked file `run/<role>.json`, by which the other parties find it.

The lock (`flock`, exclusive) lives exactly as long as the process, also through `kill -9`, so nobody has to
guess from a process number whether the server is alive. The file outlives it and remembers the port for the
next start: devices and terminals are enrolled at an issuer, and the issuer's name holds the port.
"""

import fcntl
import os
import secrets
import time
from pathlib import Path
from typing import IO, Self
from urllib.parse import urlsplit

import msgspec

from core.roles.data_folder import private_subfolder
from core.roles.errors import AlreadyRunning, FolderRefused
from core.wire.runtime import RuntimeFile

FOLDER = "run"
TOKEN_BYTES = 32
NAMES = {"server": "user-management server", "payment": "payment server", "desktop": "desktop"}
"""What a person calls each role."""
LOOKS = 20
LOOK_AGAIN_S = 0.01


class HeldRole:
    """An exclusive hold on one role of one data folder, from `take` to `release`."""

    def __init__(self, path: Path, file: IO[bytes], before: RuntimeFile | None) -> None:
        self._path = path
        self._file = file
        self.before = before
        """What the file said at the last start, if it could be read."""

    @classmethod
    def take(cls, data: Path, role: str) -> Self:
        """Lock the role's file in the data folder `data`, making it (mode 0600) if it is missing.

        Raises:
            AlreadyRunning: a living process holds it; the sentence names that process and its address.
            FolderRefused: the file cannot be made or written.
        """
        path = private_subfolder(data, FOLDER) / f"{role}.json"
        try:
            file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+b")
        except OSError as error:
            raise FolderRefused(f"The file {path} cannot be written ({error.strerror}).") from error
        if not _locked(file):
            with file:
                raise AlreadyRunning(_second_instance(role, _parse(file.read())))
        os.fchmod(file.fileno(), 0o600)
        return cls(path, file, _parse(file.read()))

    @property
    def last_port(self) -> int | None:
        """The port of the last start, to be used again."""
        return urlsplit(self.before.url).port if self.before else None

    def announce(self, *, url: str, issuer: str, initial_access_token: str = "") -> RuntimeFile:
        """Write where this process listens, for the other parties of the folder, and return that."""
        said = RuntimeFile(
            role=self._path.stem,
            url=url,
            issuer=issuer,
            initial_access_token=initial_access_token,
            pid=os.getpid(),
        )
        self._file.seek(0)
        self._file.truncate()
        self._file.write(msgspec.json.encode(said))
        self._file.flush()
        return said

    def release(self) -> None:
        """Let go of the lock; the file stays and remembers the port. A second call does nothing."""
        self._file.close()


def new_initial_access_token() -> str:
    """Return a fresh secret for `/register` and `/profiles`: 256 bits, text of URL-safe characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def _locked(file: IO[bytes]) -> bool:
    """Take the lock, looking again for a moment: a client that asks who is there locks it too."""
    for _ in range(LOOKS):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(LOOK_AGAIN_S)
        else:
            return True
    return False


def _parse(content: bytes) -> RuntimeFile | None:
    try:
        return msgspec.json.decode(content, type=RuntimeFile)
    except msgspec.DecodeError:
        return None


def _second_instance(role: str, running: RuntimeFile | None) -> str:
    at = f", {running.url}" if running and running.url else ""
    known = f" (process {running.pid}{at})" if running else ""
    return (
        f"The {NAMES.get(role, role)} of this data folder is already running{known}. "
        "Use that one, stop it first, or name another folder with --data."
    )
