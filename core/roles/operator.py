"""`main.py server enrol`, `clients` and `contacts`: what only the operator may do or see."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from core.client.addresses import SERVER
from core.roles.data_folder import open_data_folder
from core.roles.database_errors import spoken
from core.roles.errors import PartyFailed, RoleError
from core.roles.servers import database_in

if TYPE_CHECKING:
    from core.server.store.access import Store


class NoSuchUser(RoleError):
    """Nobody is registered under the ID that was named."""

    code = "no_such_user"


def enrol(
    data: Path | None,
    database: str | None,
    user_id: str,
    *,
    as_json: bool = False,
    out: TextIO | None = None,
) -> int:
    """Print a one-time code with which a user enrols a further or replacing terminal.

    Raises:
        NoSuchUser: nobody is registered under `user_id`.
        PartyFailed: the database cannot be opened, or no server has used it.
    """
    from core.server import operator

    with _store(data, database) as store:
        code = operator.enrolment_code(store, user_id)
    if code is None:
        raise NoSuchUser(f"Nobody is registered here as {user_id}.")
    said = {"user_id": user_id, "code": code, "expires_in": operator.CODE_S}
    sentence = f"{code} enrols one terminal of {user_id}, within {operator.CODE_S // 60} minutes."
    print(json.dumps(said) if as_json else sentence, file=out or sys.stdout)
    return 0


def clients(data: Path | None, database: str | None, *, as_json: bool, out: TextIO | None = None) -> int:
    """Print every registered client.

    Raises:
        PartyFailed: the database cannot be opened, or no server has used it.
    """
    from core.server import operator

    with _store(data, database) as store:
        _print(operator.registered_clients(store), as_json, out)
    return 0


def contacts(data: Path | None, database: str | None, *, as_json: bool, out: TextIO | None = None) -> int:
    """Print every pairing.

    Raises:
        PartyFailed: the database cannot be opened, or no server has used it.
    """
    from core.server import operator

    with _store(data, database) as store:
        _print(operator.pairings(store), as_json, out)
    return 0


@contextmanager
def _store(data: Path | None, database: str | None) -> Iterator["Store"]:
    from core.server import operator

    folder = open_data_folder(data)
    if database is None and not (folder / f"{SERVER}.db").exists():
        raise PartyFailed("No user-management server has used this data folder yet.")
    with spoken(), operator.opened(database or database_in(folder, SERVER), now=time.time) as store:
        yield store


def _print(rows: Sequence[dict[str, str]], as_json: bool, out: TextIO | None) -> None:
    lines = [json.dumps(row, ensure_ascii=False) if as_json else "  ".join(row.values()) for row in rows]
    print(*lines or ([] if as_json else ["None yet."]), sep="\n", file=out or sys.stdout)
