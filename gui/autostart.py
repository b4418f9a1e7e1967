"""Start at login, by a .desktop file in the folder that freedesktop.org names for it."""

import os
import sys
from pathlib import Path

from gui.app import DESKTOP_ID

_ENTRY = """[Desktop Entry]
Type=Application
Name=Nod
Comment=Nothing is bought until you nod
Comment[ja]=うなずくまで、何も買いません
Exec={command}
Icon={icon}
Terminal=false
"""


class Autostart:
    """Whether this person's desktop starts Nod at login."""

    def __init__(self, folder: Path | None = None) -> None:
        """Look at `folder`, or at the person's own (XDG Base Directory)."""
        home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        self._file = (folder or home / "autostart") / f"{DESKTOP_ID}.desktop"

    @property
    def is_on(self) -> bool:
        """Whether it does."""
        return self._file.is_file()

    def turn(self, is_wanted: bool) -> bool:
        """Let it, or not; False where the folder cannot be written."""
        try:
            if is_wanted:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.write_text(_entry(), encoding="utf-8")
            else:
                self._file.unlink(missing_ok=True)
        except OSError:
            return False
        return True


def _entry() -> str:
    main = Path(__file__).resolve().parents[1] / "main.py"
    icon = Path(__file__).resolve().parent / "theme" / "icons" / "nod.svg"
    return _ENTRY.format(command=f"{_quoted(sys.executable)} {_quoted(str(main))}", icon=icon)


def _quoted(word: str) -> str:
    """A word of an Exec line (Desktop Entry Specification, "The Exec key")."""
    for char in ("\\", '"', "`", "$"):
        word = word.replace(char, f"\\{char}")
    return f'"{word.replace("%", "%%")}"'
