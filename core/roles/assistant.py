"""`main.py assistant`: the AI device, alone or as another process's child."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.domain.errors import PlaceRefused
from core.domain.place import PlaceClaim
from core.roles.data_folder import open_data_folder
from core.roles.errors import WrongUse


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the command line says, as typed."""

    data: Path | None = None
    """The folder of `--data`."""
    server: str | None = None
    """The user-management server's address; None for the data folder's own."""
    enrol: str = ""
    """An initial access token that opens registration elsewhere. Never logged."""
    listen: str | None = None
    """`mic`, a recording's path, or `-` for standard input."""
    say: str | None = None
    """A typed order."""
    place: str | None = None
    """Where the device stands, in words."""
    at: str | None = None
    """LAT,LON or LAT,LON,METRES."""
    expiry: int | None = None
    """Seconds for the decision, 5 to 300; None leaves it to the approver's profile."""
    once: bool = False
    """One order; the exit status tells how it ended."""
    as_json: bool = False
    """JSON lines on standard output."""
    mute: bool = False
    """No sound."""
    is_child: bool = False
    """Commands come on standard input, and its end ends the device."""
    face: Literal["window", "console", "auto"] = "auto"
    """Its own window, or the terminal."""
    locale: str = "en"
    """Its language."""
    engine: str = ""
    """Which ear listens; empty for the one chosen in the settings, or the best that works here."""
    allow_network: bool = False
    """Whether an ear may send recordings away."""
    name: str = ""
    """What it calls itself when it is paired; empty for its language's word for what it is."""


def assistant(said: Said) -> int:
    """Run the device until it ends; returns the exit status (DESIGN.md section 6).

    Raises:
        FolderRefused: the data folder is no good.
        WrongUse: the place cannot be right.
    """
    from assistant.options import Options
    from assistant.wiring import run

    return run(
        Options(
            data=open_data_folder(said.data),
            server=said.server,
            enrol=said.enrol,
            listen=said.listen,
            say=said.say,
            place=_place(said),
            window_s=said.expiry,
            once=said.once,
            json=said.as_json,
            mute=said.mute,
            is_child=said.is_child,
            face=said.face,
            locale=said.locale,
            name=said.name,
            engine=said.engine,
            allow_network=said.allow_network,
        )
    )


def _place(said: Said) -> PlaceClaim | None:
    from assistant.options import place_claim

    try:
        return place_claim(said.place, said.at)
    except PlaceRefused as error:
        raise WrongUse(error.description) from error
