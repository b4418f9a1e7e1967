"""A server's place in the house: its role's lock and its bound address, taken before anything else starts.

Who has both can start at leisure: a second instance has been refused, the port is ours, and clients that
read the address meanwhile wait in the queue of the socket.
"""

import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from core.roles.listening import bind, url_of
from core.roles.runtime_file import HeldRole, new_initial_access_token
from core.roles.tls import Tls, refuse_clear_text


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where a server listens and by what name others reach it."""

    host: str = "127.0.0.1"
    """Address to listen at."""

    port: int | None = None
    """Port to listen at; None for the last one, or at the first start a random one."""

    url: str | None = None
    """Address for others where it differs, as behind a proxy that speaks https; also the issuer."""

    tls: Tls | None = None
    """What to speak https with; None for clear text."""

    clear_text: bool = False
    """Whether clear text is wanted beyond this machine, as behind a proxy on another one."""


@dataclass(frozen=True)
class Premises:
    """One role's lock, socket, address and secret, from `take` to `leave`."""

    data: Path
    """The data folder."""

    held: HeldRole
    """The lock on `run/<role>.json`."""

    listener: socket.socket
    """Bound and listening."""

    url: str
    """Base address and issuer, without a slash at the end."""

    secret: str
    """What opens registration, or at payment the operator's doors; new at each start. Never logged."""

    tls: Tls | None = None
    """What to speak https with."""

    @classmethod
    def take(cls, data: Path, role: str, door: Door) -> Self:
        """Lock the role, bind its address, and say so in `run/<role>.json`.

        Raises:
            AlreadyRunning: another process plays the role.
            PortRefused: the address cannot be listened at.
            FolderRefused: the data folder cannot be written.
            WrongUse: clear text beyond this machine was not asked for, or others could not find the address.
        """
        refuse_clear_text(door.host, door.url, has_tls=door.tls is not None, is_wanted=door.clear_text)
        held = HeldRole.take(data, role)
        try:
            listener = bind(door.host, door.port, held.last_port)
        except BaseException:
            held.release()
            raise
        url = (door.url or url_of(listener, has_tls=door.tls is not None)).rstrip("/")
        secret = new_initial_access_token()
        held.announce(url=url, issuer=url, initial_access_token=secret)
        return cls(data, held, listener, url, secret, door.tls)

    def leave(self) -> None:
        """Close the socket and let go of the lock; a second call does nothing."""
        self.listener.close()
        self.held.release()
