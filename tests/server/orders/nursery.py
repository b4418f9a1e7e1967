"""A process that has imported a user-management server, and bears one child after another to be killed.

    nursery.py DATABASE_URL ISSUER PAYMENT_URL CLOCK_FILE

Each line on standard input is a port, or 0 for a new one; a forked child serves there, and says its process
id and port once it answers. A start costs a few milliseconds in place of a second, so a thousand deaths fit
into some minutes. The sockets stay with the nursery: nobody else takes a dead child's port, and who calls
meanwhile waits for the next. The living children end with the nursery's standard input.
"""

import os
import signal
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from core.roles.serving import Served, ServerThread
from core.server import wiring
from core.server.limits import UNLIMITED
from core.server.settings import Settings
from tests.server.orders.mortal import SharedClock
from tests.server.orders.world import SECRET, bind


def main() -> None:
    """Bears children until standard input ends, then ends the living ones."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    database_url, issuer, payment_url, clock = sys.argv[1:]
    now = SharedClock(Path(clock))
    settings = Settings(
        database_url=database_url,
        issuer=issuer,
        initial_access_token=SECRET,
        payment_url=lambda: payment_url,
        allows_private_addresses=True,
        limits=UNLIMITED,
    )
    reading, holding = os.pipe()
    places: dict[int, socket.socket] = {}
    for line in sys.stdin:
        place = places.get(int(line)) or bind(int(line))
        places[place.getsockname()[1]] = place
        if os.fork() == 0:
            os.close(holding)
            _serve(settings, now, place, reading)
    os.close(holding)


def _serve(settings: Settings, now: SharedClock, place: socket.socket, until: int) -> None:
    server = wiring.build(settings, now=now)
    thread = ServerThread([Served(server, place)])
    thread.start()
    print(os.getpid(), place.getsockname()[1], flush=True)
    os.read(until, 1)
    thread.stop()
    os._exit(0)


if __name__ == "__main__":
    main()
