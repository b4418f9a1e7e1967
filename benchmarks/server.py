"""Our user-management server beside node's oidc-provider, in one run: `python -m benchmarks.server`.

Ours commits each request with `synchronous=FULL` and judges it by all its limits but the device's rate; the
peer keeps it in memory and has none. Both are pinned to core 0, wrk to core 1. The figure is requests per
CPU-second of the server, since machines are shared; the table gives the median over passes and the ratio.
`--baseline FOLDER` names the peer (package.json, server.mjs); `--json` prints one object; `--streams`,
`--contacts`, `--stored` add the scaling rows.
"""

import argparse
import json
import statistics
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path

from benchmarks.load import scaling, wrk
from benchmarks.load.targets import Target, baseline, nod
from benchmarks.load.wrk import Run

DEFAULT_BASELINE = Path(__file__).parent / "peer"
PEOPLE = 200_000
Start = Callable[[], AbstractContextManager[Target]]
BUDGET = {"authorize": 1.5, "poll": 2.0}


def measure(
    target: AbstractContextManager[Target], passes: int, seconds: int
) -> Iterator[tuple[str, int, Run, float]]:
    """Runs every load on a fresh server: name, connections, what was seen, memory after it."""
    with target as running:
        walk = wrk.Walk(PEOPLE)
        wrk.ask(running, walk, 32, 2)
        for _ in range(passes):
            for connections in (32, 64):
                yield (
                    "authorize",
                    connections,
                    wrk.ask(running, walk, connections, seconds),
                    running.rss_mb(),
                )
        ids = wrk.pending(running, PEOPLE)
        for _ in range(passes):
            for connections in (32, 64):
                yield "poll", connections, wrk.poll(running, ids, connections, seconds), running.rss_mb()


def compare(peer: Path, passes: int, seconds: int, rounds: int) -> list[dict[str, object]]:
    """Alternates the two servers and returns one row for each load, connection count and server."""
    starts: list[Callable[[], AbstractContextManager[Target]]] = [
        lambda: nod(PEOPLE + wrk.POLL_IDS),
        lambda: baseline(peer),
    ]
    seen: dict[tuple[str, str, int], list[tuple[Run, float]]] = {}
    for _ in range(rounds):
        for name, start in zip(("nod", "oidc-provider"), starts, strict=True):
            for load, connections, run, memory in measure(start(), passes, seconds):
                seen.setdefault((load, name, connections), []).append((run, memory))
    return [_row(*key, runs) for key, runs in sorted(seen.items())]


def _row(load: str, name: str, connections: int, runs: list[tuple[Run, float]]) -> dict[str, object]:
    fields = asdict(runs[0][0])
    middle = {field: statistics.median(getattr(run, field) for run, _ in runs) for field in fields}
    spread = [run.per_cpu_s for run, _ in runs]
    return {
        "load": load,
        "server": name,
        "connections": connections,
        "runs": len(runs),
        **middle,
        "per_cpu_s_range": [min(spread), max(spread)],
        "rss_mb": max(memory for _, memory in runs),
    }


def ratios(rows: list[dict[str, object]]) -> dict[str, float]:
    """Ours over the peer, requests per CPU-second, median over connection counts."""
    found = {}
    for load in BUDGET:
        mean = {
            name: statistics.median(
                float(str(row["per_cpu_s"])) for row in rows if row["load"] == load and row["server"] == name
            )
            for name in ("nod", "oidc-provider")
        }
        found[load] = mean["nod"] / mean["oidc-provider"]
    return found


def _print(rows: list[dict[str, object]], found: dict[str, float], extra: list[dict[str, object]]) -> None:
    heading = ("load", "server", "conn", "req/s", "per CPU-s", "p50 ms", "p99 ms", "RSS MB")
    print("{:<10} {:<14} {:>4} {:>8} {:>9} {:>7} {:>7} {}".format(*heading))
    for row in rows:
        print(
            f"{row['load']:<10} {row['server']:<14} {row['connections']:>4} {row['per_s']:>8.0f} "
            f"{row['per_cpu_s']:>9.0f} {row['p50_ms']:>7.1f} {row['p99_ms']:>7.1f} {row['rss_mb']:>6.0f}"
        )
    for load, ratio in found.items():
        print(f"{load}: {ratio:.2f}x the peer per CPU-second (budget {BUDGET[load]}x)")
    for row in extra:
        print("  ".join(f"{name} {value}" for name, value in row.items()))


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--baseline", type=Path, default=DEFAULT_BASELINE)
    options.add_argument("--passes", type=int, default=2)
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--streams", type=int, nargs="*", default=[])
    options.add_argument("--contacts", type=int, nargs="*", default=[])
    options.add_argument("--stored", type=int, nargs="*", default=[])
    options.add_argument("--skip-peer", action="store_true")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    rows = [] if given.skip_peer else compare(given.baseline, given.passes, given.seconds, given.rounds)
    found = ratios(rows) if rows else {}
    extra = [scaling.streams(count) for count in given.streams]
    extra += scaling.lookups(given.contacts)
    extra += scaling.pasts(given.stored)
    if given.json:
        print(json.dumps({"rows": rows, "ratios": found, "budget": BUDGET, "scaling": extra}))
    else:
        _print(rows, found, extra)


if __name__ == "__main__":
    main()
