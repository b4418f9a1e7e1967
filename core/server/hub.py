"""Hands the writer's notifications to whoever waits on this process's event loop: inboxes, caches, workers.

A topic is a word, a key an id. After lost notifications everybody is called: each then reads its rows again.
"""

import asyncio
from collections.abc import Callable

from core.database.writer import MISSED, Topics, Writer

CLIENT_CHANGED = "client_changed"
"""A client was registered, changed or removed; the key is its client id (a terminal is a client too)."""
TERMINAL_REMOVED = "terminal_removed"
"""A terminal was removed: its inbox closes at once; the key is its terminal id."""
TOKEN_REVOKED = "token_revoked"  # noqa: S105
"""An access token was revoked; the key is its hash."""
KEYS_CHANGED = "keys_changed"
"""The server's signing keys were rotated."""

Callback = Callable[[str], None]


class Hub:
    """Callbacks by topic and key; all of them run on the loop, none of them may wait."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str], tuple[Callback, ...]] = {}
        self._by_topic: dict[str, tuple[Callback, ...]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def start(self, writer: Writer) -> None:
        """Starts listening; call it on the loop that serves."""
        self._loop = asyncio.get_running_loop()
        self._unsubscribe = writer.subscribe(self._heard)

    def stop(self) -> None:
        """Stops listening."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._loop = None

    def on(self, topic: str, key: str, callback: Callback) -> Callable[[], None]:
        """Calls `callback(key)` on each notification of this topic and key; returns what ends that."""
        place = (topic, key)
        self._by_key[place] = (*self._by_key.get(place, ()), callback)

        def off() -> None:
            left = tuple(other for other in self._by_key.get(place, ()) if other is not callback)
            if left:
                self._by_key[place] = left
            else:
                self._by_key.pop(place, None)

        return off

    def is_heard(self, topic: str, key: str) -> bool:
        """Whether anybody on this loop waits for that topic and key."""
        return (topic, key) in self._by_key

    def on_topic(self, topic: str, callback: Callback) -> Callable[[], None]:
        """Calls `callback(key)` on each notification of this topic, key "" for all. Returns what ends it."""
        self._by_topic[topic] = (*self._by_topic.get(topic, ()), callback)

        def off() -> None:
            kept = tuple(other for other in self._by_topic[topic] if other is not callback)
            self._by_topic[topic] = kept

        return off

    def _heard(self, topics: Topics) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._deliver, topics)

    def _deliver(self, topics: Topics) -> None:
        if MISSED in topics:
            self._wake_all()
            return
        for topic, key in dict.fromkeys(topics):
            for callback in self._by_topic.get(topic, ()):
                callback(key)
            for callback in self._by_key.get((topic, key), ()):
                callback(key)

    def _wake_all(self) -> None:
        for callbacks in tuple(self._by_topic.values()):
            for callback in callbacks:
                callback("")
        for (_, key), callbacks in tuple(self._by_key.items()):
            for callback in callbacks:
                callback(key)
