"""The file by which a running server is found on its own machine: `run/<role>.json` in the data folder.

The server writes it (mode 0600) and holds an exclusive lock on it for as long as it lives; a client of
the same data folder reads it. A file that nobody locks describes a server that is down, and nothing is
sent to its address. It is written in place, so a reader that finds half of it looks again.
"""

import msgspec


class RuntimeFile(msgspec.Struct, frozen=True, kw_only=True):
    """Where a server of this data folder listens, and what opens its doors to the folder's other parties."""

    role: str
    """Which server: `server` (user management) or `payment`."""

    url: str
    """Its address with scheme and port, without a slash at the end; kept for the next start."""

    issuer: str
    """The issuer name in what it signs; the same as `url` unless the operator says otherwise."""

    initial_access_token: str
    """Opens `/register` and `/profiles` (RFC 7591 section 3); at payment the operator's doors."""

    pid: int
    """The process that holds the lock, for the sentence that a second instance says."""
