"""`main.py server clients` and `server contacts`: who may ask, and whom."""

from pathlib import Path
from typing import Annotated

import typer

from core.roles.options import AsJson, Data, folder_of

clients = typer.Typer(
    rich_markup_mode=None, invoke_without_command=True, help="The registered devices and other clients."
)
contacts = typer.Typer(
    rich_markup_mode=None, invoke_without_command=True, help="Who is paired with which device."
)

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="NOD_DATABASE",
        help="sqlite:////file.db or postgresql+psycopg://…; without it a file in the data folder.",
    ),
]


@clients.callback()
def show_clients(
    context: typer.Context, database: Database = None, data: Data = None, as_json: AsJson = False
) -> None:
    """List the registered devices and other clients."""
    context.obj = folder_of(context, data)
    if context.invoked_subcommand:
        return
    from core.roles import operator

    raise typer.Exit(operator.clients(context.obj, database, as_json=as_json))


@clients.command(name="list")
def list_clients(context: typer.Context, database: Database = None, data: Data = None) -> None:
    """Print all of them as one JSON array."""
    from core.roles import operator

    raise typer.Exit(operator.list_clients(folder_of(context, data), database))


@clients.command()
def add(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Metadata of RFC 7591 as JSON; - is standard input.")
    ],
    database: Database = None,
    data: Data = None,
) -> None:
    """Register a client and print its registration as JSON; its secret is told only here."""
    from core.roles import operator

    raise typer.Exit(operator.add_client(folder_of(context, data), database, file))


@clients.command()
def invite(context: typer.Context, database: Database = None, data: Data = None) -> None:
    """Print a token, as JSON, that registers one client from elsewhere within an hour."""
    from core.roles import operator

    raise typer.Exit(operator.invite(folder_of(context, data), database))


@clients.command()
def remove(
    context: typer.Context,
    client_id: Annotated[str, typer.Argument(metavar="CLIENT_ID")],
    database: Database = None,
    data: Data = None,
) -> None:
    """Remove a client with its pairings and tokens, and print what was removed as JSON."""
    from core.roles import operator

    raise typer.Exit(operator.remove_client(folder_of(context, data), database, client_id))


@contacts.callback()
def show_contacts(
    context: typer.Context, database: Database = None, data: Data = None, as_json: AsJson = False
) -> None:
    """List who is paired with which device, and under which nickname."""
    context.obj = folder_of(context, data)
    if context.invoked_subcommand:
        return
    from core.roles import operator

    raise typer.Exit(operator.contacts(context.obj, database, as_json=as_json))


@contacts.command(name="import")
def import_contacts(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="device,nickname,user_id with a heading.")],
    database: Database = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Add contacts from a file: all of its rows, or none and each bad row named."""
    from core.roles import operator

    raise typer.Exit(operator.import_contacts(folder_of(context, data), database, file, as_json=as_json))
