"""A payment server in a process of its own that charges and then never answers.

Started by test_crash.py with: database URL, own URL, issuer's URL, the number of a bound socket that it
inherits. It stops exactly between the commit and the answer, says so on standard output, and waits to be
killed.
"""

import socket
import sys
import threading
import time
from collections.abc import MutableMapping
from typing import Any

from core.payment.wiring import Settings, build
from core.roles.serving import Served, ServerThread


class SilentAfterCharging:
    """The real party, whose answers to `POST /payments` stop at the door."""

    def __init__(self, settings: Settings) -> None:
        self._payment = build(settings, now=time.time)
        self.stopping = self._payment.stopping

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        """Serves; at the first byte of a payment's answer it blocks for good."""

        async def hold(message: MutableMapping[str, Any]) -> None:
            if scope.get("path") == "/payments" and message["type"] == "http.response.start":
                print("charged", flush=True)
                threading.Event().wait()
            await send(message)

        await self._payment.app(scope, receive, hold)

    def close(self) -> None:
        """Never reached: this process ends by SIGKILL."""


def main(database_url: str, url: str, issuer: str, number: str) -> None:
    """Serves on the inherited socket until killed."""
    party = SilentAfterCharging(Settings(database_url, url, issuer, "a secret"))
    server = ServerThread([Served(party, socket.socket(fileno=int(number)))])
    server.start()
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
