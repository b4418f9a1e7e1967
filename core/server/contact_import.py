"""Imports contacts from a CSV file (`server contacts import FILE`): all of its rows, or none and why."""

import csv
from pathlib import Path
from typing import TextIO

import msgspec

from core.domain.errors import NicknameRefused
from core.domain.nickname import check_nickname, nickname_key
from core.server.store import imports
from core.server.store.access import Store

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
