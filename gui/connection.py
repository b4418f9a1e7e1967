"""How the window stands to its server, and what may be said and done because of it; no widget needed."""

from enum import StrEnum


class Connection(StrEnum):
    """What is known of the way to the server."""

    CONNECTING = "connecting"
    ONLINE = "online"
    SILENT = "silent"
    """The last thing that was asked got no answer, though the stream of requests is open."""
    OFFLINE = "offline"
    """The server is away; it is tried again."""
    REMOVED = "removed"
    """This computer is none of the person's any more."""
    BROKEN = "broken"
    """Only the person can bring it back."""


AWAY = frozenset({Connection.SILENT, Connection.OFFLINE})
"""Where the server is tried again: told in one way, however it was found out."""
HOLDS = frozenset({Connection.OFFLINE, Connection.REMOVED, Connection.BROKEN})
"""Where no answer can be sent."""


def status(connection: Connection, user: str) -> str:
    """The key of the words at the foot of the rail.

    Args:
        connection: how it is.
        user: the person's user ID; empty while it is not known.
    """
    if connection in HOLDS | AWAY:
        return "desktop-offline"
    if connection is Connection.ONLINE and not user:
        return "desktop-online-unnamed"
    return f"desktop-{connection}"


def hold(connection: Connection) -> str:
    """The key of the sentence why nothing can be answered now; empty where it can."""
    return f"desktop-requests-held-{connection}" if connection in HOLDS else ""


def devices_held(connection: Connection) -> str:
    """The key of the sentence why no device can be paired, changed or blocked now; empty where it can."""
    if connection in AWAY:
        return "desktop-devices-held-away"
    if connection in HOLDS:
        return "desktop-devices-held"
    return "desktop-devices-held-connecting" if connection is Connection.CONNECTING else ""
