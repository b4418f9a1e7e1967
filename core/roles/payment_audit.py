"""`main.py payment audit` and `payment keys`: what the payment server's operator does beside it."""

import json
import sys
import time
from pathlib import Path
from typing import TextIO

from core.client.addresses import PAYMENT
from core.roles.data_folder import open_data_folder
from core.roles.database_errors import spoken
from core.roles.errors import PartyFailed
from core.roles.servers import database_in


def audit(
    data: Path | None, database: str | None, *, as_json: bool = False, out: TextIO | None = None
) -> int:
    """Print what the books say.

    Args:
        data: the folder of `--data`.
        database: the database's URL; None for the SQLite file in the data folder.
        as_json: one JSON object in place of sentences.
        out: where to print; standard output unless a test says otherwise.

    Returns:
        0 if nothing is wrong, else 1.

    Raises:
        PartyFailed: the database cannot be opened, or no payment server has used it.
    """
    from core.payment import wiring

    with spoken():
        report = wiring.audit(_database(data, database))
    said = {"sound": report.is_sound, "receipts": report.receipts, "accounts": report.accounts}
    if as_json:
        print(json.dumps(said | {"findings": report.findings}), file=out or sys.stdout)
    else:
        lines = report.findings or ("Everything holds.",)
        print(
            f"{report.receipts} receipts, {report.accounts} accounts.",
            *lines,
            sep="\n",
            file=out or sys.stdout,
        )
    return int(not report.is_sound)


def rotate_key(
    data: Path | None, database: str | None, *, as_json: bool = False, out: TextIO | None = None
) -> int:
    """Make a new signing key and print its id.

    Raises:
        PartyFailed: the database cannot be opened, or no payment server has used it.
    """
    from core.payment import wiring

    with spoken():
        kid = wiring.rotate_key(_database(data, database), now=time.time)
    print(json.dumps({"kid": kid}) if as_json else f"The new key is {kid}.", file=out or sys.stdout)
    return 0


def _database(data: Path | None, named: str | None) -> str:
    folder = open_data_folder(data)
    if named is None and not (folder / f"{PAYMENT}.db").exists():
        raise PartyFailed("No payment server has used this data folder yet.")
    return named or database_in(folder, PAYMENT)
