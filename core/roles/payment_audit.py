"""`main.py payment audit`: do the payment server's books hold? Reads only, also beside a running server."""

import json
import sys
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

    folder = open_data_folder(data)
    if database is None and not (folder / f"{PAYMENT}.db").exists():
        raise PartyFailed("No payment server has used this data folder yet.")
    with spoken():
        report = wiring.audit(database or database_in(folder, PAYMENT))
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
