"""User-management servers that can be killed at any moment and come back in milliseconds, on one database."""

import os
import signal
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from tests.server.orders import invariants
from tests.server.orders.births import Birth, SharedClock, nursery
from tests.server.orders.world import World


class Spread(httpx.HTTPTransport):
    """Sends what is for one port to several in turn, as a load balancer that does not look."""

    def __init__(self, port: int, ports: list[int]) -> None:
        super().__init__()
        self._port, self._ports, self._turn = port, ports, count()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends."""
        if request.url.port == self._port:
            port = self._ports[next(self._turn) % len(self._ports)]
            request.url = request.url.copy_with(port=port)
        return super().handle_request(request)


class Mortal(World):
    """A world with one or more user-management servers on one database, born by the nursery.

    Args:
        folder: where files go.
        database_url: of the user-management servers; None for a SQLite file.
        processes: how many there are; the first has the issuer's port.
    """

    def __init__(self, folder: Path, database_url: str | None = None, processes: int = 1) -> None:
        self.time = SharedClock(folder / "clock")
        self.ports: list[int] = []
        self.pids: list[int] = []
        self._processes = processes
        self._clients: list[httpx.Client] = []
        super().__init__(folder, self.time, database_url=database_url)
        self.http.close()
        self.http = self.client(self.ports)

    def client(self, ports: list[int]) -> httpx.Client:
        """A client whose calls to the server go to these ports in turn."""
        self._clients.append(httpx.Client(transport=Spread(self.ports[0], ports), timeout=20))
        return self._clients[-1]

    def start(self, bound: Any = None) -> None:
        """Bears the servers."""
        bound.close()
        born = [self._bear(int(self.url.rpartition(":")[2]))]
        born += [self._bear(0) for _ in range(self._processes - 1)]
        self.pids, self.ports = [pid for pid, _ in born], [port for _, port in born]

    def _bear(self, port: int) -> tuple[int, int]:
        wanted = Birth(
            port=port,
            database_url=self.database_url,
            issuer=self.url,
            payment_url=self.payment_url,
            clock=str(self._folder / "clock"),
        )
        return nursery().bear(wanted)

    def kill(self, which: int = 0) -> None:
        """SIGKILL: nothing is drained, nothing is closed."""
        os.kill(self.pids[which], signal.SIGKILL)
        self.pids[which] = 0

    def revive(self, which: int = 0) -> None:
        """Bears the killed one again, on the port that it has always had."""
        self.pids[which], _ = self._bear(self.ports[which])

    def stop(self) -> None:
        """Ends the servers, as abruptly as ever."""
        for client in self._clients:
            client.close()
        for which, pid in enumerate(self.pids):
            if pid:
                self.kill(which)

    def faults(self) -> list[str]:
        """What does not hold of the rows."""
        payment = f"sqlite:///{self._folder / 'payment.db'}"
        return invariants.faults(self.database_url, payment, self.payment_url)
