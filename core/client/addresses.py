"""Where the servers are: an address from the command line, or the data folder's `run/<role>.json`.

A server holds an exclusive lock on its file for as long as it lives. A file that can be locked belongs
to a server that is down, and nothing is sent to its address: another program may listen there by now.
"""

import fcntl
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import msgspec

from core.client.errors import AddressRefused, ServerAway
from core.wire.runtime import RuntimeFile

SERVER = "server"
PAYMENT = "payment"


@dataclass(frozen=True)
class Found:
    """Where a server is now."""

    url: str
    """Base address without a slash at the end."""
    secret: str = ""
    """Opens `/register` and `/profiles`, empty where we have none. Never logged."""


class Address(Protocol):
    """Something that knows where a server is, and whether it is there."""

    def find(self) -> Found:
        """Where the server is now.

        Raises:
            ServerAway: if it is certainly down.
        """


@dataclass(frozen=True)
class FixedAddress:
    """An address that somebody named."""

    url: str
    """Base address; checked when made by `fixed`."""
    secret: str = ""
    """An initial access token that came with it."""

    def find(self) -> Found:
        """The address as named."""
        return Found(self.url, self.secret)


@dataclass(frozen=True)
class FolderAddress:
    """A server of this data folder."""

    folder: Path
    """The data folder."""
    role: str
    """`server` or `payment`."""

    def find(self) -> Found:
        """The address in the locked file.

        Raises:
            ServerAway: if there is no file, nobody holds it, or it is half written.
        """
        running = self.running()
        return Found(check_url(running.url), running.initial_access_token)

    def running(self) -> RuntimeFile:
        """What the living server says of itself.

        Raises:
            ServerAway: if there is no file, nobody holds it, or it is half written.
        """
        try:
            with (self.folder / "run" / f"{self.role}.json").open("rb") as file:
                held, content = _is_held(file.fileno()), file.read(65_536)
        except OSError as error:
            raise ServerAway(f"No {self.role} of this data folder is running.", sent=False) from error
        if not held:
            raise ServerAway(f"The {self.role} of this data folder is not running.", sent=False)
        try:
            return msgspec.json.decode(content, type=RuntimeFile)
        except msgspec.MsgspecError as error:
            raise ServerAway(f"The {self.role} of this data folder is starting.", sent=False) from error


def _is_held(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)  # shared, so clients do not hinder each other
    except BlockingIOError:
        return True
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return False


def fixed(url: str, secret: str = "") -> FixedAddress:
    """An address from a command line.

    Raises:
        AddressRefused: if it is no http(s) address, or plain http to another machine.
    """
    return FixedAddress(check_url(url), secret)


def server_address(url: str | None, folder: Path, secret: str = "") -> Address:
    """The user-management server: the named one, else the data folder's own.

    Raises:
        AddressRefused: if the named address cannot be called.
    """
    return fixed(url, secret) if url else FolderAddress(folder, SERVER)


def payment_address(url: str, folder: Path | None) -> Address:
    """The payment server that the user-management server named.

    Where it is the data folder's own, its lock is looked at before each call.

    Raises:
        AddressRefused: if the address cannot be called.
    """
    named = fixed(url)
    if folder is None:
        return named
    try:
        content = (folder / "run" / f"{PAYMENT}.json").read_bytes()
        own = msgspec.json.decode(content, type=RuntimeFile).url == named.url
    except (OSError, msgspec.MsgspecError):
        return named
    return FolderAddress(folder, PAYMENT) if own else named


def check_url(url: str) -> str:
    """The address without a slash at the end.

    Raises:
        AddressRefused: if it is no http(s) address, holds more than scheme, host, port and path, or
            is plain http to another machine.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if parts.scheme not in ("http", "https") or not host or not plain:
        raise AddressRefused("This is no server address. Write it like http://127.0.0.1:8080.")
    if parts.scheme == "http" and not is_loopback(host):
        raise AddressRefused("Nod calls other machines over https only. Write the address with https.")
    return url.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by name or number, without asking any name server."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
