"""The two servers that are compared: ours with a committed database, and node's oidc-provider in memory."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

BASELINE_SECRET = "agent-secret-agent-secret-agent-secret"
SERVER_CORE, LOAD_CORE = "0", "1"


@dataclass(frozen=True)
class Target:
    """A running server with what a client needs."""

    name: str
    base: str
    authorize: str
    token: str
    client_id: str
    secret: str
    process: psutil.Process

    def cpu_s(self) -> float:
        """Seconds of CPU so far, user and system, of its whole process tree."""
        tree = [self.process, *self.process.children(recursive=True)]
        return float(sum(part.cpu_times().user + part.cpu_times().system for part in tree))

    def rss_mb(self) -> float:
        """Resident memory of its process tree, MiB."""
        tree = [self.process, *self.process.children(recursive=True)]
        return float(sum(part.memory_info().rss for part in tree)) / 2**20


def free_port() -> int:
    """A port that nobody uses right now."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextmanager
def nod(contacts: int, terminals: int = 0, stored: int = 0) -> Iterator[Target]:
    """Our server on a fresh SQLite file with `synchronous=FULL`, with so many requests of the past in it."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/bench.db"
        command = [sys.executable, "-m", "benchmarks.load.nod_child", database, str(port)]
        command += ["--contacts", str(contacts), "--terminals", str(terminals), "--stored", str(stored)]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        with _running(command, environment, Path.cwd()) as child:
            _, client_id, secret = _line(child).split()
            base = f"http://127.0.0.1:{port}"
            _await(f"{base}/health")
            yield Target(
                "nod",
                base,
                f"{base}/bc-authorize",
                f"{base}/token",
                client_id,
                secret,
                psutil.Process(child.pid),
            )


@contextmanager
def baseline(folder: Path) -> Iterator[Target]:
    """oidc-provider from `folder` (package.json and server.mjs), installed into a temporary copy."""
    port = free_port()
    with tempfile.TemporaryDirectory() as copy:
        home = Path(copy) / "peer"
        shutil.copytree(
            folder, home, copy_function=shutil.copy, ignore=shutil.ignore_patterns("node_modules")
        )
        for path in (home, *home.iterdir()):
            path.chmod(0o755)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=home, check=True)
        environment = {**os.environ, "PORT": str(port), "LEAN": "1", "NODE_ENV": "production"}
        with _running(["node", "server.mjs"], environment, home) as child:
            base = f"http://127.0.0.1:{port}"
            _await(f"{base}/.well-known/openid-configuration")
            paths = (f"{base}/backchannel", f"{base}/token")
            yield Target("oidc-provider", base, *paths, "agent", BASELINE_SECRET, psutil.Process(child.pid))


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], folder: Path
) -> Iterator[subprocess.Popen[str]]:
    pinned = ["taskset", "-c", SERVER_CORE, *command]
    child = subprocess.Popen(pinned, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        yield child
    finally:
        child.terminate()
        child.wait(30)


def _line(child: subprocess.Popen[str]) -> str:
    line = child.stdout.readline() if child.stdout else ""
    if not line:
        raise SystemExit("The server did not start.")
    return line


def _await(url: str) -> None:
    transport = httpx.HTTPTransport(retries=60)
    with httpx.Client(transport=transport, trust_env=False) as client:
        client.get(url).raise_for_status()
