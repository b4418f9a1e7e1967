"""The data folder's payment server in a process that charges and then never answers; started by a test.

It is the real server behind `main.py payment`; only the answers to `POST /payments` stop at the door. It says
"charged" on standard output, and waits to be killed.
"""

import sys
import threading
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from core.roles.foreground import serve_alone
from core.roles.premises import Door, Premises
from core.roles.servers import build_payment
from core.roles.serving import Party, Served


class SilentAfterCharging:
    """The real party, whose answers to payments stop at the door."""

    def __init__(self, party: Party) -> None:
        self._party = party
        self.stopping = party.stopping

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        """Serves; at the first byte of a payment's answer it blocks for good."""

        async def hold(message: MutableMapping[str, Any]) -> None:
            if scope.get("path") == "/payments" and message["type"] == "http.response.start":
                print("charged", flush=True)
                threading.Event().wait()
            await send(message)

        await self._party.app(scope, receive, hold)

    def close(self) -> None:
        """Never reached: this process ends by SIGKILL."""


def build(place: Premises) -> Served:
    """The payment server, behind that door."""
    served = build_payment(place)
    return Served(SilentAfterCharging(served.party), served.listener)


if __name__ == "__main__":
    sys.exit(serve_alone(Path(sys.argv[1]), "payment", Door(), build))
