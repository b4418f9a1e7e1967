"""The desktop's budgets in one table: `python -m benchmarks.desktop` (`--json` prints one object).

Cold start to the first paint of the home, imports and interpreter included; memory
(PSS) of the desktop with both embedded servers up; processor share of the countdown of an open prompt. Each
figure comes from a fresh process on the offscreen platform, compiled modules as an installation has them; the
table gives the median.
"""

import argparse
import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
BUDGET = {"window_ms": 1_000.0, "pss_mb": 150.0, "countdown_percent": 1.0}
COUNTED_S = 6.0
FIRST_START = """
import sys
from pathlib import Path
from core.roles.embedded import EmbeddedServers
servers = EmbeddedServers(Path(sys.argv[1]))
servers.take()
servers.start()
servers.stop()
"""
"""Makes the databases, so that what is measured is an everyday start."""


def main() -> None:
    """Measures and prints; status 1 where a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", choices=["start", "whole", "countdown"], help=argparse.SUPPRESS)
    parser.add_argument("--began", type=float, default=0.0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        print(json.dumps(_inside(given.inside, given.began)))
        return
    for folder in ("core", "gui", "assistant"):
        compileall.compile_dir(str(TOP / folder), quiet=1)
    found = {
        "window_ms": _median("start", given.rounds),
        "pss_mb": _median("whole", max(1, given.rounds // 2)),
        "countdown_percent": _median("countdown", max(1, given.rounds // 2)),
    }
    if given.json:
        print(json.dumps({"found": found, "budget": BUDGET}))
    else:
        print(f"{'what':<20}{'found':>10}{'budget':>10}")
        for name, value in found.items():
            print(
                f"{name:<20}{value:>10.1f}{BUDGET[name]:>10.1f}{'' if value <= BUDGET[name] else '  missed'}"
            )
    raise SystemExit(any(value > BUDGET[name] for name, value in found.items()))


def _median(what: str, rounds: int) -> float:
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*.warning=false"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    values = []
    for _ in range(rounds):
        words = [sys.executable, "-m", "benchmarks.desktop", "--inside", what, "--began", repr(time.time())]
        said = subprocess.run(words, env=surroundings, cwd=TOP, capture_output=True, text=True, check=True)
        values.append(float(said.stdout.splitlines()[-1]))
    return statistics.median(values)


def _inside(what: str, began: float) -> float:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        data.chmod(0o700)
        if what == "start":
            return _start(data, began)
        return _whole(data) if what == "whole" else _countdown()


def _start(data: Path, began: float) -> float:
    """Milliseconds from the start of the process to the first paint."""
    from gui.app import make_application
    from gui.bridge import Bridge
    from gui.wiring import DesktopOptions, build

    (data / "clients").mkdir(mode=0o700)
    (data / "clients" / "terminal-known.json").write_bytes(b"{}")
    app, bridge = make_application(["nod"]), Bridge()
    desktop = build(app, bridge, DesktopOptions(data))
    desktop.main.repaint()
    took_ms = (time.time() - began) * 1000
    bridge.stop()
    return took_ms


def _whole(data: Path) -> float:
    """Megabytes (PSS) of the desktop with both servers answering."""
    import psutil

    from core.roles.embedded import EmbeddedServers
    from gui.app import make_application
    from gui.bridge import Bridge
    from gui.wiring import DesktopOptions, build

    (data / "clients").mkdir(mode=0o700)
    (data / "clients" / "terminal-known.json").write_bytes(b"{}")
    words = [sys.executable, "-c", FIRST_START, str(data)]
    subprocess.run(words, cwd=TOP, check=True)
    servers = EmbeddedServers(data)
    servers.take()
    app, bridge = make_application(["nod"]), Bridge()
    desktop = build(app, bridge, DesktopOptions(data, servers=servers))
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        app.processEvents()
        if desktop.wizard is not None and desktop.wizard.profile_step.go.isEnabled():
            break  # the server has said that it knows nobody here: everything is up
    megabytes = psutil.Process().memory_full_info().pss / 1e6
    bridge.stop()
    servers.stop()
    return float(megabytes)


def _countdown() -> float:
    """Percent of one core that an open prompt takes."""
    from PySide6.QtCore import QTimer

    from gui.app import make_application
    from gui.language import Language
    from gui.prompt.countdown_ring import CountdownRing
    from gui.theme.theme import Scheme, Theme

    app = make_application(["nod"])
    ring = CountdownRing(Theme(app, Scheme.LIGHT), Language("en"))
    ends = time.monotonic() + 60
    ring.start(lambda: ends - time.monotonic(), 60)
    ring.show()
    app.processEvents()
    began, used = time.monotonic(), time.process_time()
    QTimer.singleShot(round(COUNTED_S * 1000), app, lambda: app.exit(0))
    app.exec()
    return 100 * (time.process_time() - used) / (time.monotonic() - began)


if __name__ == "__main__":
    main()
