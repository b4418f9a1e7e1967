"""A server alone in the foreground: it says where it listens, serves until it is asked to end, and leaves."""

import sys
from collections.abc import Callable
from pathlib import Path

from core.roles.data_folder import open_data_folder
from core.roles.leaving import Leaving
from core.roles.premises import Door, Premises
from core.roles.runtime_file import NAMES
from core.roles.serving import Served, ServerThread


def serve_alone(
    data: Path | None,
    role: str,
    door: Door,
    build: Callable[[Premises], Served],
    leaving: Leaving | None = None,
) -> int:
    """Serve one role until TERM, INT or HUP, or until the server fails.

    Args:
        data: the folder of `--data`.
        role: `server` or `payment`.
        door: where to listen.
        build: makes the server for its premises.
        leaving: who asks it to end, besides signals.

    Returns:
        0 after leaving as asked, 1 when the server ended by itself.

    Raises:
        RoleError: it cannot start; nothing is left running.
    """
    leaving = leaving or Leaving()
    leaving.on_signals()
    premises = Premises.take(open_data_folder(data), role, door)
    try:
        thread = ServerThread([build(premises)], on_end=leaving.ask)
        thread.start()
        print(
            f"The {NAMES[role]} listens at {premises.url}. Stop it with Ctrl-C.", file=sys.stderr, flush=True
        )
        leaving.wait()
        thread.stop()
        return int(thread.has_failed)
    finally:
        premises.leave()
