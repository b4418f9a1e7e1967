"""Where a terminal's or device's login key lives: the desktop's keyring where one works, else a 0600 file.

`stored_in` says which, and the app says it to the person. A keyring counts as working only when it gives
back what was put in: a headless machine has a backend that refuses, some desktops one that forgets.
"""

import hashlib
import json
import logging
import secrets
from pathlib import Path
from typing import Any, Literal, Protocol

from core.client.errors import KeyUnreadable
from core.client.private_file import read_private, write_private
from core.wire.errors import WireError
from core.wire.keys import SigningKey

SERVICE = "nod"
StoredIn = Literal["keyring", "file"]

log = logging.getLogger(__name__)


class SecretStore(Protocol):
    """Keeps small texts by name."""

    stored_in: StoredIn
    """Where that is, for the person."""

    def get(self, name: str) -> str | None:
        """The text, None where there is none."""

    def put(self, name: str, text: str) -> None:
        """Keeps a text."""

    def remove(self, name: str) -> None:
        """Forgets it, if it is there."""


class FileStore:
    """Texts as 0600 files under `keys/` of the data folder."""

    stored_in: StoredIn = "file"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "keys"

    def get(self, name: str) -> str | None:
        """The text, None where there is none."""
        content = read_private(self._folder / f"{name}.jwk")
        return None if content is None else content.decode("utf-8", "replace")

    def put(self, name: str, text: str) -> None:
        """Keeps a text."""
        write_private(self._folder / f"{name}.jwk", text.encode())

    def remove(self, name: str) -> None:
        """Forgets it, if it is there."""
        (self._folder / f"{name}.jwk").unlink(missing_ok=True)


class KeyringStore:
    """Texts in the desktop's secret store, one name space per data folder."""

    stored_in: StoredIn = "keyring"

    def __init__(self, backend: Any, folder: Path) -> None:
        self._backend = backend
        self._prefix = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:12]

    def get(self, name: str) -> str | None:
        """The text, None where there is none."""
        found = self._backend.get_password(SERVICE, f"{self._prefix}/{name}")
        return None if found is None else str(found)

    def put(self, name: str, text: str) -> None:
        """Keeps a text."""
        self._backend.set_password(SERVICE, f"{self._prefix}/{name}", text)

    def remove(self, name: str) -> None:
        """Forgets it, if it is there."""
        if self.get(name) is not None:
            self._backend.delete_password(SERVICE, f"{self._prefix}/{name}")

    def works(self) -> bool:
        """Whether it gives back what is put in."""
        proof, name = secrets.token_hex(8), "proof"
        try:
            self.put(name, proof)
            same = self.get(name) == proof
            self.remove(name)
        except Exception:  # a backend may raise anything its desktop does
            log.info("the keyring does not work here; keys go into files")
            return False
        return same


def open_store(folder: Path, backend: Any = None) -> SecretStore:
    """The keyring if it works, else files; blocks for as long as the desktop's keyring takes.

    A key that already lies in a file stays there, so that a keyring that appears later hides nothing.

    Args:
        folder: the data folder.
        backend: a keyring backend; None asks the system for its own.
    """
    if any((folder / "keys").glob("*.jwk")):
        return FileStore(folder)
    if backend is None:
        import keyring

        backend = keyring.get_keyring()
    ring = KeyringStore(backend, folder)
    if getattr(backend, "priority", 0) > 0 and ring.works():
        return ring
    return FileStore(folder)


def load_or_make(store: SecretStore, name: str) -> SigningKey:
    """The key called `name`, made at first use.

    Raises:
        KeyUnreadable: if a key is there and cannot be read.
    """
    text = store.get(name)
    if text is None:
        key = SigningKey.generate()
        store.put(name, json.dumps(key.private_jwk()))
        return key
    try:
        return SigningKey.from_jwk(json.loads(text))
    except (ValueError, TypeError, AttributeError, WireError) as error:
        raise KeyUnreadable("The stored key is damaged. Enrol this terminal again with a code.") from error
