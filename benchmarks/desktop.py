"""The desktop's budgets in one table: `python -m benchmarks.desktop` (`--json` prints one object).

The first three are `main.py` itself on a private X display with a window manager, for a person who is
registered, compiled modules as an installation has them:

- window_ms: from the start of the process until the home is seen in the display's memory;
- served_ms: until both embedded servers answer as well;
- pss_mb: memory (PSS) of the process once its assistant, a process of its own and not in it, runs;
- idle_wakes: how often a second it wakes while nobody does anything, servers included.

countdown_percent is the share of one core that an open prompt takes, ring and sentences, countdown_wakes how
often a second it wakes for it: on an idle machine that is what costs. block_ms is the longest
stretch of the windows' thread, in processor time, between two looks at it while 100 requests came in from the
client's thread, the first of which opens the prompt; both in a process without a display. Each figure is the
median of fresh processes.
"""

import argparse
import compileall
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.desktop_start import Start, starts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.bridge import Bridge
    from gui.desktop import Desktop

TOP = Path(__file__).resolve().parents[1]
BUDGET = {
    "window_ms": 1_000.0,
    "served_ms": None,
    "pss_mb": 150.0,
    "idle_wakes": None,
    "countdown_percent": 1.0,
    "countdown_wakes": None,
    "block_ms": 50.0,
}
SETTLED_S = 1.0
COUNTED_S = 6.0
REQUESTS, LOOKS, LOOK_EVERY_S = 100, 10, 0.002


def main() -> None:
    """Measures and prints; status 1 where a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", choices=["countdown", "block"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        print(*(_countdown() if given.inside == "countdown" else [_longest_block()]))
        return
    for folder in ("core", "gui", "assistant"):
        compileall.compile_dir(str(TOP / folder), quiet=1)
    found = _of_starts(starts(given.rounds))
    found["countdown_percent"], found["countdown_wakes"] = _medians("countdown", given.rounds // 2)
    (found["block_ms"],) = _medians("block", given.rounds)
    missed = [name for name, most in BUDGET.items() if most is not None and found[name] > most]
    if given.json:
        print(json.dumps({"found": found, "budget": BUDGET}))
    else:
        _print_table(found, missed)
    raise SystemExit(bool(missed))


def _of_starts(seen: list[Start]) -> dict[str, float]:
    return {
        "window_ms": statistics.median(one.window_ms for one in seen),
        "served_ms": statistics.median(one.served_ms for one in seen),
        "pss_mb": statistics.median(one.pss_mb for one in seen),
        "idle_wakes": statistics.median(one.idle_wakes for one in seen),
    }


def _print_table(found: dict[str, float], missed: list[str]) -> None:
    print(f"{'what':<20}{'found':>10}{'budget':>10}")
    for name, value in found.items():
        most = BUDGET[name]
        shown = f"{value:.2f}" if value < 10 else f"{value:.1f}"
        print(f"{name:<20}{shown:>10}{most or '':>10}{'  missed' if name in missed else ''}")


def _medians(what: str, rounds: int) -> list[float]:
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*.warning=false"}
    words = [sys.executable, "-m", "benchmarks.desktop", "--inside", what]
    values = []
    for _ in range(max(1, rounds)):
        said = subprocess.run(words, env=surroundings, cwd=TOP, capture_output=True, text=True, check=True)
        values.append([float(value) for value in said.stdout.splitlines()[-1].split()])
    return [statistics.median(each) for each in zip(*values, strict=True)]


def _countdown() -> tuple[float, float]:
    """Percent of one core that an open prompt takes, and how often a second it wakes."""
    from core.presentation.lines import lines
    from gui.app import make_application
    from gui.language import Language
    from gui.prompt.dialog import PromptDialog
    from gui.theme.theme import Scheme, Theme
    from tests.gui import samples

    app = make_application(["nod"])
    language = Language("en", "Asia/Tokyo")
    dialog = PromptDialog(Theme(app, Scheme.LIGHT), language)
    view = samples.request()
    dialog.ask(view, lines(view.details, language.texts, language.zone), needs_pin=False)
    ends = time.monotonic() + 60
    dialog.ring.start(lambda: ends - time.monotonic(), 60)
    dialog.show()
    _run_for(app, SETTLED_S)  # its map is drawn behind its first paint, once
    began, used, woken = time.monotonic(), time.process_time(), _wakes()
    _run_for(app, COUNTED_S)
    took = time.monotonic() - began
    return 100 * (time.process_time() - used) / took, (_wakes() - woken) / took


def _wakes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw


def _run_for(app: "QApplication", seconds: float) -> None:
    from PySide6.QtCore import QTimer

    QTimer.singleShot(round(seconds * 1000), app, lambda: app.exit(0))
    app.exec()


def _longest_block() -> float:
    """Milliseconds of processor time that the windows' thread took at most before it did something else."""
    from gui.app import make_application
    from gui.bridge import Bridge
    from gui.wiring import DesktopOptions, build

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "clients").mkdir(mode=0o700)
        (Path(folder) / "clients" / "terminal-known.json").write_bytes(b"{}")
        app, bridge = make_application(["nod"]), Bridge()
        desktop = build(app, bridge, DesktopOptions(Path(folder), server="http://127.0.0.1:9"))
        app.processEvents()
        waits: list[float] = []
        bridge.ask(lambda: _ask(bridge, desktop, waits), lambda _: app.exit(0))
        app.exec()
        bridge.stop()
        if desktop.presenter.queue.count != REQUESTS or not desktop.dialog.isVisible():
            raise SystemExit("the requests did not come in")
    return max(waits[1:]) * 1000


async def _ask(bridge: "Bridge", desktop: "Desktop", waits: list[float]) -> None:
    """A hundred requests, one soon after the other, as the session sends them, and looks between them."""
    import asyncio

    from core.terminal.countdown import Countdown
    from core.terminal.events import Inquiry
    from tests.gui import samples

    before = [0.0]

    def look() -> None:
        now = time.thread_time()
        waits.append(now - before[0])
        before[0] = now

    bridge.post(look)
    for at in range(REQUESTS * LOOKS):
        if at % LOOKS == 0:
            view = samples.request(name=f"req_{at:032}", revision=at)
            inquiry = Inquiry(view, Countdown(60.0, 0.0, time.monotonic), None)
            bridge.post(partial(desktop.link.inquired.emit, inquiry))
        bridge.post(look)
        await asyncio.sleep(LOOK_EVERY_S)


if __name__ == "__main__":
    main()
