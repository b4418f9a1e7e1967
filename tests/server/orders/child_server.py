"""The user-management server as a process of its own, to be killed: the same wiring, on a shifted clock.

    child_server.py DATABASE_URL ISSUER PAYMENT_URL SHIFT_S

It prints one line when it answers, and leaves when its standard input ends.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from core.roles.serving import Served, ServerThread
from core.server import wiring
from core.server.settings import Settings
from tests.server.orders.world import SECRET, bind


def main() -> None:
    """Serves until standard input ends."""
    database_url, issuer, payment_url, shift = sys.argv[1:]
    shift_s = float(shift)
    settings = Settings(
        database_url=database_url,
        issuer=issuer,
        initial_access_token=SECRET,
        payment_url=lambda: payment_url,
        allows_private_addresses=True,
    )
    server = wiring.build(settings, now=lambda: time.time() + shift_s)
    thread = ServerThread([Served(server, bind(int(issuer.rpartition(":")[2])))])
    thread.start()
    print("ready", flush=True)
    sys.stdin.read()
    thread.stop()


if __name__ == "__main__":
    main()
