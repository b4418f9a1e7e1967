"""What this window remembers of the person on this machine: language, theme, what closing means.

Nothing of it is secret; it lies as `desktop.json` in the data folder. A damaged file is as good as none.
"""

from pathlib import Path

import msgspec

from core.client.private_file import read_private, write_private
from core.domain.errors import NodError


class Preferences(msgspec.Struct, frozen=True):
    """One person's choices for one data folder."""

    locale: str = ""
    """`en`, `ja`, or empty: as the profile or the system says."""
    scheme: str = "system"
    """`system`, `light` or `dark`."""
    on_close: str = "ask"
    """`ask`, `stay` or `quit`."""
    has_sound: bool = False
    """Whether a request makes itself heard."""
    reduced_motion: bool = False
    """Whether the countdown moves once a second only."""


class PreferencesFile:
    """Where they are kept."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "desktop.json"

    def load(self) -> Preferences:
        """The choices, or the defaults."""
        try:
            content = read_private(self._path)
            return msgspec.json.decode(content, type=Preferences) if content else Preferences()
        except (NodError, msgspec.MsgspecError, OSError):
            return Preferences()

    def forget(self) -> None:
        """Removes them: the person has left."""
        self._path.unlink(missing_ok=True)

    def save(self, preferences: Preferences) -> bool:
        """Keeps the choices; False where the folder cannot be written."""
        try:
            write_private(self._path, msgspec.json.encode(preferences))
        except (NodError, OSError):
            return False
        return True
