"""What the fuzzer looks through: a line that sends bytes as they are, and a database whose change shows."""

import http.client
import socket
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

from tests.security.hostile_bytes import Shot

FREE = {
    "audit_events",  # refused authentication requests are recorded
    "audit_links",
    "spent_jtis",  # an assertion counts once, whatever came with it
    "code_locks",  # wrong codes are counted
    "access_tokens",  # a good login is no change
}
"""Tables that may grow by a refused request."""
_REFUSED = "('denied', 'reported', 'expired', 'withdrawn')"
TOLD = {("requests", "redeemed_at"): f"CASE WHEN state NOT IN {_REFUSED} THEN redeemed_at END"}
"""Read in place of a column: that a client was told of a refusal is kept, and a 400 is what tells it."""
SILENCE_S = 15.0
"""Seconds without an answer that count as a hang."""


class Watched:
    """One database, and whether its meaningful rows are what they were."""

    def __init__(self, file: Path) -> None:
        self._rows = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        names = self._rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self._tables = {name: self._columns(name) for (name,) in sorted(names) if name not in FREE}
        self._version = self._version_now()
        self.rows = self._read()

    def has_changed(self) -> bool:
        """Whether rows changed since the last call."""
        version, before = self._version_now(), self.rows
        if version != self._version:
            self._version, self.rows = version, self._read()
        return self.rows != before

    def close(self) -> None:
        self._rows.close()

    def _version_now(self) -> int:
        return int(self._rows.execute("PRAGMA data_version").fetchone()[0])

    def _read(self) -> dict[str, int]:
        return {
            name: hash(tuple(self._rows.execute(f"SELECT {columns} FROM {name}").fetchall()))
            for name, columns in self._tables.items()
        }

    def _columns(self, table: str) -> str:
        names = [row[1] for row in self._rows.execute(f"PRAGMA table_info({table})")]
        return ", ".join(TOLD.get((table, name), name) for name in names)


def stores_of(folder: Path) -> list[Watched]:
    """The databases of both servers of a world."""
    return [Watched(folder / name) for name in ("server.db", "payment.db")]


class Line:
    """A connection that sends bytes as they are and reads one answer to each."""

    def __init__(self, url: str) -> None:
        split = urlsplit(url)
        self._address = (str(split.hostname), int(split.port or 0))
        self._socket: socket.socket | None = None

    def answer(self, shot: Shot) -> int:
        """The status; streams are not read to their end.

        Raises:
            TimeoutError: the server says nothing.
        """
        for _ in range(3):
            try:
                return self._once(shot)
            except (ConnectionError, http.client.RemoteDisconnected, http.client.BadStatusLine):
                # The server had hung up after the shot before, as it may.
                self.close()
        raise AssertionError(f"no answer to {shot.name}")

    def _once(self, shot: Shot) -> int:
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=SILENCE_S)
        self._socket.sendall(shot.data)
        answer = http.client.HTTPResponse(self._socket, method=shot.method)
        answer.begin()
        if "event-stream" in answer.headers.get("content-type", "") or answer.will_close:
            self.close()
        else:
            answer.read()
        return answer.status

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
