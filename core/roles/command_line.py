"""From `sys.argv` to a role and from what happened to an exit status (DESIGN.md section 6).

Every role is a command of `core.roles.commands`. An error that a person can act on becomes one sentence on
standard error.
"""

import sys
from collections.abc import Sequence

from core.domain.errors import NodError
from core.roles.errors import RoleError


def run(arguments: Sequence[str]) -> int:
    """Play the role that `arguments` (without the program's name) ask for, and return the exit status."""
    try:
        return _play(list(arguments))
    except NodError as error:
        print(error.description, file=sys.stderr)
        return error.exit_status if isinstance(error, RoleError) else RoleError.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def _play(arguments: list[str]) -> int:
    from core.roles.commands import app

    try:
        app(arguments, prog_name="main.py")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
