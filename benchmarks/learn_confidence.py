"""Learns how far the ear may believe itself: writes `assistant/ears/confidence.json`.

    python -m benchmarks.learn_confidence [--keep FOLDER] [--check]

The tuning voices, and some more, say orders for things and people drawn by chance, and plain sentences
(`hearing_set/judging.py`; no word and no voice of the held-out half), clean and in noise. Each engine's
voices are heard through a spelling of sounds that was learned without that engine, as a stranger's voice is.
Orders are heard with a catalogue and contacts that have what was said, and with ones that lack the thing or
the person. From the ear's own comparisons two logistic regressions learn what was said and what was not.
Nothing is set by hand but what it costs to take a stranger's thing for an entry, beside asking again.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from assistant.ears.acoustics import AcousticModel, Scores, Spelling
from assistant.ears.confidence import Weights, features
from assistant.ears.english import build_english
from assistant.ears.evidence import Comparison, Rivals, whole
from assistant.ears.graph import lay_out
from assistant.ears.interface import Samples
from assistant.ears.viterbi import Path as Found
from assistant.ears.viterbi import decode
from benchmarks.hearing_set import judging, learning
from benchmarks.hearing_set.recordings import KeptRecording, record
from benchmarks.hearing_set.sentences import Sentence
from benchmarks.hearing_set.voices import JUDGING, LEARNING, missing_engines
from benchmarks.hearing_set.wordnet import FOLDER as WORDNET
from benchmarks.hearing_set.wordnet import REMEDY
from benchmarks.learn_spelling import SENTENCES, hearings, in_noise, learn, parts, placed

TARGET = Path(__file__).parent.parent / "assistant" / "ears" / "confidence.json"
FOLDS = (("espeak",), ("flite",), ("festival", "kokoro"), ("hibari",))
"""The engines that are left out together."""
LEVELS_DB = ((5, 14), (14, 24))
"""Each recording is heard clean, and in noise between these levels below it; orders in one of the two."""
STRANGERS, TALK = (0.35, 0.2, 0.3), 0.8
"""What it costs to believe what was not said, where to doubt what was said costs 1: a word when clean and at
each level of noise, and an utterance. Chosen on the tuning half."""
BABBLERS = 100
SEED = 100_000
RIDGE = 1.0
SETTLED = 60
WORD, WHOLE = "word", "whole"
JOBS = 2


@dataclass(frozen=True)
class Lesson:
    """Something that was heard."""

    kind: str
    """WORD or WHOLE."""
    features: tuple[float, ...]
    """What its confidence is made of."""
    is_true: bool
    """Whether it was said."""
    cost: float
    """What it costs to be wrong about it."""


@dataclass(frozen=True)
class _Task:
    """One recording to hear."""

    at: int
    """Which one."""
    said: judging.Spoken
    """What was said."""
    file: Path
    """Where its symbols lie."""
    spelling: Path
    """Where the spelling lies that was learned without its engine."""


def main() -> int:
    """Learns, and writes the file or tells how far it is from what was learned."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--keep", type=Path, help="folder that keeps the recordings for the next run")
    parser.add_argument("--check", action="store_true", help="write nothing; compare with the file")
    options = parser.parse_args()
    if missing := missing_engines() + ([] if WORDNET.exists() else [REMEDY]):
        print(*missing, sep="\n", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as passing:
        learned = _learn(options.keep or Path(passing))
    if options.check:
        return _compare(learned)
    TARGET.write_text(json.dumps(learned, indent=2) + "\n", encoding="utf-8")
    return 0


Learned = dict[str, dict[str, float | list[float]]]
"""What is judged: its weights "of" the features, and their "bias"."""


def _compare(learned: Learned) -> int:
    told = json.loads(TARGET.read_text(encoding="utf-8"))
    furthest = max(float(np.abs(np.subtract(learned[k]["of"], told[k]["of"])).max()) for k in told)
    print(f"The furthest weight is {furthest:.4f} from the file's.")
    return int(furthest > 0.05)


def _learn(folder: Path) -> Learned:
    with ProcessPoolExecutor(JOBS, get_context("spawn")) as pool:
        heard = pool.map(_lessons, list(_tasks(folder)), chunksize=8)
        return from_lessons([lesson for some in heard for lesson in some])


def from_lessons(lessons: Sequence[Lesson]) -> Learned:
    """The weights of words and of utterances."""
    learned: Learned = {}
    for kind in (WORD, WHOLE):
        some = [lesson for lesson in lessons if lesson.kind == kind]
        truth = np.array([lesson.is_true for lesson in some])
        print(f"{kind}: {len(truth)} heard, {truth.sum()} of them said", file=sys.stderr)
        features, costs = [lesson.features for lesson in some], [lesson.cost for lesson in some]
        weights = regression(np.array(features), truth, np.array(costs))
        learned[kind] = {"of": [round(one, 3) for one in weights.of], "bias": round(weights.bias, 3)}
    return learned


def _tasks(folder: Path) -> Iterator[_Task]:
    model = AcousticModel()
    spellings = _spellings(model, folder)
    spoken = judging.spoken()
    recordings = record([one.sentence for one in spoken], JUDGING, folder)
    for at, (said, recording) in enumerate(zip(spoken, recordings, strict=True)):
        kept = folder / f"judged-{at:04}-{recording.file.stem}.npz"
        if not kept.exists():
            written = [model.symbols(samples) for samples in _conditions(at, recording, recordings)]
            np.savez(kept, *(symbols.astype(np.float16) for symbols in written))
        yield _Task(at, said, kept, spellings[recording.voice.engine])


def _conditions(at: int, recording: KeptRecording, others: Sequence[KeptRecording]) -> Iterator[Samples]:
    chance = np.random.default_rng(SEED + at)
    yield placed(recording.samples, chance)
    for lowest, highest in LEVELS_DB:
        kind = ("white", "babble", "babble", "pink")[int(chance.integers(4))]
        yield in_noise(recording, kind, chance.uniform(lowest, highest), others[:BABBLERS], chance)


def _spellings(model: AcousticModel, folder: Path) -> dict[str, Path]:
    """By engine, the spelling that was learned without it."""
    heard = list(hearings(model, folder))
    speakers = [recording.voice.engine for recording in record(learning.texts(SENTENCES), LEARNING, folder)]
    found: dict[str, Path] = {}
    for fold in FOLDS:
        file = folder / f"without-{'-'.join(fold)}.npz"
        known = learn(model.names, [h for h, who in zip(heard, speakers, strict=True) if who not in fold])
        np.savez(file, **parts(known))
        found |= dict.fromkeys(fold, file)
    return found


@lru_cache(maxsize=len(FOLDS))
def _spelling(file: Path) -> Spelling:
    return Spelling(**np.load(file), blank=AcousticModel().names.index("<blank>"))


def _lessons(task: _Task) -> list[Lesson]:
    """What one recording teaches."""
    spelling = _spelling(task.spelling)
    heard = [spelling.fits(symbols.astype(np.float32)) for symbols in np.load(task.file).values()]
    everywhere = range(len(heard))
    if task.said.sentence.kind != "order":
        return list(_taught(task, heard, everywhere, True, True))
    some = (0, 1 + task.at % len(LEVELS_DB))
    households = [(True, True), (False, True), (True, False)]
    return [
        lesson
        for has_item, has_name in households
        if not (has_name and task.said.is_somebody)
        for lesson in _taught(task, heard, some, has_item, has_name)
    ]


def _taught(
    task: _Task, heard: Sequence[Scores], levels: Sequence[int], has_item: bool, has_name: bool
) -> Iterator[Lesson]:
    sentence = task.said.sentence
    orders = build_english(judging.vocabulary(sentence, task.at, has_item, has_name))
    layout, rivals = lay_out(orders), Rivals(orders, "en")
    for level in levels:
        path = decode(layout, heard[level])
        if path is None:
            continue
        compared = [rivals.compare(word, heard[level]) for word in path.words]
        if sentence.kind == "order":
            yield from _of_words(sentence, path, compared, STRANGERS[level])
        worst = min(made.any_sound for made in compared)
        yield from _of_whole(sentence, path, whole(path, heard[level], worst))


def _meant(sentence: Sentence) -> dict[str, str | None]:
    return {"item": sentence.item, "nickname": sentence.nickname}


def _of_words(
    sentence: Sentence, path: Found, compared: Sequence[Comparison], stranger: float
) -> Iterator[Lesson]:
    meant = _meant(sentence)
    for word, made in zip(path.words, compared, strict=True):
        if word.arc.slot in meant:
            is_true = word.arc.value == meant[word.arc.slot]
            yield Lesson(WORD, features(made), is_true, 1.0 if is_true else stranger)


def _of_whole(sentence: Sentence, path: Found, features: tuple[float, ...]) -> Iterator[Lesson]:
    """Talk that was taken for an order, and orders that were heard right; other paths teach nothing."""
    slots, meant = {word.arc.slot: word.arc.value for word in path.words}, _meant(sentence)
    if not meant.keys() <= slots.keys() or "guard" in slots:
        return
    if sentence.kind == "talk":
        yield Lesson(WHOLE, features, False, TALK)
    elif sentence.kind == "order" and all(slots[slot] == value for slot, value in meant.items()):
        yield Lesson(WHOLE, features, True, 1.0)


def regression(features: Scores, truth: Scores, importance: Scores) -> Weights:
    """Weights of a logistic regression with a small ridge over scaled features, by Newton's method."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = np.c_[(features - mean) / spread, np.ones(len(features))]
    ridge = np.diag([RIDGE] * features.shape[1] + [1e-6])
    found = np.zeros(scaled.shape[1])
    for _ in range(SETTLED):
        likely = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (importance * (likely - truth)) + ridge @ found
        bend = (scaled * (importance * likely * (1 - likely))[:, None]).T @ scaled + ridge
        found -= np.linalg.solve(bend, slope)
    weights = found[:-1] / spread
    return Weights(tuple(map(float, weights)), float(found[-1] - (weights * mean).sum()))


if __name__ == "__main__":
    sys.exit(main())
