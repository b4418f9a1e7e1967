"""How well the ears hear: prints the accuracy table of the held-out half.

    python benchmarks/hearing.py [--engine phoneme] [--orders 140] [--others 60] [--json] [--faults]

Every recording is synthetic: no human voice was heard. The two halves share no voice, no item, no name and
no sentence of plain talk; thresholds and weights were chosen on the tuning half, whose figures are printed
with --half tuning and say little about the world.
"""

import argparse
import json
import os
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.ears.choose import ear_named
from assistant.ears.interface import Ear, EarUnavailable, Vocabulary
from benchmarks.hearing_set import sentences as said
from benchmarks.hearing_set import voices as speakers
from benchmarks.hearing_set.recordings import CONDITIONS, Recording, in_condition, record
from benchmarks.hearing_set.score import Tally


def main() -> int:
    """Returns 1 if the engine cannot be used."""
    options = _options()
    half, voices = (
        (said.HELD_OUT, speakers.HELD_OUT) if options.half == "held-out" else (said.TUNING, speakers.TUNING)
    )
    for sentence in speakers.missing_engines():
        print(f"Left out: {sentence}", file=sys.stderr)
    voices = speakers.present(voices)
    if not voices:
        print("No speech engine is installed, so there is nobody to listen to.", file=sys.stderr)
        return 1
    try:
        ear = ear_named(options.engine)
        ear.prepare(Vocabulary(half.items, half.nicknames))
    except EarUnavailable as missing:
        print(missing.sentence, file=sys.stderr)
        return 1
    recordings = list(record(said.sentences(half, options.orders, options.others), voices, options.keep))
    rows = {condition: _row(ear, condition, recordings) for condition in options.conditions}
    _report(options, half.name, len(voices), rows)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--engine", default="phoneme", help="which ear")
    parser.add_argument("--half", choices=("held-out", "tuning"), default="held-out")
    parser.add_argument("--orders", type=int, default=140, help="how many orders")
    parser.add_argument("--others", type=int, default=60, help="how many each of negated, near and talk")
    parser.add_argument("--conditions", nargs="+", choices=CONDITIONS, default=CONDITIONS)
    parser.add_argument("--keep", type=Path, help="folder that keeps the recordings for the next run")
    parser.add_argument("--faults", action="store_true", help="print what was heard wrongly")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser.parse_args()


def _row(ear: Ear, condition: str, recordings: list[Recording]) -> Tally:
    tally = Tally()
    for recording in recordings:
        heard = ear.hear(in_condition(condition, recording, recordings))
        tally.add(recording.sentence, heard, str(recording.voice))
    return tally


def _report(options: argparse.Namespace, half: str, voices: int, rows: dict[str, Tally]) -> None:
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if options.json:
        told = {condition: tally.as_json() for condition, tally in rows.items()}
        figures = {"engine": options.engine, "half": half, "voices": voices, "peak_mb": memory_mb}
        print(json.dumps({**figures, "conditions": told}, indent=2))
        return
    print(f"{options.engine}, {half} half, {voices} voices, peak {memory_mb} MB with the speech engines")
    if half == "tuning":
        print("These are the figures that weights and thresholds were chosen on; they are too good.")
    print(f"{'':14}{'exact':>8}{'wrong':>8}{'talk FA':>10}{'negated FA':>12}{'near FA':>10}{'CPU s/s':>9}")
    for condition, tally in rows.items():
        row = tally.as_json()
        talk = f"{row['talk_accepted']}/{row['talk']}"
        negated = f"{row['negated_accepted']}/{row['negated']}"
        print(
            f"{condition:14}{row['exact']:8.1%}{row['wrong']:8.1%}{talk:>10}{negated:>12}"
            f"{row['near_accepted']:10.1%}{row['cpu_per_audio_s']:9.3f}"
        )
        if options.faults:
            print(*(f"    {fault}" for fault in tally.faults), sep=os.linesep)


if __name__ == "__main__":
    sys.exit(main())
