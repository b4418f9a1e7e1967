"""`main.py server enrol`, `clients`, `contacts` and `keys`: what only the operator may do or see."""

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
from core.roles.errors import PartyFailed, RoleError, WrongUse
from core.roles.servers import database_in

if TYPE_CHECKING:
    from core.server.store.access import Store


class NoSuchUser(RoleError):
    """Nobody is registered under the ID that was named."""

    code = "no_such_user"


class NoSuchClient(RoleError):
    """No client is registered under the id that was named."""

    code = "no_such_client"


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


def list_clients(data: Path | None, database: str | None, out: TextIO | None = None) -> int:
    """Print every registered client as one JSON array.

    Raises:
        PartyFailed: the database cannot be opened, or no server has used it.
    """
    from core.server import operator

    with _store(data, database) as store:
        _print_json(operator.registered_clients(store), out)
    return 0


def add_client(data: Path | None, database: str | None, file: Path, out: TextIO | None = None) -> int:
    """Register a client from a file of RFC 7591 metadata, `-` for standard input, and print the answer.

    Raises:
        WrongUse: the file cannot be read or its metadata cannot be right; nothing was registered.
        PartyFailed: the database cannot be opened, or no server has used it.
    """
    from core.server import operator
    from core.server.errors import Refused

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        metadata = json.loads(text)
    except (OSError, ValueError) as error:
        raise WrongUse(f"The metadata cannot be read ({error}).") from error
    if not isinstance(metadata, dict):
        raise WrongUse("The metadata is one JSON object, as in RFC 7591.")
    with _store(data, database) as store:
        try:
            _print_json(operator.add_client(store, metadata, time.time()), out)
        except Refused as error:
            raise WrongUse(error.description) from error
    return 0


def invite(data: Path | None, database: str | None, out: TextIO | None = None) -> int:
    """Print a single-use initial access token as JSON.

    Raises:
        PartyFailed: the database cannot be opened, or no server has used it.
    """
    from core.server import operator

    with _store(data, database) as store:
        _print_json({"initial_access_token": operator.invite(store), "expires_in": operator.TOKEN_S}, out)
    return 0


def remove_client(data: Path | None, database: str | None, client_id: str, out: TextIO | None = None) -> int:
    """Remove a client and print that as JSON.

    Raises:
        NoSuchClient: nobody is registered under that id.
        PartyFailed: the database cannot be opened, or no server has used it.
    """
    from core.server import operator

    with _store(data, database) as store:
        if not operator.remove_client(store, client_id):
            raise NoSuchClient(f"No client is registered here as {client_id}.")
    _print_json({"removed": client_id}, out)
    return 0


def import_contacts(
    data: Path | None, database: str | None, file: Path, *, as_json: bool, out: TextIO | None = None
) -> int:
    """Import contacts; 0 when all rows are in, 1 when a row is bad and nothing was imported.

    Raises:
        WrongUse: the file cannot be read.
        PartyFailed: the database cannot be opened, or no server has used it.
    """
    from core.server import contact_import

    with _store(data, database) as store:
        try:
            done = contact_import.import_contacts(store, file)
        except OSError as error:
            raise WrongUse(f"The file {file} cannot be read ({error.strerror}).") from error
    bad = [{"line": row.line, "reason": row.reason} for row in done.bad]
    if as_json:
        _print_json({"rows": done.rows, "bad": bad}, out)
    else:
        lines = [f"line {row['line']}: {row['reason']}" for row in bad]
        ending = "Nothing was imported." if bad else f"{done.rows} contacts were imported."
        print(*lines, ending, sep="\n", file=out or sys.stdout)
    return int(bool(bad))


def rotate_keys(
    data: Path | None, database: str | None, *, as_json: bool = False, out: TextIO | None = None
) -> int:
    """Make a new signing key and print its id.

    Raises:
        PartyFailed: the database cannot be opened, or no server has used it.
    """
    from core.server import operator

    with _store(data, database) as store:
        kid = operator.rotate_keys(store)
    print(json.dumps({"kid": kid}) if as_json else f"The new key is {kid}.", file=out or sys.stdout)
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


def _print_json(value: object, out: TextIO | None) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2), file=out or sys.stdout)
