"""`main.py server` and what its operator can ask of it."""

from typing import Annotated

import typer

from core.roles.options import AsJson, Data, Host, Port, PublicUrl, folder_of

app = typer.Typer(rich_markup_mode=None, invoke_without_command=True)

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="NOD_DATABASE",
        help="sqlite:////file.db or postgresql+psycopg://…; without it a file in the data folder.",
    ),
]


@app.callback()
def server(
    context: typer.Context,
    payment: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The payment server; without it the one of the data folder."),
    ] = None,
    host: Host = "127.0.0.1",
    port: Port = None,
    url: PublicUrl = None,
    database: Database = None,
    data: Data = None,
) -> None:
    """Run the user-management server alone."""
    context.obj = data
    if context.invoked_subcommand:
        return
    from core.roles.foreground import serve_alone
    from core.roles.premises import Door
    from core.roles.servers import build_server

    door = Door(host=host, port=port, url=url)
    raise typer.Exit(
        serve_alone(
            data, "server", door, lambda place: build_server(place, payment=payment, database=database)
        )
    )


@app.command()
def enrol(
    context: typer.Context,
    user: Annotated[str, typer.Option(metavar="ID", help="Whose terminal it will be.")],
    database: Database = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a one-time code for a further or replacing terminal of a user."""
    from core.roles import operator

    raise typer.Exit(operator.enrol(folder_of(context, data), database, user, as_json=as_json))


@app.command()
def clients(
    context: typer.Context, database: Database = None, data: Data = None, as_json: AsJson = False
) -> None:
    """List the registered devices and other clients."""
    from core.roles import operator

    raise typer.Exit(operator.clients(folder_of(context, data), database, as_json=as_json))


@app.command()
def contacts(
    context: typer.Context, database: Database = None, data: Data = None, as_json: AsJson = False
) -> None:
    """List who is paired with which device, and under which nickname."""
    from core.roles import operator

    raise typer.Exit(operator.contacts(folder_of(context, data), database, as_json=as_json))
