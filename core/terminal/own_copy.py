"""A copy of everything that the server keeps about a person, for that person: one value, one JSON file."""

from pathlib import Path
from typing import TypeVar

import msgspec

from core.client.answer import Refusal
from core.client.home import Home
from core.client.private_file import write_private
from core.domain.errors import NodError
from core.wire.messages import Device, PictureBody, Profile, RequestView, TerminalView

FORMAT = "nod-export-1"
PAGE = 200
"""Requests that are asked for at once."""
T = TypeVar("T")


class OwnCopy(msgspec.Struct, frozen=True, omit_defaults=True):
    """The file's content."""

    format: str
    """`nod-export-1`."""
    profile: Profile
    """As the server keeps it."""
    terminals: tuple[TerminalView, ...]
    """The person's terminals."""
    devices: tuple[Device, ...]
    """Everybody who may ask."""
    requests: tuple[RequestView, ...]
    """Everything that was asked, newest first, each with its signed quote and receipt."""
    picture: bytes | None = None
    """PNG, in base64."""


async def collect(home: Home) -> OwnCopy | Refusal:
    """Asks the server for everything; the first refusal ends it.

    Raises:
        ServerAway, BadAnswer: if there is no usable answer.
    """
    profile, terminals, devices = await home.profile(), await home.terminals(), await home.devices()
    requests = await _requests(home)
    for answer in (profile, terminals, devices, requests):
        if isinstance(answer, Refusal):
            return answer
    picture = await home.picture()
    return OwnCopy(
        FORMAT,
        _there(profile),
        _there(terminals).terminals,
        _there(devices).devices,
        _there(requests),
        picture.picture if isinstance(picture, PictureBody) else None,
    )


def write(copy: OwnCopy, path: Path) -> bool:
    """Writes the file, for its owner's eyes only; False where it cannot be written."""
    content = msgspec.json.format(msgspec.json.encode(copy), indent=2)
    try:
        write_private(path, content)
    except (NodError, OSError):
        return False
    return True


async def _requests(home: Home) -> tuple[RequestView, ...] | Refusal:
    """Every page; challenges are left out: they belong to requests that are still open."""
    found: list[RequestView] = []
    before: int | None = None
    while True:
        page = await home.requests(before, PAGE)
        if isinstance(page, Refusal):
            return page
        found += [msgspec.structs.replace(view, challenge=None) for view in page.requests]
        if len(page.requests) < PAGE:
            return tuple(found)
        before = min(view.revision for view in page.requests)


def _there(answer: T | Refusal) -> T:
    assert not isinstance(answer, Refusal)  # noqa: S101 - the caller looked
    return answer
