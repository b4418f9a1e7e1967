"""A script of a real client in a process of its own: lines of JSON in and out."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Script:
    """The client's process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def tell(self, message: dict[str, Any]) -> None:
        """Sends one line."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """Waits for one line."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the script ended early"
        return dict(json.loads(line))


@contextmanager
def script(folder: Path, name: str) -> Iterator[Script]:
    """Runs the client and ends it."""
    pipe = subprocess.PIPE
    with subprocess.Popen(["node", name], cwd=folder, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Script(process)
        finally:
            process.kill()
