"""Options that several commands of `main.py` share, each written once."""

from pathlib import Path
from typing import Annotated

import typer

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


def folder_of(context: typer.Context, named: Path | None) -> Path | None:
    """Return the data folder named after a sub-command, or else the one named before it."""
    before = context.obj
    return named or (before if isinstance(before, Path) else None)
