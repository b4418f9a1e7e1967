"""The data folder: everything of one person's Nod, readable by that person alone.

Keys, profiles and the address book live in it, so a folder that other users of the machine can read is
refused rather than quietly mended: somebody may have opened it on purpose, and must know what they share.
"""

import os
import stat
import tempfile
from pathlib import Path

from core.roles.errors import FolderRefused

OTHERS = stat.S_IRWXG | stat.S_IRWXO
VARIABLE = "NOD_DATA"


def default_folder() -> Path:
    """Return NOD_DATA if it is set, else the platform's folder for a program's data."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("nod", appauthor=False)


def open_data_folder(named: Path | None = None) -> Path:
    """Make the data folder if it is missing, look whether it is fit, and return its absolute path.

    Args:
        named: the folder of `--data`; without it `default_folder()`.

    Raises:
        FolderRefused: it is no folder, belongs to somebody else, can be read by others, or cannot be written.
    """
    folder = (named or default_folder()).expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _look_at(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise FolderRefused(
            f"The data folder {folder} cannot be written ({error.strerror}). Name another one with --data."
        ) from error
    return folder


def _look_at(folder: Path) -> None:
    status = folder.stat()
    if status.st_uid != os.geteuid():
        raise FolderRefused(
            f"The data folder {folder} belongs to another user. Name one of yours with --data."
        )
    if status.st_mode & OTHERS:
        raise FolderRefused(
            f"Other users of this machine can look into the data folder {folder}. "
            f"Close it with: chmod 700 '{folder}'"
        )


def private_subfolder(folder: Path, name: str) -> Path:
    """Return the folder `name` inside the data folder, made with mode 0700 if it is missing.

    Raises:
        FolderRefused: it cannot be made.
    """
    inner = folder / name
    try:
        inner.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise FolderRefused(f"The folder {inner} cannot be made ({error.strerror}).") from error
    return inner
