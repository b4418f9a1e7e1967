"""What the device keeps between two starts, beside its key: whether it was ever paired, by server."""

from pathlib import Path

import msgspec

from core.client.private_file import read_private, write_private


class Remembered(msgspec.Struct, frozen=True):
    """The content of `clients/<name>-memory.json`."""

    paired_at: tuple[str, ...] = ()
    """Issuers at which somebody consented once."""


class Memory:
    """Reads and writes what is remembered."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / "clients" / f"{name}-memory.json"

    def was_paired(self, issuer: str) -> bool:
        """Whether somebody was ever paired with this device at that server."""
        return issuer in self._load().paired_at

    def note_paired(self, issuer: str) -> None:
        """Remembers that somebody is.

        Raises:
            KeyUnreadable: if the folder cannot be written.
        """
        kept = self._load().paired_at
        if issuer not in kept:
            write_private(self._path, msgspec.json.encode(Remembered((*kept, issuer))))

    def _load(self) -> Remembered:
        content = read_private(self._path)
        try:
            return Remembered() if content is None else msgspec.json.decode(content, type=Remembered)
        except msgspec.MsgspecError:
            return Remembered()
