"""From the last voiced sample to the dialog: `python -m benchmarks.latency` (`--json` prints one object).

Everything is real: both servers, the device and the desktop are processes of their own, the order is played
in a room (PulseAudio's null sink, whose monitor is the device's microphone), and the dialog is painted on a
virtual screen. A witness records the same microphone and notes when the last voiced sample came in; 32 ms,
one piece of its recording, are added, so that the figure is rather too high than too low.

button    the talk button, a whole order: its end decides
answer    hands-free: the order is read back, and the "yes" decides
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.listening.stopwatch import Stopwatch
from benchmarks.listening.witness import Witness
from tests.assistant.sound_server import play_in_the_room, sound_server, speak_to_file
from tests.house.sources import TOP
from tests.process.household import Household, household, pair, registered
from tests.process.nod import running
from tests.process.screen import Screen, screen
from tests.waiting import wait_until

BUDGET_MS = 1_000.0
RECORDINGS = TOP / "tests" / "assistant" / "recordings"
BY_BUTTON = ("Buy milk for Momo.", "Order two green teas for Momo.", "Please buy an umbrella for Momo.")
HANDS_FREE = ("Hey Nod, buy milk for Momo.",)
MISHEARD = ("not-understood", "no_speech", "negated")
STEPS = ("heard", "quoted", "asked", "shown")


def main() -> None:
    """Measures and prints; status 1 where the budget is missed."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--orders", type=int, default=24, help="orders of each series")
    parser.add_argument("--series", nargs="+", choices=("button", "answer"), default=["button", "answer"])
    parser.add_argument("--json", action="store_true", help="one JSON object")
    given = parser.parse_args()
    found = {}
    with tempfile.TemporaryDirectory(prefix="nod-") as folder, pytest.MonkeyPatch.context() as patch:
        (Path(folder) / "screen").mkdir()
        with (
            sound_server(Path(folder), patch),
            screen(Path(folder) / "screen") as shown,
            Witness() as witness,
            _home(Path(folder), shown) as (house, window),
        ):
            for series in given.series:
                found[series] = list(_SERIES[series](house, window, witness, given.orders))
    _report(found, as_json=given.json)
    raise SystemExit(
        any(not rows or _percentile(_of(rows, "shown"), 95) > BUDGET_MS for rows in found.values())
    )


Row = dict[str, float]
"""Milliseconds from the last voiced sample to each step."""


@contextmanager
def _home(folder: Path, shown: Screen) -> Iterator[tuple[Household, Stopwatch]]:
    """Both servers, a paired device that has left again, and the desktop of who is asked."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    with household(data) as house:
        house.serve("payment")
        house.serve("server")
        terminal = registered(house)
        device = house.assistant("--child")
        pair(house, terminal, device)
        device.hang_up()
        terminal.type("quit")
        for talker in (device, terminal):
            talker.process.wait(30)
        words = [sys.executable, "-m", "benchmarks.listening.window", str(data)]
        with subprocess.Popen(
            words, cwd=TOP, env=shown.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                window = Stopwatch(process)
                window.wait_for("online")
                yield house, window
            finally:
                process.terminate()


def _by_button(house: Household, window: Stopwatch, witness: Witness, orders: int) -> Iterator[Row]:
    spoken = list(_spoken(house.data.parent, BY_BUTTON))
    with _device(house) as device:
        others = _listeners()
        for number in range(orders):
            device.type("talk")
            wait_until(lambda: _listeners() > others, what="the device's microphone")
            yield from _measured(device, window, witness, spoken[number % len(spoken)])
            wait_until(lambda: _listeners() == others, what="the device's microphone to be shut")


def _by_answer(house: Household, window: Stopwatch, witness: Witness, orders: int) -> Iterator[Row]:
    (order,) = _spoken(house.data.parent, HANDS_FREE)
    others = _listeners()
    with _device(house, "--listen", "mic") as device:
        wait_until(lambda: _listeners() > others, what="the device's microphone")
        for _ in range(orders):
            play_in_the_room(order)
            if device.wait_for("heard")["heard"] is None:
                continue
            if device.wait_for_any("listening", "outcome") == "listening":
                yield from _measured(device, window, witness, RECORDINGS / "yes-rms.wav")


def _spoken(folder: Path, lines: tuple[str, ...]) -> Iterator[Path]:
    """Recordings of these lines, by the synthetic voice."""
    for number, line in enumerate(lines):
        file = folder / f"order-{number}.wav"
        speak_to_file(line, file)
        yield file


_SERIES = {"button": _by_button, "answer": _by_answer}


@contextmanager
def _device(house: Household, *words: str) -> Iterator[Stopwatch]:
    """The device at its work, driven as by its parent."""
    started = ("assistant", "--json", "--mute", "--child", "--data", str(house.data), *words)
    with running(*started) as process:
        device = Stopwatch(process)
        device.wait_for("ready")
        yield device
        device.hang_up()
        process.wait(30)


def _measured(device: Stopwatch, window: Stopwatch, witness: Witness, deciding: Path) -> Iterator[Row]:
    """Says what decides, waits for the dialog, takes the request back; no row if it was not understood."""
    before = dict(device.at)
    play_in_the_room(deciding)
    reached = device.wait_for_any("asked", "listening", "outcome", *MISHEARD)
    if reached == "asked":
        window.wait_for("shown")
        spoken = witness.last_voiced
        times = device.at | {"shown": window.at["shown"]}
        row = {
            step: (times[step] - spoken) * 1000 for step in STEPS if times.get(step, 0) != before.get(step, 0)
        }
        print(*(f"{step} {value:.0f}" for step, value in row.items()), file=sys.stderr, flush=True)
        yield row
    else:
        print(f"{deciding.name}: {reached}", file=sys.stderr, flush=True)
    if reached in ("asked", "listening"):
        device.type("cancel")
        device.wait_for("outcome")
    if reached == "asked":
        window.wait_for("hidden")


def _listeners() -> int:
    words = ["pactl", "list", "short", "source-outputs"]
    return len(subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines())


def _of(rows: list[Row], step: str) -> list[float]:
    return [row[step] for row in rows if step in row]


def _percentile(values: list[float], percent: int) -> float:
    return (
        statistics.quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]
    )


def _report(found: dict[str, list[Row]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"budget_ms": BUDGET_MS, "series": found}))
        return
    print(f"{'milliseconds from the last voiced sample':<44}{'p50':>8}{'p95':>8}{'worst':>8}{'n':>5}")
    for series, rows in found.items():
        for step in STEPS:
            if values := _of(rows, step):
                p50, p95 = _percentile(values, 50), _percentile(values, 95)
                is_missed = step == "shown" and p95 > BUDGET_MS
                print(
                    f"{series + ': ' + step:<44}{p50:>8.0f}{p95:>8.0f}{max(values):>8.0f}{len(values):>5}"
                    f"{'  missed' if is_missed else ''}"
                )


if __name__ == "__main__":
    main()
