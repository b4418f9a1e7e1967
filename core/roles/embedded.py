"""Both servers inside this process: their places taken at once, their code imported only when they start.

Whoever embeds them (desktop, text desktop, demo) takes both places first, so that a second instance and a
taken port are known before anything is shown, and starts them once the first window is painted.
"""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from core.client.addresses import PAYMENT, SERVER
from core.roles.errors import AlreadyRunning
from core.roles.premises import Door, Premises
from core.roles.serving import ServerThread, settle_memory


class EmbeddedServers:
    """The two servers of one data folder, from `take` to `stop`; those that run elsewhere are left alone."""

    def __init__(
        self,
        data: Path,
        *,
        on_end: Callable[[], None] = lambda: None,
        takes_local_events: bool = False,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Prepare; nothing is taken yet.

        Args:
            data: the data folder.
            on_end: called from the servers' thread when they end after they had come up.
            takes_local_events: whether a walkthrough's local steps are taken (demo and class mode).
            now: epoch seconds UTC.
        """
        self._data, self._on_end, self._now = data, on_end, now
        self._takes_local_events = takes_local_events
        self._taken: dict[str, Premises] = {}
        self._thread: ServerThread | None = None
        self._came_up = False

    def take(self) -> None:
        """Take the place of each server that does not run on this data folder already.

        Raises:
            PortRefused: the address that the folder's devices know is taken by another program.
            FolderRefused: the data folder cannot be written.
        """
        try:
            for role in (SERVER, PAYMENT):
                with contextlib.suppress(AlreadyRunning):
                    self._taken[role] = Premises.take(self._data, role, Door())
        except BaseException:
            self.stop()
            raise

    def start(self) -> None:
        """Start what was taken and return when it answers; called at most once, from any thread.

        Raises:
            PartyFailed: a server did not come up.
        """
        from core.roles.servers import build_payment, build_server

        served = []
        if SERVER in self._taken:
            place = self._taken[SERVER]
            served.append(build_server(place, takes_local_events=self._takes_local_events, now=self._now))
        if PAYMENT in self._taken:
            served.append(build_payment(self._taken[PAYMENT], now=self._now))
        if served:
            self._thread = ServerThread(served, on_end=self._ended)
            self._thread.start()
            self._came_up = True
        else:
            settle_memory()  # as the servers' thread does: a round over all of Qt stalls the windows

    def _ended(self) -> None:
        if self._came_up:
            self._on_end()

    @property
    def has_failed(self) -> bool:
        """Whether a server ended without being asked."""
        return self._thread is not None and self._thread.has_failed

    def stop(self) -> None:
        """End them, close their stores and let go of their places. A second call does nothing."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop()
        for place in self._taken.values():
            place.leave()
        self._taken.clear()
