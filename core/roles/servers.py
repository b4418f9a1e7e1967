"""Building the two servers for their premises; used alone, in the desktop and in the demo alike."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from core.client.addresses import PAYMENT, SERVER, FolderAddress
from core.client.errors import ClientError
from core.roles.database_errors import spoken
from core.roles.premises import Premises
from core.roles.serving import Served

Now = Callable[[], float]


def database_in(data: Path, role: str) -> str:
    """Return the URL of a role's SQLite file in the data folder."""
    return f"sqlite:///{data / role}.db"


def build_server(
    premises: Premises,
    *,
    payment: str | None = None,
    database: str | None = None,
    takes_local_events: bool = False,
    limits: Sequence[str] = (),
    allows_private_addresses: bool = False,
    now: Now = time.time,
) -> Served:
    """Build the user-management server.

    Args:
        premises: its lock and address.
        payment: the payment server's address; None for the one of the same data folder.
        database: the database's URL; None for a SQLite file in the data folder.
        takes_local_events: whether a walkthrough's local steps are taken (demo and class mode).
        limits: `NAME=VALUE` each, as on the command line.
        allows_private_addresses: whether outbound calls may go to loopback and private addresses.
        now: epoch seconds UTC.

    Raises:
        PartyFailed: the database cannot be opened.
        WrongUse: a limit that cannot be.
    """
    from core.roles.limit_options import limits_of
    from core.server import wiring
    from core.server.settings import Settings

    allowed, registrations = limits_of(limits)

    settings = Settings(
        database_url=database or database_in(premises.data, SERVER),
        issuer=premises.url,
        initial_access_token=premises.secret,
        payment_url=lambda: payment or _found(premises.data, PAYMENT),
        takes_local_events=takes_local_events,
        limits=allowed,
        allows_private_addresses=allows_private_addresses,
    )
    if registrations is not None:
        settings = replace(settings, registrations=registrations)
    with spoken():
        return Served(wiring.build(settings, now=now), premises.listener, premises.tls)


def build_payment(
    premises: Premises, *, issuer: str | None = None, database: str | None = None, now: Now = time.time
) -> Served:
    """Build the payment server.

    Args:
        premises: its lock and address.
        issuer: the one user-management server whose payment tokens it redeems; None for the data folder's.
        database: the database's URL; None for a SQLite file in the data folder.
        now: epoch seconds UTC.

    Raises:
        PartyFailed: the database cannot be opened.
        CatalogueBroken: the shop's data file cannot be used.
    """
    from core.payment import wiring

    settings = wiring.Settings(
        database_url=database or database_in(premises.data, PAYMENT),
        issuer=premises.url,
        token_issuer=issuer or (lambda: _found(premises.data, SERVER)),
        operator_secret=premises.secret,
    )
    with spoken():
        return Served(wiring.build(settings, now=now), premises.listener, premises.tls)


def _found(data: Path, role: str) -> str | None:
    try:
        return FolderAddress(data, role).find().url
    except ClientError:
        return None
