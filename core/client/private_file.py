"""Small files that only their owner may read, replaced whole or not at all."""

import os
import secrets
from pathlib import Path

from core.client.errors import KeyUnreadable


def write_private(path: Path, content: bytes) -> None:
    """Replaces a file (mode 0600, folder 0700) in one step that survives a crash.

    Raises:
        KeyUnreadable: if the folder cannot be written.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise KeyUnreadable(f"The folder {path.parent} cannot be written ({error.strerror}).") from error


def read_private(path: Path) -> bytes | None:
    """The file's content, None where there is no file.

    Raises:
        KeyUnreadable: if it is there and cannot be read, or others may read it.
    """
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise KeyUnreadable(f"Others can read {path}. Close it with: chmod 600 '{path}'")
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyUnreadable(f"The file {path} cannot be read ({error.strerror}).") from error
