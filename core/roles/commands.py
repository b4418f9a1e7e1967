"""The commands of `main.py`: names, options and their help, nothing else.

Each command imports its role when it is called, so that `--help` answers without a database, a window or a
recogniser. A command ends with `typer.Exit` and its status; what went wrong is raised as an error with a
sentence.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from core.roles import assistant_command, payment_commands, server_commands
from core.roles.options import AsJson, Data

app = typer.Typer(
    name="main.py",
    help="Somebody asks in your name; nothing is bought until you nod.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def nod(context: typer.Context, data: Data = None) -> None:
    """Somebody asks in your name; nothing is bought until you nod. Without a command: the desktop."""
    if context.invoked_subcommand:
        if data is not None:
            os.environ["NOD_DATA"] = str(data)
        return
    from core.roles import desktop as role

    raise typer.Exit(role.desktop(data))


app.command(name="assistant")(assistant_command.assistant)
app.add_typer(server_commands.app, name="server")
app.add_typer(payment_commands.app, name="payment")


Server = Annotated[
    str | None,
    typer.Option(metavar="URL", help="The user-management server; without it the one of the data folder."),
]


@app.command()
def terminal(
    server: Server = None,
    enrol: Annotated[
        str, typer.Option(metavar="CODE", envvar="NOD_ENROL", help="One-time code to enrol with.")
    ] = "",
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Run a text-mode terminal: be asked, and answer, on standard input."""
    from core.roles import terminal as role

    raise typer.Exit(role.terminal(data, server, enrol, as_json=as_json))


@app.command()
def demo(
    scenario: Annotated[str, typer.Option(metavar="NAME", help="Which one.")] = "purchase",
    headless: Annotated[bool, typer.Option("--headless", help="Open no window.")] = False,
    listen: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A recording of the order, in place of our voice.")
    ] = None,
    say: Annotated[str | None, typer.Option(metavar="TEXT", help="The order as text.")] = None,
    as_json: AsJson = False,
) -> None:
    """Play one order through every party, on a throw-away folder."""
    from core.roles import demo as role

    options = role.DemoOptions(scenario=scenario, headless=headless, listen=listen, say=say, as_json=as_json)
    raise typer.Exit(role.demo(options))


@app.command()
def doctor(data: Data = None, as_json: AsJson = False) -> None:
    """Say what this machine lacks and what to install."""
    from core.roles import doctor as role

    raise typer.Exit(role.doctor(data, as_json=as_json))


@app.command()
def hear(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="WAV, AIFF or FLAC recordings.")],
    catalogue: Annotated[
        Path, typer.Option(metavar="FILE", help='JSON list of {"name", "plural"?, "unit"?}.')
    ],
    contacts: Annotated[str, typer.Option(metavar="NAMES", help="Nicknames, separated by commas.")],
    engine: Annotated[str, typer.Option(metavar="NAME", help=assistant_command.ENGINES)] = "phoneme",
    network: Annotated[bool, typer.Option("--network", help=assistant_command.NETWORK)] = False,
    locale: Annotated[str, typer.Option(help="Language of the orders: en or ja.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Hear recordings with the recogniser alone, and send nothing."""
    from core.roles import hear as role

    status = role.hear(
        files, catalogue, contacts, engine, as_json=as_json, allow_network=network, locale=locale
    )
    raise typer.Exit(status)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Evidence that a terminal has saved.")],
    as_json: AsJson = False,
) -> None:
    """Check the evidence of one request, offline."""
    from core.roles import verify as role

    raise typer.Exit(role.verify(file, as_json=as_json))
