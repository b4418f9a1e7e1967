"""Telling other processes on the same PostgreSQL what was committed: LISTEN/NOTIFY, ids only.

`pg_notify` runs inside the transaction, so a notification arrives exactly when the commit happened. What
was sent while the listener was disconnected is lost: on its return it hands out `MISSED`, and whoever
follows rows reads again from the last one seen.
"""

import logging
import selectors
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from core.database.engine import is_postgres

MISSED = ("missed", "")
"""Notifications may have been lost: read again from the last row seen."""

_CHANNEL = "nod"
_MAX_PAYLOAD = 7_900  # bytes; PostgreSQL refuses 8,000
_AGAIN_S = 0.5
_log = logging.getLogger(__name__)
_NOTIFY = text("SELECT pg_notify(:channel, :payload)")

Topics = list[tuple[str, str]]


def send(connection: Connection, writer: str, topics: Sequence[tuple[str, str]]) -> None:
    """Notifies the other processes when this transaction commits; does nothing on SQLite."""
    if connection.dialect.name != "postgresql":
        return
    for payload in _payloads(writer, topics):
        connection.execute(_NOTIFY, {"channel": _CHANNEL, "payload": payload})


def _payloads(writer: str, topics: Sequence[tuple[str, str]]) -> Iterator[str]:
    payload = msgspec.json.encode([writer, topics])
    if len(payload) <= _MAX_PAYLOAD:
        yield payload.decode()
    elif len(topics) > 1:
        half = len(topics) // 2
        yield from _payloads(writer, topics[:half])
        yield from _payloads(writer, topics[half:])
    else:
        raise ValueError("A notification carries an id, not contents.")


class Listener:
    """A thread that hears what other writers committed.

    Args:
        engine: The store; on SQLite nothing is ever heard.
        writer: The id of this process's writer, whose own notifications are passed over.
        heard: Called in the listener's thread.
    """

    def __init__(self, engine: Engine, writer: str, heard: Callable[[Topics], None]) -> None:
        self._engine, self._writer, self._heard = engine, writer, heard
        self._stopping = threading.Event()
        self._listening = threading.Event()
        self._alarm, self._bell = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="nod-listener", daemon=True)

    def start(self, wait_s: float = 5.0) -> None:
        """Starts listening and waits until the first LISTEN stands, so that nothing later is missed."""
        if is_postgres(self._engine):
            self._thread.start()
            self._listening.wait(wait_s)

    def stop(self, timeout_s: float) -> None:
        """Ends the thread."""
        self._stopping.set()
        self._alarm.close()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        self._bell.close()

    def _run(self) -> None:
        import psycopg

        while not self._stopping.is_set():
            try:
                self._listen()
            except (SQLAlchemyError, psycopg.Error) as error:
                _log.warning("notifications interrupted (%s); connecting again", type(error).__name__)
                self._stopping.wait(_AGAIN_S)

    def _listen(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"LISTEN {_CHANNEL}")
            if self._listening.is_set():
                self._heard([MISSED])
            self._listening.set()
            self._hear(connection.connection.dbapi_connection)

    def _hear(self, driver: Any) -> None:
        """Hands out what comes, until the alarm's end closes or the connection breaks."""
        with selectors.DefaultSelector() as wakers:
            wakers.register(driver.fileno(), selectors.EVENT_READ)
            wakers.register(self._bell, selectors.EVENT_READ)
            while not self._stopping.is_set():
                for notification in driver.notifies(timeout=0):
                    self._take(notification.payload)
                wakers.select()

    def _take(self, payload: str) -> None:
        try:
            writer, topics = msgspec.json.decode(payload, type=tuple[str, Topics])
        except msgspec.MsgspecError:
            _log.warning("a notification that nobody of ours wrote was passed over")
            return
        if writer != self._writer:
            self._heard(topics)
