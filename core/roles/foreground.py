"""A server alone in the foreground: it says where it listens, serves until it is asked to end, and leaves."""

import contextlib
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from core.roles.data_folder import open_data_folder
from core.roles.leaving import Leaving
from core.roles.premises import Door, Premises
from core.roles.running import AS_USUAL, Running
from core.roles.runtime_file import NAMES
from core.roles.serving import Served, ServerThread


def serve_alone(
    data: Path | None,
    role: str,
    door: Door,
    build: Callable[[Premises], Served],
    leaving: Leaving | None = None,
    *,
    running: Running = AS_USUAL,
) -> int:
    """Serve one role until TERM, INT or HUP, or until the server fails.

    Args:
        data: the folder of `--data`.
        role: `server` or `payment`.
        door: where to listen.
        build: makes the server for its premises; called in each process that serves.
        leaving: who asks it to end, besides signals.
        running: in how many processes, and what it tells meanwhile.

    Returns:
        0 after leaving as asked, 1 when the server ended by itself.

    Raises:
        RoleError: it cannot start; nothing is left running.
    """
    from core.roles import logs, measuring, workers

    _open_as_much_as_allowed()
    leaving = leaving or Leaving()
    leaving.on_signals()
    logs.configure(as_json=running.log_json, level=running.log_level)
    premises = Premises.take(open_data_folder(data), role, door)
    try:
        measured = measuring.wrapped(build, role, running, premises.data)
        said = f"The {NAMES[role]} listens at {premises.url}. Stop it with Ctrl-C."
        if running.workers > 1:
            return workers.serve(premises, measured, running, leaving, lambda: _say(said))
        thread = ServerThread([measured(premises)], on_end=leaving.ask, grace_s=running.grace_s)
        thread.start()
        _say(said)
        leaving.wait()
        thread.stop()
        return int(thread.has_failed)
    finally:
        premises.leave()


def _open_as_much_as_allowed() -> None:
    """Lift the number of files and connections from what a program gets at first (often 1,024) to its most.

    A stranger with a thousand connections would otherwise keep everybody else out.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):  # a system that has no such number: it stays as it is
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
