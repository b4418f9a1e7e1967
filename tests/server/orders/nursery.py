"""A process that has imported a user-management server, and bears one child after another to be killed.

    nursery.py DATABASE_URL ISSUER PAYMENT_URL

Each line on standard input is a port; a forked child binds it and serves, and says its process id and that it
is ready. A start costs a few milliseconds in place of a second, so a thousand deaths fit into some minutes.
The children end with the nursery, whose standard input they share.
"""

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from core.roles.serving import Served, ServerThread
from core.server import wiring
from core.server.limits import UNLIMITED
from core.server.settings import Settings
from tests.server.orders.world import SECRET, bind


def main() -> None:
    """Bears children until standard input ends, then ends the living ones."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    database_url, issuer, payment_url = sys.argv[1:]
    settings = Settings(
        database_url=database_url,
        issuer=issuer,
        initial_access_token=SECRET,
        payment_url=lambda: payment_url,
        allows_private_addresses=True,
        limits=UNLIMITED,
    )
    reading, holding = os.pipe()
    for line in sys.stdin:
        if os.fork() == 0:
            os.close(holding)
            _serve(settings, int(line), reading)
    os.close(holding)


def _serve(settings: Settings, port: int, until: int) -> None:
    server = wiring.build(settings, now=time.time)
    thread = ServerThread([Served(server, bind(port))])
    thread.start()
    print(os.getpid(), flush=True)
    os.read(until, 1)
    thread.stop()
    os._exit(0)


if __name__ == "__main__":
    main()
