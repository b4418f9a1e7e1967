"""`main.py payment` and what its operator can ask of it."""

from typing import Annotated

import typer

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

app = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
keys = typer.Typer(rich_markup_mode=None, help="The server's signing keys.")
app.add_typer(keys, name="keys")

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="NOD_PAYMENT_DATABASE",
        help="sqlite:////file.db or postgresql+psycopg://…; without it a file in the data folder.",
    ),
]


@app.callback()
def payment(
    context: typer.Context,
    issuer: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Whose payment tokens to redeem; without it the data folder's server."
        ),
    ] = None,
    host: Host = "127.0.0.1",
    port: Port = None,
    url: PublicUrl = None,
    database: Database = None,
    tls_cert: TlsCert = None,
    tls_key: TlsKey = None,
    clear_text: ClearText = False,
    metrics: Metrics = False,
    log_json: LogJson = False,
    log_level: LogLevel = Level.WARNING,
    grace: Grace = 10,
    data: Data = None,
) -> None:
    """Run the payment server alone."""
    context.obj = data
    if context.invoked_subcommand:
        return
    from core.roles.foreground import serve_alone
    from core.roles.premises import Door
    from core.roles.running import Running
    from core.roles.servers import build_payment
    from core.roles.tls import tls_of

    door = Door(host=host, port=port, url=url, tls=tls_of(tls_cert, tls_key), clear_text=clear_text)
    running = Running(grace_s=grace, log_json=log_json, log_level=log_level.value, metrics=metrics)
    raise typer.Exit(
        serve_alone(
            data,
            "payment",
            door,
            lambda place: build_payment(place, issuer=issuer, database=database),
            running=running,
        )
    )


@keys.command()
def rotate(
    context: typer.Context, database: Database = None, data: Data = None, as_json: AsJson = False
) -> None:
    """Make a new signing key; a running server takes it up within five seconds."""
    from core.roles.payment_audit import rotate_key

    raise typer.Exit(rotate_key(folder_of(context, data), database, as_json=as_json))


@app.command()
def audit(
    context: typer.Context, database: Database = None, data: Data = None, as_json: AsJson = False
) -> None:
    """Check receipts, ledger and audit log; a running server is not disturbed."""
    from core.roles.payment_audit import audit as role

    raise typer.Exit(role(folder_of(context, data), database, as_json=as_json))
