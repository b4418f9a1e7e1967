"""The parties of one data folder, each a process of its own, driven by what a person types and reads."""

import json
import queue
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from core.payment import wiring as payment
from core.server import wiring as server
from tests import blank_stores
from tests.process.nod import command, healthy, running

LIMIT_S = 60.0
_VERSIONS = {"server": server.VERSIONS, "payment": payment.VERSIONS}
Line = dict[str, Any]


class Talker:
    """A process that prints one JSON object a line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[Line] = []
        """Everything that it printed so far."""
        self._queue: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._queue.put(line)
        self._queue.put(None)

    def type(self, line: str) -> None:
        """Type a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hang_up(self) -> None:
        """End its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.stdin = None

    def wait_for(self, event: str) -> Line:
        """Wait for the next line of that event that was not returned before."""
        while True:
            raw = self._queue.get(timeout=LIMIT_S)
            assert raw is not None, f"ended before {event!r}: {self.lines}"
            line = json.loads(raw)
            self.lines.append(line)
            if line.get("event") == event:
                return line  # type: ignore[no-any-return]

    def end(self) -> Line:
        """Wait until the process ends by itself; return its last line."""
        while (raw := self._queue.get(timeout=LIMIT_S)) is not None:
            self.lines.append(json.loads(raw))
        self.process.wait(timeout=LIMIT_S)
        return self.lines[-1]


class Household:
    """Both servers, a terminal and devices on one data folder."""

    def __init__(self, data: Path, stack: ExitStack) -> None:
        self.data = data
        self._stack = stack
        self.processes: dict[str, subprocess.Popen[str]] = {}

    def serve(self, role: str) -> None:
        """Start a server and wait until it is well; its tables are there, as after a first start."""
        blank_stores.lay(f"sqlite:///{self.data / role}.db", _VERSIONS[role])
        process = self._stack.enter_context(running(role, "--data", self.data))
        self.processes[role] = process
        healthy(self.data, role, process)

    def kill(self, role: str) -> None:
        """`kill -9` a server."""
        process = self.processes.pop(role)
        process.kill()
        process.wait(timeout=LIMIT_S)

    def terminal(self) -> Talker:
        """Start a text terminal for a program."""
        return self._talker("terminal", "--json", "--data", str(self.data))

    def assistant(self, *words: str) -> Talker:
        """Start a device."""
        return self._talker("assistant", "--json", "--mute", "--data", str(self.data), *words)

    def _talker(self, *words: str) -> Talker:
        return Talker(self._stack.enter_context(running(*words)))

    def audit(self) -> Line:
        """What the payment server's books say."""
        words = command("payment", "audit", "--json", "--data", self.data)
        answer = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        said: Line = json.loads(answer.stdout)
        assert said["sound"], said
        return said


@contextmanager
def household(data: Path) -> Iterator[Household]:
    """A household without any process yet; whatever is started ends with the block."""
    with ExitStack() as stack:
        yield Household(data, stack)


def registered(house: Household) -> Talker:
    """A terminal whose person is registered and online."""
    terminal = house.terminal()
    terminal.wait_for("not_enrolled")
    terminal.type("register momo Momo")
    terminal.wait_for("registered")
    terminal.wait_for("online")
    return terminal


def pair(house: Household, terminal: Talker, device: Talker) -> None:
    """Pair a device that shows its code."""
    terminal.type(f"pair {device.wait_for('pairing')['user_code']}")
    terminal.wait_for("paired")
