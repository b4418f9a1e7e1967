"""`main.py server` and what its operator can ask of it."""

from typing import Annotated

import typer

from core.roles.options import Data, Host, Port, PublicUrl

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
