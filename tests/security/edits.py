"""One change of a good request, wherever in it: members, JSON within a form, claims of a JWT, its parts."""

import base64
import json
from dataclasses import replace
from enum import IntEnum
from typing import Any

import msgspec

from tests.security.hostile_bytes import Signed

LONGEST = 70_000
"""Bytes of a value that is repeated: more than a server reads."""
GONE = object()
"""Stands where something was dropped."""


class How(IntEnum):
    """What an edit does with the thing at its place."""

    TEXT = 0
    JSON = 1
    SPLICE = 2
    DROP = 3
    ADD = 4
    REPEAT = 5


class Edit(msgspec.Struct, array_like=True, frozen=True):
    """One change of a good request."""

    place: int
    """0 is the thing itself; else which of its parts, and then which of that part's."""
    how: int
    value: bytes


def bent(held: Any, place: int, edit: Edit) -> Any:
    """What is held, changed in one place."""
    inside = _opened(held) if place else None
    if not inside:
        return _leaf(held, edit)
    index, further = (place - 1) % len(inside), (place - 1) // len(inside)
    name = list(inside)[index]
    changed = bent(inside[name], further, edit)
    parts = {key: changed if key == name else part for key, part in inside.items()}
    return _closed(held, {key: part for key, part in parts.items() if part is not GONE})


def _opened(held: Any) -> dict[Any, Any] | None:
    """The parts of a thing that has parts."""
    match held:
        case dict():
            return held
        case list():
            return dict(enumerate(held))
        case Signed():
            return dict(held.claims)
        case str() if held.count(".") == 2:
            return dict(enumerate(held.split(".")))
        case str() if held[:1] in ("{", "[", '"'):
            value = _parsed(held)
            return {0: value} if isinstance(value, dict | list) else None
        case str() if held.startswith("eyJ"):
            return {0: _decoded(held)}
    return None


def _closed(held: Any, parts: dict[Any, Any]) -> Any:
    match held:
        case dict():
            return parts
        case list():
            return list(parts.values())
        case Signed():
            return replace(held, claims=parts)
        case str() if held.count(".") == 2:
            return ".".join(str(part) for part in parts.values())
        case str() if held.startswith("eyJ"):
            raw = str(parts.get(0, "")).encode("utf-8", "replace")
            return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return json.dumps(parts.get(0))


def _leaf(held: Any, edit: Edit) -> Any:
    text = edit.value.decode("utf-8", "surrogateescape")
    match edit.how % len(How):
        case How.DROP:
            return GONE
        case How.JSON:
            return _parsed(text)
        case How.ADD if isinstance(held, dict):
            name, _, value = text.partition("=")
            return {**held, name: value}
        case How.ADD if isinstance(held, Signed):
            name, _, value = text.partition("=")
            return replace(held, claims={**held.claims, name: _parsed(value)})
        case How.SPLICE if isinstance(held, bool):
            return not held
        case How.SPLICE if isinstance(held, int):
            return held + int.from_bytes(edit.value[:8], "big", signed=True)
        case How.SPLICE if isinstance(held, str) and text:
            place = ord(text[0]) % (len(held) + 1)
            return held[:place] + text[1:] + held[place + 1 :]
        case How.REPEAT if text:
            return text * (LONGEST // len(text))
    return text


def _decoded(held: str) -> str:
    try:
        return base64.urlsafe_b64decode(held.encode("ascii", "ignore") + b"==").decode("utf-8", "replace")
    except ValueError:
        return ""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
