"""Drives wrk with one thread on the other core, and reads rate and latencies from it."""

import base64
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx

from benchmarks.load.targets import LOAD_CORE, Target

POLL_IDS = 500
STRIDE = 7919

_ASK = """
local at = FIRST
request = function()
  at = (at + STRIDE) % PEOPLE
  local body = string.format("scope=openid&login_hint=n%08d&binding_message=order&requested_expiry=300", at)
  return wrk.format("POST", PATH, HEADERS, body)
end
"""
_POLL = """
local at = 0
request = function()
  at = at % #IDS + 1
  local grant = "grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba"
  return wrk.format("POST", PATH, HEADERS, grant .. "&auth_req_id=" .. IDS[at])
end
"""
_DONE = """
done = function(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
"""


@dataclass(frozen=True)
class Run:
    """What one run of wrk saw."""

    requests: int
    per_s: float
    """Requests per second."""
    per_cpu_s: float
    """Requests per CPU-second of the server."""
    p50_ms: float
    p99_ms: float
    refused: int
    """Answers that were not 2xx or 3xx."""
    broken: int
    """Connections that failed."""


class Walk:
    """A walk that comes by everybody once, in no order that a database could profit from.

    Args:
        people: How many; no multiple of the stride.
    """

    def __init__(self, people: int) -> None:
        self.people = people
        self._steps = 0

    @property
    def first(self) -> int:
        """Where to go on."""
        return self._steps * STRIDE % self.people

    def gone(self, steps: int) -> None:
        """Counts what was asked, and what was still under way when the time was over."""
        self._steps += steps + 1000


def ask(target: Target, walk: Walk, connections: int, seconds: int) -> Run:
    """New authentication requests, each for a person who is not being asked yet."""
    start = f"local PEOPLE, FIRST, STRIDE = {walk.people}, {walk.first}, {STRIDE}\n"
    run = _wrk(target, start + _header(target, target.authorize) + _ASK + _DONE, connections, seconds)
    walk.gone(run.requests)
    return run


def poll(target: Target, pending: list[str], connections: int, seconds: int) -> Run:
    """Polls of requests that are pending, by their ids."""
    ids = ", ".join(f'"{quote(one)}"' for one in pending)
    script = f"local IDS = {{{ids}}}\n" + _header(target, target.token) + _POLL + _DONE
    return _wrk(target, script, connections, seconds)


def pending(target: Target, people: int) -> list[str]:
    """Ids of new requests, one for each of the `POLL_IDS` people behind those of the walk."""
    with httpx.Client(trust_env=False, auth=(target.client_id, target.secret)) as client:
        answers = (
            client.post(
                target.authorize,
                data={"scope": "openid", "login_hint": f"n{number:08d}", "requested_expiry": "300"},
            )
            for number in range(people, people + POLL_IDS)
        )
        return [str(answer.raise_for_status().json()["auth_req_id"]) for answer in answers]


def _header(target: Target, url: str) -> str:
    basic = base64.b64encode(f"{target.client_id}:{target.secret}".encode()).decode()
    return (
        f'local PATH = "{urlsplit(url).path}"\n'
        'local HEADERS = {["Content-Type"] = "application/x-www-form-urlencoded", '
        f'["Authorization"] = "Basic {basic}"}}\n'
    )


def _wrk(target: Target, script: str, connections: int, seconds: int) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.lua"
        path.write_text(script)
        command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
        before = target.cpu_s()
        output = subprocess.run(
            [*command, "--latency", "-s", str(path), target.base], capture_output=True, text=True, check=True
        ).stdout
        spent = target.cpu_s() - before
    line = next(line for line in output.splitlines() if line.startswith("RESULT"))
    count, micros, p50, p99, refused, broken = (int(word) for word in line.split()[1:])
    return Run(count, count / micros * 1e6, count / spent, p50 / 1e3, p99 / 1e3, refused, broken)
