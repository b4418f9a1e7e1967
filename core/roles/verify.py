"""`main.py verify FILE`: checks the evidence of one request, offline, link by link."""

import sys
from pathlib import Path
from typing import TextIO

import msgspec

from core.roles.errors import RoleError
from core.wire.evidence import Evidence, Link, check

LARGEST = 4 * 1024 * 1024
"""Bytes of the largest file that is read."""


class EvidenceUnreadable(RoleError):
    """The file is missing, too large, or no evidence."""

    code = "evidence_unreadable"


def verify(file: Path, *, as_json: bool = False, out: TextIO | None = None) -> int:
    """Print for each link of the chain whether it holds.

    Returns:
        0 if every link holds, else 1.

    Raises:
        EvidenceUnreadable: the file cannot be read as evidence.
    """
    links = check(_read(file))
    holds = all(link.holds for link in links)
    print(_json(links, holds) if as_json else _words(links, holds), file=out or sys.stdout)
    return int(not holds)


def _read(path: Path) -> Evidence:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise EvidenceUnreadable(f"The file {path} cannot be read ({error.strerror}).") from error
    if len(content) > LARGEST:
        raise EvidenceUnreadable(f"The file {path} is too large to be the evidence of one request.")
    try:
        return msgspec.json.decode(content, type=Evidence)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise EvidenceUnreadable(f"The file {path} is no evidence of a request: {error}.") from error


def _words(links: tuple[Link, ...], holds: bool) -> str:
    lines = [f"{link.name:<14} {'holds' if link.holds else f'is broken: {link.why}'}" for link in links]
    end = "Every link holds." if holds else "The evidence does not hold together."
    return "\n".join([*lines, end])


def _json(links: tuple[Link, ...], holds: bool) -> str:
    return msgspec.json.encode({"holds": holds, "links": links}).decode()
