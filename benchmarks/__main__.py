"""Every budget in one go: `python -m benchmarks`, which is `make bench`.

First our user-management server beside the peer, then the terminals that one process holds, the contacts that
one device may have and what is stored, then the writer alone, the desktop, the time from a spoken word to the
dialog, and how well the device hears. Arguments go to `benchmarks.server`; without any, the figures of the
budget are measured, which takes several minutes.
"""

import subprocess
import sys

BUDGET = ["--rounds", "2", "--passes", "2", "--streams", "1000", "10000", "--contacts", "1000", "1000000"]
BUDGET += ["--stored", "1000", "1000000"]


def main() -> None:
    """Runs the programs one after another and ends with the first status that is not 0."""
    for module, arguments in (
        ("benchmarks.server", sys.argv[1:] or BUDGET),
        ("benchmarks.writer", []),
        ("benchmarks.desktop", []),
        ("benchmarks.latency", []),
        ("benchmarks.hearing", []),
    ):
        print(f"\n{module}", flush=True)
        ended = subprocess.run([sys.executable, "-m", module, *arguments], check=False)
        if ended.returncode:
            raise SystemExit(ended.returncode)


if __name__ == "__main__":
    main()
