"""How well the ears hear: prints the accuracy table of the held-out half.

    python -m benchmarks.hearing [--engine phoneme] [--orders 210] [--others 60] [--json] [--faults]

Every recording is synthetic: no human voice was heard. The two halves share no voice, no item, no name and
no sentence of plain talk; thresholds and weights were chosen on the tuning half, whose figures are printed
with --half tuning and say little about the world.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.ears.choose import ear_named
from assistant.ears.interface import EarUnavailable, Vocabulary
from benchmarks.hearing_set import sentences as said
from benchmarks.hearing_set import voices as speakers
from benchmarks.hearing_set.big import big_vocabulary
from benchmarks.hearing_set.recordings import CONDITIONS, KeptRecording, in_condition, record
from benchmarks.hearing_set.score import Tally

_ROWS = {"20 dB": ("white 20 dB", "babble 20 dB"), "10 dB": ("white 10 dB", "babble 10 dB")}
_HALVES = {"held-out": (said.HELD_OUT, speakers.HELD_OUT), "tuning": (said.TUNING, speakers.TUNING)}


def main() -> int:
    """Returns 1 if the engine cannot be used."""
    options = _options()
    for sentence in speakers.missing_engines():
        print(f"Left out: {sentence}", file=sys.stderr)
    half, voices = _HALVES[options.half]
    voices = speakers.present(voices)
    if not voices:
        print("No speech engine is installed, so there is nobody to listen to.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as passing:
        folder = options.keep or Path(passing)
        recordings = record(said.sentences(half, options.orders, options.others), voices, folder)
        try:
            rows = _rows(options, half, recordings)
        except EarUnavailable as missing:
            print(missing.sentence, file=sys.stderr)
            return 1
    _report(options, sorted({str(voice) for voice in voices}), rows)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--engine", default="phoneme", help="which ear")
    parser.add_argument("--half", choices=tuple(_HALVES), default="held-out")
    parser.add_argument("--orders", type=int, default=210, help="how many orders")
    parser.add_argument("--others", type=int, default=60, help="how many each of negated, near and talk")
    parser.add_argument("--jobs", type=int, default=2, help="rows that are measured at a time")
    parser.add_argument("--conditions", nargs="+", choices=CONDITIONS, default=CONDITIONS)
    parser.add_argument("--keep", type=Path, help="folder that keeps the recordings for the next run")
    parser.add_argument("--faults", action="store_true", help="print what was heard wrongly")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser.parse_args()


@dataclass(frozen=True)
class _Task:
    """One row to measure."""

    engine: str
    vocabulary: Vocabulary
    condition: str
    recordings: list[KeptRecording]
    babblers: list[KeptRecording]


def _rows(
    options: argparse.Namespace, half: said.Half, recordings: list[KeptRecording]
) -> dict[str, tuple[Tally, int]]:
    """Each condition, the means of two kinds of noise, and the clean orders beside a big catalogue."""
    small, big = Vocabulary(half.items, half.nicknames), big_vocabulary(half)
    orders = [recording for recording in recordings if recording.sentence.kind == "order"]
    tasks = {
        condition: _Task(options.engine, small, condition, recordings, recordings)
        for condition in options.conditions
    }
    tasks[f"{len(big.items)} x {len(big.nicknames)}"] = _Task(options.engine, big, "clean", orders, [])
    with ProcessPoolExecutor(options.jobs, get_context("spawn"), max_tasks_per_child=1) as pool:
        rows = dict(zip(tasks, pool.map(_row, tasks.values()), strict=True))
    for name, parts in _ROWS.items():
        if all(part in rows for part in parts):
            (one, peak), (other, _) = rows[parts[0]], rows[parts[1]]
            rows[name] = (one + other, peak)
    return rows


def _row(task: _Task) -> tuple[Tally, int]:
    """A row, and the peak of this process's memory in megabytes."""
    ear = ear_named(task.engine)
    ear.prepare(task.vocabulary)
    tally = Tally()
    for recording in task.recordings:
        heard = ear.hear(in_condition(task.condition, recording, task.babblers))
        tally.add(recording.sentence, heard, str(recording.voice))
    return tally, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _report(options: argparse.Namespace, voices: list[str], rows: dict[str, tuple[Tally, int]]) -> None:
    if options.json:
        told = {name: {**tally.as_json(), "peak_mb": peak} for name, (tally, peak) in rows.items()}
        figures = {"engine": options.engine, "half": options.half, "voices": voices}
        print(json.dumps({**figures, "conditions": told}, indent=2))
        return
    print(f"{options.engine}, {options.half} half, {len(voices)} voices")
    if options.half == "tuning":
        print("These are the figures that weights and thresholds were chosen on; they are too good.")
    heads = ("exact", "+unsure", "different", "+unsure", "talk", "negated", "near", "CPU s/s", "MB")
    print(f"{'':14}" + "".join(f"{head:>11}" for head in heads))
    for name, (tally, peak) in rows.items():
        print(f"{name:14}" + "".join(f"{cell:>11}" for cell in [*_cells(tally), str(peak)]))
        if options.faults:
            print(*(f"    {fault}" for fault in tally.faults), sep=os.linesep)


def _cells(tally: Tally) -> list[str]:
    row = tally.as_json()
    shares = [f"{row[name]:.1%}" for name in ("exact", "exact_unsure", "different", "different_unsure")]
    counts = [
        f"{row[f'{kind}_accepted']}+{row[f'{kind}_accepted_unsure']}/{row[kind]}"
        for kind in ("talk", "negated", "near")
    ]
    return [*shares, *counts, f"{row['cpu_per_audio_s']:.3f}"]


if __name__ == "__main__":
    sys.exit(main())
