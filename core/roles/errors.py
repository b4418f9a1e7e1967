"""Why a role cannot start or go on, as one sentence for the person at the command line.

NodError
└── RoleError                 role_error          exit status 1
    ├── FolderRefused         folder_refused      the data folder is no good
    ├── AlreadyRunning        already_running     another process holds the role
    ├── PortRefused           port_refused        the address cannot be listened at
    ├── PartyFailed           party_failed        a server did not come up
    ├── WindowsFailed         windows_failed      the windows could not be built
    ├── Interrupted           interrupted         somebody ended the demo
    └── WrongUse              wrong_use           exit status 2: the command line makes no sense
"""

from typing import ClassVar

from core.domain.errors import NodError


class RoleError(NodError):
    """A role cannot start; the description says what happened and what to do."""

    code = "role_error"
    exit_status: ClassVar[int] = 1
    """What the process ends with (DESIGN.md section 6)."""


class FolderRefused(RoleError):
    """The data folder cannot be written, or others on this machine can read it."""

    code = "folder_refused"


class AlreadyRunning(RoleError):
    """Another process already plays this role on this data folder."""

    code = "already_running"


class PortRefused(RoleError):
    """The address cannot be listened at: taken, not ours, or not allowed."""

    code = "port_refused"


class PartyFailed(RoleError):
    """A server did not come up, or stopped by itself."""

    code = "party_failed"


class WindowsFailed(RoleError):
    """The windows could not be built, or broke."""

    code = "windows_failed"


class WrongUse(RoleError):
    """The command line names something that does not fit together."""

    code = "wrong_use"
    exit_status = 2


class Interrupted(RoleError):
    """Somebody ended the demo before its scenario was."""

    code = "interrupted"
