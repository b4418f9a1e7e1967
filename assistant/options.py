"""What the command line tells the device."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.domain.errors import PlaceRefused
from core.domain.place import PlaceClaim


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """How the device is started."""

    data: Path
    """The data folder, opened already."""
    server: str | None = None
    """The server's address; None for the data folder's own."""
    enrol: str = ""
    """A code that opens registration at a server elsewhere. Never logged."""
    listen: str | None = None
    """`mic`, a recording's path, or `-` for a recording on standard input."""
    say: str | None = None
    """A typed line, as if somebody had said it."""
    place: PlaceClaim | None = None
    """Where the device says that it is."""
    window_s: int | None = None
    """Seconds for the approver to decide (`requested_expiry`); None leaves it to the profile."""
    once: bool = False
    """One utterance, never asking back; the exit status tells how it ended."""
    json: bool = False
    """Events as JSON lines on standard output."""
    mute: bool = False
    """No sound."""
    is_child: bool = False
    """Commands come on standard input, and its end ends the device."""
    face: Literal["window", "console", "auto"] = "auto"
    """Its own window, or the terminal."""
    locale: str = "en"
    """Its language: `en` or `ja`."""
    name: str = ""
    """What it calls itself when it is paired; empty for its language's word for what it is."""
    engine: str = ""
    """Which ear listens; empty for the one that was chosen in the settings, or the best that works here."""
    allow_network: bool = False
    """Whether an ear may send recordings away."""

    @property
    def is_beside(self) -> bool:
        """Whether its window stands beside the desktop's, which asks for the pairing by itself."""
        return self.is_child and self.face == "window"

    @property
    def has_window(self) -> bool:
        """Whether it shows a window of its own, where there is a display."""
        return self.face == "window" or (self.face == "auto" and not (self.once or self.json))


def place_claim(label: str | None, at: str | None) -> PlaceClaim | None:
    """The place of `--place LABEL --at LAT,LON[,M]`.

    Raises:
        PlaceRefused: if it cannot be right; the text says why.
    """
    if label is None and at is None:
        return None
    if not label:
        raise PlaceRefused("A place needs words: --place LABEL.")
    numbers: list[float | None] = [None, None, None]
    if at is not None:
        try:
            found = [float(part) for part in at.split(",")]
        except ValueError:
            found = []
        if len(found) not in (2, 3):
            raise PlaceRefused("Write the point as --at LATITUDE,LONGITUDE or LATITUDE,LONGITUDE,METRES.")
        numbers = [*found, None][:3]
    claim = PlaceClaim(label, *numbers)
    claim.sourced("reported")
    return claim
