"""What a handler gives back, before any framework: status, bytes, headers."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from core.wire.messages import encode

JSON = "application/json"


class Answer(NamedTuple):
    """An answer to one HTTP request."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}
    """Beside `Content-Length`, `Content-Type` and `Cache-Control: no-store`."""
    media_type: str = JSON


def json_answer(message: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer with a JSON value or a message of `core.wire.messages`."""
    return Answer(status, encode(message), headers or {})


NOTHING = Answer(204)
"""204 without a body."""
