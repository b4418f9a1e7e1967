"""Nod's command line: `main.py` opens the desktop, `main.py --help` names everything else."""

import sys

from core.roles.command_line import run

if __name__ == "__main__":
    # httpx would load its own command line (click, rich, pygments: 50 ms) into every process of ours.
    sys.modules["httpx._main"] = None  # type: ignore[assignment]
    sys.exit(run(sys.argv[1:]))
