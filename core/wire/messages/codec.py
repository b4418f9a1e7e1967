"""How a message is read and written, and what every message has in common."""

from typing import Any, TypeVar

import msgspec

from core.domain.errors import DomainError
from core.wire.errors import MessageRefused, WireError

T = TypeVar("T")


def decode(body: bytes, shape: type[T]) -> T:
    """Reads a JSON message into its shape.

    Raises:
        MessageRefused: if it is no JSON, or members are missing, unknown or of the wrong type.
    """
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, DomainError, WireError, ValueError, RecursionError) as error:
        raise MessageRefused(str(error) or "The message cannot be read.") from error


def encode(message: Any) -> bytes:
    """The JSON bytes of a message."""
    return msgspec.json.encode(message)


class In(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A message that a server takes."""


class Out(msgspec.Struct, frozen=True, omit_defaults=True):
    """A message that a server gives."""
