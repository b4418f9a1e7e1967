"""`main.py server`: the user-management server alone, in one process or several."""

from dataclasses import dataclass
from pathlib import Path

from core.roles.errors import WrongUse
from core.roles.foreground import serve_alone
from core.roles.limit_options import limits_of
from core.roles.premises import Door
from core.roles.running import Running
from core.roles.servers import build_server


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the command line says of the server itself."""

    payment: str | None = None
    """The payment server's address; None for the data folder's own."""
    database: str | None = None
    """The database's URL; None for a SQLite file in the data folder. Never logged."""
    limits: tuple[str, ...] = ()
    """`NAME=VALUE` each."""
    private_addresses: bool = False
    """Whether outbound calls may go to loopback and private addresses."""


def serve(data: Path | None, door: Door, said: Said, running: Running) -> int:
    """Serve until asked to end; returns the exit status.

    Raises:
        WrongUse: several workers on a file, a limit that cannot be, or clear text that others could read.
        RoleError: it cannot start.
    """
    limits_of(said.limits)
    if running.workers > 1 and not (said.database or "").startswith("postgresql"):
        raise WrongUse("Several workers need PostgreSQL: name one with --database, or leave --workers out.")
    return serve_alone(
        data,
        "server",
        door,
        lambda place: build_server(
            place,
            payment=said.payment,
            database=said.database,
            limits=said.limits,
            allows_private_addresses=said.private_addresses,
        ),
        running=running,
    )
