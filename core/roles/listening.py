"""Which address a server listens at: bound before anything else starts, so that it is known and truly ours.

Without `--port` a port between 20000 and 32000 (below the range from which systems lend ports to outgoing
connections) is drawn at the first start and used again at every later one.
"""

import errno
import random
import socket

from core.roles.errors import PortRefused

PORTS = range(20_000, 32_000)
ATTEMPTS = 20
WHY = {
    errno.EADDRINUSE: "is taken by another program",
    errno.EACCES: "needs more rights than this user has",
    errno.EADDRNOTAVAIL: "is no address of this machine",
}


def bind(host: str, port: int | None, last_port: int | None) -> socket.socket:
    """Return a bound, listening socket.

    Args:
        host: the address to listen at.
        port: the port asked for on the command line; 0 or None for ours to choose.
        last_port: the port of the last start, chosen again when none is asked for.

    Raises:
        PortRefused: the address is taken or cannot be used; the sentence says which and what to do.
    """
    wanted = port or last_port
    if wanted:
        return _listen(host, wanted, asked_for=bool(port))
    for _ in range(ATTEMPTS - 1):
        try:
            return _listen(host, random.choice(PORTS), asked_for=False)
        except PortRefused:
            continue
    return _listen(host, random.choice(PORTS), asked_for=False)


def url_of(listener: socket.socket, *, has_tls: bool = False) -> str:
    """Return the address of a bound socket, without a slash at the end; https where it speaks TLS."""
    host, port = listener.getsockname()[:2]
    scheme = "https" if has_tls else "http"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _listen(host: str, port: int, *, asked_for: bool) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        why = WHY.get(getattr(error, "errno", 0) or 0, str(error))
        choose = "Choose another one with --port." if asked_for else _say_kept(host, port)
        raise PortRefused(f"The address {host}:{port} {why}. {choose}") from error


def _say_kept(host: str, port: int) -> str:
    return (
        f"This data folder's devices know the server at {host}:{port}, so stop the other program, "
        "or choose another port with --port and pair them again."
    )
