"""Several processes that serve together: one socket, one PostgreSQL, one parent that watches over them.

The parent binds the socket and holds the role's lock, forks before any thread exists, and replaces a worker
that dies. Each worker is a whole server; they meet in the database. A worker leaves on TERM, and when the
pipe to its parent ends, so that a killed parent leaves nobody behind.
"""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from core.domain.errors import NodError
from core.roles.errors import PartyFailed
from core.roles.leaving import Leaving
from core.roles.premises import Premises
from core.roles.running import Running
from core.roles.serving import JOIN_S, Served, ServerThread

Build = Callable[[Premises], Served]
LOOK_S = 0.1
TOO_SOON_S = 5.0
EARLY_DEATHS = 5
"""So many workers in a row that die younger than that end the server: a new one would meet the same."""
log = logging.getLogger(__name__)


def serve(
    premises: Premises, build: Build, running: Running, leaving: Leaving, on_ready: Callable[[], None]
) -> int:
    """Serve in `running.workers` processes until asked to leave; call it before any thread is started.

    Returns:
        0 after leaving as asked, 1 when the workers could not be kept alive.

    Raises:
        PartyFailed: the first worker did not come up; it has said why.
    """
    crew = Crew(premises, build, running)
    try:
        for _ in range(running.workers):
            crew.add()
        on_ready()
        while not leaving.wait(LOOK_S):
            if not crew.look():
                return 1
        return 0
    finally:
        crew.end()


class Crew:
    """The workers, from the parent's side."""

    def __init__(self, premises: Premises, build: Build, running: Running) -> None:
        self._premises, self._build, self._running = premises, build, running
        self._born: dict[int, float] = {}
        self._early = 0
        self._watched, self._held = os.pipe()

    def add(self) -> None:
        """Fork a worker and wait until it answers.

        Raises:
            PartyFailed: it ended before.
        """
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            os.close(self._held)
            _work(self._premises, self._build, self._running, writing, self._watched)
        os.close(writing)
        is_ready = os.read(reading, 1) == b"r"
        os.close(reading)
        if not is_ready:
            os.waitpid(pid, 0)
            raise PartyFailed("A worker did not start; the line above says why.")
        self._born[pid] = time.monotonic()

    def look(self) -> bool:
        """Replace the workers that died; False when that makes no sense any more."""
        for pid in self._gone():
            age_s = time.monotonic() - self._born.pop(pid)
            log.error("worker %s died after %.0f s", pid, age_s)
            if self._running.metrics:
                _forget(pid)
            self._early = self._early + 1 if age_s < TOO_SOON_S else 0
            if self._early == EARLY_DEATHS:
                return False
            self.add()
        return True

    def end(self) -> None:
        """Ask all to leave, wait for them, and end by force whoever stays."""
        for pid in self._born:
            os.kill(pid, signal.SIGTERM)
        give_up = time.monotonic() + self._running.grace_s + JOIN_S
        while self._born and time.monotonic() < give_up:
            for pid in self._gone():
                del self._born[pid]
            time.sleep(LOOK_S / 5)
        for pid in self._born:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(self._held)
        os.close(self._watched)

    def _gone(self) -> list[int]:
        return [pid for pid in self._born if os.waitpid(pid, os.WNOHANG)[0] == pid]


def _work(premises: Premises, build: Build, running: Running, ready: int, parent: int) -> None:
    """Be a worker; never returns."""
    status = 1
    try:
        leaving = Leaving()
        leaving.on_signals()
        threading.Thread(target=_watch, args=(parent, leaving), daemon=True).start()
        thread = ServerThread([build(premises)], on_end=leaving.ask, grace_s=running.grace_s)
        thread.start()
        os.write(ready, b"r")
        leaving.wait()
        thread.stop()
        status = int(thread.has_failed)
    except NodError as error:
        print(error.description, file=sys.stderr, flush=True)
    except BaseException:
        log.critical("a worker failed", exc_info=True)
    finally:
        sys.stderr.flush()
        os._exit(status)


def _forget(pid: int) -> None:
    from core.roles.meter import forget

    forget(pid)


def _watch(parent: int, leaving: Leaving) -> None:
    os.read(parent, 1)
    leaving.ask()
