"""`main.py server` and what its operator can ask of it."""

from typing import Annotated

import typer

from core.roles import server_clients
from core.roles.options import (
    AsJson,
    ClearText,
    Data,
    Grace,
    Host,
    Level,
    LogJson,
    LogLevel,
    Metrics,
    Port,
    PublicUrl,
    TlsCert,
    TlsKey,
    folder_of,
)
from core.roles.server_clients import Database

app = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
app.add_typer(server_clients.clients, name="clients")
app.add_typer(server_clients.contacts, name="contacts")
keys = typer.Typer(rich_markup_mode=None, help="The server's signing keys.")
app.add_typer(keys, name="keys")

Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit", metavar="NAME=VALUE", envvar="NOD_LIMITS", help="As per-device=30/60; repeatable."
    ),
]
Workers = Annotated[
    int, typer.Option(min=1, max=64, metavar="N", help="Processes that serve together, on PostgreSQL.")
]
Payment = Annotated[
    str | None, typer.Option(metavar="URL", help="The payment server; without it the one of the data folder.")
]
Private = Annotated[
    bool, typer.Option("--private-addresses", help="Let notifications go to private addresses: for tests.")
]


@app.callback()
def server(
    context: typer.Context,
    payment: Payment = None,
    host: Host = "127.0.0.1",
    port: Port = None,
    url: PublicUrl = None,
    database: Database = None,
    workers: Workers = 1,
    tls_cert: TlsCert = None,
    tls_key: TlsKey = None,
    clear_text: ClearText = False,
    private_addresses: Private = False,
    metrics: Metrics = False,
    log_json: LogJson = False,
    log_level: LogLevel = Level.WARNING,
    grace: Grace = 10,
    limit: Limit = None,
    data: Data = None,
) -> None:
    """Run the user-management server alone."""
    context.obj = data
    if context.invoked_subcommand:
        return
    from core.roles import server
    from core.roles.premises import Door
    from core.roles.running import Running
    from core.roles.tls import tls_of

    door = Door(host=host, port=port, url=url, tls=tls_of(tls_cert, tls_key), clear_text=clear_text)
    running = Running(
        workers=workers, grace_s=grace, log_json=log_json, log_level=log_level.value, metrics=metrics
    )
    said = server.Said(
        payment=payment, database=database, limits=tuple(limit or ()), private_addresses=private_addresses
    )
    raise typer.Exit(server.serve(data, door, said, running))


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


@keys.command()
def rotate(
    context: typer.Context, database: Database = None, data: Data = None, as_json: AsJson = False
) -> None:
    """Make a new signing key; a running server takes it up within five seconds."""
    from core.roles import operator

    raise typer.Exit(operator.rotate_keys(folder_of(context, data), database, as_json=as_json))
