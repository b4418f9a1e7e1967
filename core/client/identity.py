"""Who this device or terminal is at a server: the client id it was given, kept beside its key."""

import hashlib
from pathlib import Path

import msgspec

from core.client.errors import KeyUnreadable
from core.client.private_file import read_private, write_private


class Identity(msgspec.Struct, frozen=True):
    """One registration at one server; no secret is in it."""

    issuer: str
    """The server."""
    client_id: str
    """The client id that it gave."""
    kid: str
    """Thumbprint of the key that was registered."""
    user_id: str = ""
    """A terminal's user; empty for a device."""


class IdentityFile:
    """Where the identity of one name at one server is kept: `clients/<name>-<issuer>.json`."""

    def __init__(self, folder: Path, name: str, issuer: str) -> None:
        self.key_name = f"{name}-{hashlib.sha256(issuer.encode()).hexdigest()[:12]}"
        """The name of its key: one per server, so that no two servers can link a client."""
        self._path = folder / "clients" / f"{self.key_name}.json"
        self._issuer = issuer

    def load(self) -> Identity | None:
        """The identity, None where there is none yet.

        Raises:
            KeyUnreadable: if the file is there and damaged.
        """
        content = read_private(self._path)
        if content is None:
            return None
        try:
            identity = msgspec.json.decode(content, type=Identity)
        except msgspec.MsgspecError as error:
            raise KeyUnreadable(f"The file {self._path} is damaged. Move it away and enrol again.") from error
        return identity if identity.issuer == self._issuer else None

    def save(self, identity: Identity) -> None:
        """Keeps the identity.

        Raises:
            KeyUnreadable: if the folder cannot be written.
        """
        write_private(self._path, msgspec.json.encode(identity))

    def forget(self) -> None:
        """Removes it: the server does not know this client any more."""
        self._path.unlink(missing_ok=True)
        self._revision_path.unlink(missing_ok=True)

    def load_revision(self) -> int:
        """The last revision of the inbox that was seen; 0 where none is known."""
        try:
            text = (read_private(self._revision_path) or b"").decode("ascii", "replace")
        except KeyUnreadable:
            return 0
        return int(text) if text.isdecimal() and len(text) < 19 else 0

    def save_revision(self, revision: int) -> None:
        """Keeps the last revision that was seen.

        Raises:
            KeyUnreadable: if the folder cannot be written.
        """
        write_private(self._revision_path, str(revision).encode())

    @property
    def _revision_path(self) -> Path:
        return self._path.with_suffix(".revision")


def is_anybody_known(folder: Path, name: str) -> bool:
    """Whether a data folder holds an identity of that name, at whatever server."""
    return any((folder / "clients").glob(f"{name}-*.json"))
