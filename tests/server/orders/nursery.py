"""A process that has imported a user-management server, and bears one child after another to be killed.

Each line on standard input is a `Birth` as JSON; a forked child serves it, and says its process id and port
once it answers. A start costs a few milliseconds in place of a second, so a thousand deaths fit into some
minutes. The sockets stay with the nursery: nobody else takes a dead child's port, and who calls meanwhile
waits for the next. The living children end with the nursery's standard input.
"""

import os
import signal
import socket
import sys
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from core.roles.serving import Served, ServerThread
from core.server import wiring
from core.server.limits import UNLIMITED
from core.server.settings import Settings
from tests.server.orders.births import Birth, SharedClock
from tests.server.orders.world import SECRET, bind


def main() -> None:
    """Bears children until standard input ends, then ends the living ones."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    reading, holding = os.pipe()
    places: dict[int, socket.socket] = {}
    for line in sys.stdin:
        birth = msgspec.json.decode(line, type=Birth)
        place = places.get(birth.port) or bind(birth.port)
        places[place.getsockname()[1]] = place
        if os.fork() == 0:
            os.close(holding)
            _serve(birth, place, reading)
    os.close(holding)


def _serve(birth: Birth, place: socket.socket, until: int) -> None:
    settings = Settings(
        database_url=birth.database_url,
        issuer=birth.issuer,
        initial_access_token=SECRET,
        payment_url=lambda: birth.payment_url,
        allows_private_addresses=True,
        limits=UNLIMITED,
    )
    server = wiring.build(settings, now=SharedClock(Path(birth.clock)))
    thread = ServerThread([Served(server, place)])
    thread.start()
    print(os.getpid(), place.getsockname()[1], flush=True)
    os.read(until, 1)
    thread.stop()
    os._exit(0)


if __name__ == "__main__":
    main()
