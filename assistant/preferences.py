"""What the person at the device has chosen, kept beside its key."""

from pathlib import Path
from typing import Literal

import msgspec

from assistant.synthesis import own_voice
from assistant.tone import Tone
from core.client.errors import KeyUnreadable
from core.client.private_file import read_private, write_private
from core.domain.errors import PlaceRefused
from core.domain.place import PlaceClaim


class Preferences(msgspec.Struct, frozen=True):
    """The content of `clients/<name>-preferences.json`."""

    muted: bool = False
    """Writes only."""
    volume: int = 100
    """Percent."""
    words_a_minute: int = 165
    """Speed of speech."""
    voice: str = ""
    """The engine's name for it; empty for the language's own."""
    read_back: Literal["always", "unsure", "never"] = "unsure"
    """When an order is read back."""
    place: str = ""
    """Where the device says that it is; empty leaves it to the place that the approver registered."""
    hands_free: bool = False
    """Listens all the time, for "hey Nod"."""
    engine: str = ""
    """Which ear listens; empty for the best that works here."""

    def tone(self, locale: str) -> Tone:
        """How it sounds in a language."""
        return Tone(self.voice or own_voice(locale), self.words_a_minute, self.volume / 100)

    def place_claim(self) -> PlaceClaim | None:
        """The place as a claim; None where none was chosen, or one that cannot be sent."""
        claim = PlaceClaim(self.place)
        try:
            claim.sourced("reported")
        except PlaceRefused:
            return None
        return claim


class PreferencesFile:
    """Reads and writes them."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / "clients" / f"{name}-preferences.json"

    def load(self) -> Preferences:
        """What was chosen; the defaults where nothing was, or nobody can read it any more."""
        try:
            content = read_private(self._path)
            return Preferences() if content is None else msgspec.json.decode(content, type=Preferences)
        except (KeyUnreadable, msgspec.MsgspecError):
            return Preferences()

    def save(self, chosen: Preferences) -> None:
        """Keeps them.

        Raises:
            KeyUnreadable: if the folder cannot be written.
        """
        write_private(self._path, msgspec.json.encode(chosen))
