"""User-management servers that can be killed at any moment and come back in milliseconds, on one database."""

import mmap
import os
import signal
import struct
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from tests.server.orders import invariants
from tests.server.orders.world import World

NURSERY = Path(__file__).with_name("nursery.py")


class SharedClock:
    """Real time, set ahead by what a file says: one clock for every process that opens it."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(struct.pack("d", 0.0))
        with file.open("r+b") as opened:
            self._ahead = mmap.mmap(opened.fileno(), 8)

    def __call__(self) -> float:
        """Epoch seconds."""
        return time.time() + self._seconds()

    def advance(self, seconds: float) -> None:
        """Sets it further ahead, for everybody."""
        self._ahead[:8] = struct.pack("d", self._seconds() + seconds)

    def _seconds(self) -> float:
        (ahead,) = struct.unpack("d", self._ahead[:8])
        return float(ahead)


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
    """A world with one or more user-management servers on one database, children of a nursery.

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
        self._nursery: subprocess.Popen[str] | None = None
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
        words = [self.database_url, self.url, self.payment_url, str(self._folder / "clock")]
        self._nursery = subprocess.Popen(
            [sys.executable, str(NURSERY), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        born = [self._bear(int(self.url.rpartition(":")[2]))]
        born += [self._bear(0) for _ in range(self._processes - 1)]
        self.pids, self.ports = [pid for pid, _ in born], [port for _, port in born]

    def _bear(self, port: int) -> tuple[int, int]:
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        print(port, file=self._nursery.stdin, flush=True)
        pid, place = self._nursery.stdout.readline().split()
        return int(pid), int(place)

    def kill(self, which: int = 0) -> None:
        """SIGKILL: nothing is drained, nothing is closed."""
        os.kill(self.pids[which], signal.SIGKILL)

    def revive(self, which: int = 0) -> None:
        """Bears the killed one again, on the port that it has always had."""
        self.pids[which], _ = self._bear(self.ports[which])

    def stop(self) -> None:
        """Ends the nursery, and the living children with it."""
        for client in self._clients:
            client.close()
        if self._nursery is not None:
            self._nursery.communicate(timeout=30)
            self._nursery = None

    def faults(self) -> list[str]:
        """What does not hold of the rows."""
        payment = f"sqlite:///{self._folder / 'payment.db'}"
        return invariants.faults(self.database_url, payment, self.payment_url)
