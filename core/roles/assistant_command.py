"""The options of `main.py assistant`."""

from enum import StrEnum
from typing import Annotated

import typer

from core.roles.options import AsJson, Data


class Face(StrEnum):
    """Where the device shows itself."""

    AUTO = "auto"
    WINDOW = "window"
    CONSOLE = "console"


class Locale(StrEnum):
    """The device's languages."""

    EN = "en"
    JA = "ja"


ENGINES = (
    "Which ear listens: phoneme (the default), sphinx, whisper; or one in the network (google, azure, …), "
    "which sends every recording away and is off without --network."
)
NETWORK = "Allow an engine that sends recordings over the network."
Expiry = Annotated[int | None, typer.Option(min=5, max=300, metavar="S", help="Seconds for the decision.")]
Server = Annotated[
    str | None, typer.Option(metavar="URL", help="The user-management server; without it the data folder's.")
]
Enrol = Annotated[
    str,
    typer.Option(metavar="CODE", envvar="NOD_INITIAL_ACCESS_TOKEN", help="Opens registration elsewhere."),
]


def assistant(
    server: Server = None,
    enrol: Enrol = "",
    listen: Annotated[
        str | None, typer.Option(metavar="mic|FILE|-", help="Microphone, recording, or standard input.")
    ] = None,
    say: Annotated[str | None, typer.Option(metavar="TEXT", help="An order, typed.")] = None,
    place: Annotated[str | None, typer.Option(metavar="LABEL", help="Where the device stands.")] = None,
    at: Annotated[str | None, typer.Option(metavar="LAT,LON[,M]", help="The same on the map.")] = None,
    expiry: Expiry = None,
    once: Annotated[bool, typer.Option("--once", help="One order; the status tells how it ended.")] = False,
    mute: Annotated[bool, typer.Option("--mute", help="Make no sound.")] = False,
    locale: Annotated[Locale, typer.Option(help="Its language.")] = Locale.EN,
    engine: Annotated[str, typer.Option(metavar="NAME", help=ENGINES)] = "",
    network: Annotated[bool, typer.Option("--network", help=NETWORK)] = False,
    name: Annotated[str, typer.Option(help="What it calls itself; else “Assistant”.")] = "",
    face: Annotated[Face, typer.Option(help="A window of its own, or this terminal.")] = Face.AUTO,
    child: Annotated[bool, typer.Option("--child", hidden=True)] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Run the voice assistant: it hears orders and asks the person who is meant."""
    from core.roles import assistant as role

    said = role.Said(
        data=data,
        server=server,
        enrol=enrol,
        listen=listen,
        say=say,
        place=place,
        at=at,
        expiry=expiry,
        once=once,
        as_json=as_json,
        mute=mute,
        is_child=child,
        face=face.value,
        locale=locale.value,
        engine=engine,
        allow_network=network,
        name=name,
    )
    raise typer.Exit(role.assistant(said))
