"""Options that several commands of `main.py` share, each written once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Level(StrEnum):
    """What a server logs at least."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Folder of keys, profile and databases (NOD_DATA)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON in place of sentences.")]
Host = Annotated[str, typer.Option(help="Address to listen at.")]
Port = Annotated[
    int | None,
    typer.Option(min=1, max=65535, help="Port to listen at; without it the one of the last start."),
]
PublicUrl = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Address for others where it differs, as behind a proxy."),
]

TlsCert = Annotated[
    Path | None, typer.Option("--tls-cert", metavar="FILE", envvar="NOD_TLS_CERT", help="Speak https: PEM.")
]
TlsKey = Annotated[
    Path | None, typer.Option("--tls-key", metavar="FILE", envvar="NOD_TLS_KEY", help="Its private key.")
]
ClearText = Annotated[
    bool, typer.Option("--clear-text", help="Allow clear text beyond this machine, as behind a proxy.")
]
Metrics = Annotated[
    bool, typer.Option("--metrics", envvar="NOD_METRICS", help="Answer /metrics, to this machine alone.")
]
LogJson = Annotated[
    bool, typer.Option("--log-json", envvar="NOD_LOG_JSON", help="Log one JSON object a line.")
]
LogLevel = Annotated[
    Level, typer.Option("--log-level", envvar="NOD_LOG_LEVEL", help="info also logs each request.")
]
Grace = Annotated[
    int,
    typer.Option("--grace", min=0, max=300, metavar="S", help="Seconds for open requests at the end."),
]


def folder_of(context: typer.Context, named: Path | None) -> Path | None:
    """Return the data folder named after a sub-command, or else the one named before it."""
    before = context.obj
    return named or (before if isinstance(before, Path) else None)
