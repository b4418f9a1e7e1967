"""What the operator does from the command line, beside a running server: codes, clients, contacts.

Every function opens the store by itself and closes it again. Rows are shared with a running server: it sees a
new client or contact at once, and that a client was removed within five seconds.
"""

import csv
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import msgspec

from core.domain.errors import NicknameRefused
from core.domain.nickname import check_nickname, nickname_key
from core.server import registration
from core.server.access_tokens import hashed
from core.server.client_metadata import checked, read_metadata
from core.server.clients import StoredMetadata
from core.server.store import clients, imports, profiles
from core.server.store.access import Store
from core.server.terminals import new_code, plain
from core.server.wiring import open_store

CODE_S = 3600
"""Seconds that an operator's enrolment code is good."""
TOKEN_S = 3600
"""Seconds that a single-use initial access token is good."""
_COLUMNS = ["device", "nickname", "user_id"]


class BadRow(msgspec.Struct, frozen=True):
    """A row that cannot be imported."""

    line: int
    """Line in the file, the heading being 1."""
    reason: str
    """What is wrong with it."""


class Imported(msgspec.Struct, frozen=True):
    """What became of an import: all rows, or none and why."""

    rows: int
    """Contacts added."""
    bad: tuple[BadRow, ...] = ()
    """Every bad row; with any of them nothing is imported."""


@contextmanager
def opened(database_url: str, now: Callable[[], float]) -> Iterator[Store]:
    """The store, for as long as the block lasts.

    Raises:
        DatabaseError: It cannot be opened; the text says what to do.
    """
    store = open_store(database_url, now=now)
    try:
        yield store
    finally:
        store.writer.stop(5.0)
        store.reader.close()
        store.engine.dispose()


def enrol(store: Store, user_id: str) -> str | None:
    """Makes a one-time code for a terminal of a user (`server enrol --user ID`); None: no such user."""
    code = new_code()
    made = store.writer.submit_blocking(
        lambda unit: profiles.add_code(unit, user_id, hashed(plain(code)), CODE_S)
    )
    return code if made else None


def invite(store: Store) -> str:
    """Makes a single-use initial access token for one registration (RFC 7591 section 3)."""
    token = secrets.token_urlsafe(32)
    store.writer.submit_blocking(lambda unit: clients.add_initial_token(unit, hashed(token), TOKEN_S))
    return token


def add_client(store: Store, metadata: dict[str, Any], now: float) -> dict[str, Any]:
    """Registers a client (`server clients add`); returns what RFC 7591 section 3.2.1 returns.

    Raises:
        Refused: `invalid_client_metadata`; the description says what is wrong.
    """
    given = read_metadata(metadata)
    name, stored = checked(given, may_observe=True, allows_http=False)
    client_id, secret = registration.new_client_id(), registration.new_secret(stored)
    secret_sha256 = hashed(secret) if secret else None
    store.writer.submit_blocking(
        lambda unit: clients.add(unit, client_id, name, given.nod_kind, secret_sha256, stored)
    )
    return registration.described(client_id, secret, now, name, given, stored)


def list_clients(store: Store) -> list[dict[str, Any]]:
    """All registered clients, without secrets (`server clients list`)."""
    return [
        {
            "client_id": row.client_id,
            "client_name": row.name,
            "nod_kind": row.kind,
            "client_id_issued_at": int(row.registered_at),
            **msgspec.to_builtins(msgspec.json.decode(row.metadata, type=StoredMetadata)),
        }
        for row in store.reader.read(clients.every)
    ]


def remove_client(store: Store, client_id: str) -> bool:
    """Removes a client, its pairings and tokens (`server clients remove`); False: there is none such."""
    return store.writer.submit_blocking(lambda unit: clients.remove(unit, client_id))


def import_contacts(store: Store, file: Path) -> Imported:
    """Imports `device,nickname,user_id` rows (`server contacts import FILE.csv`): all of them or none.

    Args:
        store: The store.
        file: CSV in UTF-8 with that heading; `device` is a client id.

    Raises:
        OSError: The file cannot be read.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows, bad = _read_rows(lines)
    bad += store.reader.read(lambda c: [BadRow(*pair) for pair in imports.problems(c, rows)])
    if bad:
        return Imported(0, tuple(sorted(bad, key=lambda row: row.line)))
    store.writer.submit_blocking(lambda unit: imports.add_all(unit, rows), timeout_s=600)
    return Imported(len(rows))


def _read_rows(lines: TextIO) -> tuple[list[imports.Row], list[BadRow]]:
    """The rows that can be read, and those that cannot; a nickname twice for one device is bad too."""
    rows: list[imports.Row] = []
    bad: list[BadRow] = []
    seen: set[tuple[str, str]] = set()
    try:
        reader = csv.reader(lines, strict=True)
        if next(reader, None) != _COLUMNS:
            return [], [BadRow(1, "The first line must be device,nickname,user_id.")]
        for cells in reader:
            found = _row(reader.line_num, cells, seen)
            if isinstance(found, BadRow):
                bad.append(found)
            elif found is not None:
                rows.append(found)
    except (csv.Error, UnicodeDecodeError) as error:
        bad.append(BadRow(reader.line_num + 1, f"The line cannot be read as CSV in UTF-8 ({error})."))
    return rows, bad


def _row(line: int, cells: list[str], seen: set[tuple[str, str]]) -> imports.Row | BadRow | None:
    if not cells:
        return None
    if len(cells) != len(_COLUMNS):
        return BadRow(line, "The line does not have three cells.")
    client_id, nickname, user_id = (cell.strip() for cell in cells)
    try:
        shown = check_nickname(nickname)
    except NicknameRefused as refused:
        return BadRow(line, refused.description)
    marks = {(client_id, "nickname " + nickname_key(shown)), (client_id, "user " + user_id)}
    if marks & seen:
        return BadRow(line, "The device has this nickname or this user in an earlier line.")
    seen |= marks
    return imports.Row(line, client_id, shown, nickname_key(shown), user_id)
