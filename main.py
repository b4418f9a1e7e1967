"""Nod's command line: `main.py` opens the desktop, `main.py --help` names everything else."""

import sys

from core.roles.command_line import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
