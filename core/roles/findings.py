"""What a machine has and lacks, one look each; `core.roles.doctor` puts them into words.

Nothing here starts Qt, opens a sound device or reads a secret: libraries are loaded as the parties would load
them, and devices are looked up by the files and sockets by which they are reached.
"""

import ctypes
import importlib.util
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.roles.data_folder import default_folder, open_data_folder
from core.roles.errors import FolderRefused

WINDOW_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
"""Shared libraries that Qt's window needs beyond its own wheel, and the Debian package of each."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for."""

    part: str
    """What was looked at, in a word or two."""

    ok: bool
    """Whether it is there."""

    says: str
    """One sentence: what is there, or what does not work without it and what to do."""

    packages: tuple[str, ...] = ()
    """Debian packages that bring it."""

    optional: bool = False
    """Whether everything works without it, only less well."""


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _exists(paths: Iterable[Path]) -> bool:
    return any(path.exists() for path in paths)


def data_folder(named: Path | None) -> Finding:
    """Whether the data folder can be used; a missing one is not made, only its parent is looked at."""
    folder = named or default_folder()
    try:
        if folder.exists():
            open_data_folder(folder)
        elif not os.access(next(one for one in folder.absolute().parents if one.exists()), os.W_OK | os.X_OK):
            raise FolderRefused(f"The data folder {folder} cannot be made. Name another one with --data.")
    except FolderRefused as refused:
        return Finding("data folder", False, refused.description)
    return Finding("data folder", True, f"{folder} is yours alone.")


def window_libraries() -> Finding:
    """Whether every shared library of Qt's window can be loaded."""
    packages = tuple(package for name, package in WINDOW_LIBRARIES.items() if not _loads(name))
    if packages:
        return Finding("window libraries", False, "No window can open: libraries are missing.", packages)
    return Finding("window libraries", True, "Everything that a window needs is installed.")


def _x_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def display() -> Finding:
    """Whether a Wayland or X display answers."""
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"))
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and (runtime / wayland).exists():
        return Finding("display", True, f"The Wayland display {wayland} is there.")
    if os.environ.get("DISPLAY") and _x_answers():
        return Finding("display", True, f"The X display {os.environ['DISPLAY']} answers.")
    return Finding("display", False, "No display answers; `main.py` will run its text terminal.")


def japanese_font() -> Finding:
    """Whether a font has Japanese letters; without one Qt draws boxes and says nothing."""
    if _fonts_for(b":lang=ja"):
        return Finding("Japanese font", True, "Japanese text can be drawn.")
    says = "Japanese text would be drawn as empty boxes."
    return Finding("Japanese font", False, says, ("fonts-ipafont-gothic",))


def _fonts_for(pattern: bytes) -> int:
    try:
        library = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return 0
    library.FcNameParse.restype = library.FcObjectSetCreate.restype = ctypes.c_void_p
    library.FcFontList.restype = ctypes.POINTER(ctypes.c_int)  # the set's first member is its length
    wanted = ctypes.c_void_p(library.FcNameParse(pattern))
    members = ctypes.c_void_p(library.FcObjectSetCreate())
    library.FcObjectSetAdd(members, b"family")
    found = library.FcFontList(None, wanted, members)
    return int(found[0]) if found else 0


def _pulse_socket() -> bool:
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}"))
    return bool(os.environ.get("PULSE_SERVER")) or (runtime / "pulse" / "native").exists()


def sound_output() -> Finding:
    """Whether a sound server or a sound card can play."""
    if _pulse_socket() or _exists(Path("/dev/snd").glob("pcm*p")):
        return Finding("sound output", True, "Sound can be played.")
    says = "Nothing can be played; the assistant prints what it would say."
    return Finding("sound output", False, says, ("pulseaudio", "pulseaudio-utils"))


def microphone() -> Finding:
    """Whether a sound server or a sound card can record, and the library that records is there."""
    if not _loads("libportaudio.so.2") and not shutil.which("parec"):
        says = "No microphone can be used; recordings and typed lines can."
        return Finding("microphone", False, says, ("pulseaudio-utils", "libportaudio2"))
    if _pulse_socket() or _exists(Path("/dev/snd").glob("pcm*c")):
        return Finding("microphone", True, "A sound server or card that can record is there.")
    return Finding("microphone", False, "No microphone is there; recordings and typed lines can be used.")


def speech() -> Finding:
    """Whether pyttsx3 finds espeak-ng, as a package of the system or in the optional wheel."""
    if _loads("libespeak-ng.so.1") or importlib.util.find_spec("espeakng_loader"):
        return Finding("speech", True, "The assistant can speak.")
    says = "The assistant cannot speak; it prints what it would say."
    return Finding("speech", False, says, ("libespeak-ng1",))


def secret_store() -> Finding:
    """Whether the desktop's keyring can keep the terminal's key."""
    import keyring
    from keyring.backends.fail import Keyring as NoKeyring

    if isinstance(keyring.get_keyring(), NoKeyring):
        says = "No keyring is running; keys are kept in files that only you can read."
        return Finding("keyring", False, says, ("gnome-keyring",), optional=True)
    return Finding("keyring", True, "Keys are kept in the desktop's keyring.", optional=True)


def postgresql() -> Finding:
    """Whether a PostgreSQL server and its driver are there, for `main.py server --database postgresql://…`."""
    servers = [
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        Path("/usr/local/pgsql/bin").glob("postgres"),
    ]
    is_server_there = any(_exists(found) for found in servers) or shutil.which("postgres") is not None
    if is_server_there and importlib.util.find_spec("psycopg"):
        return Finding("PostgreSQL", True, "PostgreSQL can be used in place of SQLite.", optional=True)
    says = "No PostgreSQL on this machine; SQLite is used, which needs nothing."
    return Finding("PostgreSQL", False, says, ("postgresql",), optional=True)
