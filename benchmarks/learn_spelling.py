"""Learns how the acoustic model spells each sound: writes `assistant/ears/spelling.json`.

    python benchmarks/learn_spelling.py [--keep FOLDER]

The tuning half's voices say the tuning half's sentences and phrases of frequent words (no word of the
held-out half), clean and in noise. Each recording is aligned with its own words; then each sound's row
becomes the mean of the symbols found where it was aligned. Five rounds. Held-out voices are never heard.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from assistant.ears.acoustics import AcousticModel, Scores
from assistant.ears.graph import Graph, lay_out
from assistant.ears.interface import Samples
from assistant.ears.lexicon import Lexicon, words_of
from assistant.ears.phones import NAMES, SILENCE
from assistant.ears.viterbi import align
from benchmarks.hearing_set import sentences as said
from benchmarks.hearing_set.frequent import frequent_words
from benchmarks.hearing_set.recordings import CONDITIONS, in_condition, record
from benchmarks.hearing_set.voices import TUNING, present

PHRASES, WORDS_IN_PHRASE, ROUNDS = 400, 5, 5
KEEP_ABOVE = 0.002
"""Weights below this are the same for every symbol."""


def main() -> int:
    """Learns and writes the file."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--keep", type=Path, help="folder that keeps the recordings for the next run")
    model = AcousticModel()
    heard = [(text, model.symbols(samples)) for text, samples in _spoken(parser.parse_args().keep)]
    lexicon = Lexicon(text for text, _ in heard)
    for at in range(ROUNDS):
        table, mean = _round(model, lexicon, heard)
        print(f"round {at + 1}: {mean:.4f} a frame", file=sys.stderr)
        model.spelling = table
    target = Path(__file__).parent.parent / "assistant" / "ears" / "spelling.json"
    target.write_text(json.dumps(_told(model), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return 0


def _spoken(keep: Path | None) -> Iterator[tuple[str, Samples]]:
    voices = present(TUNING)
    texts = said.sentences(said.TUNING, 140, 60) + [said.Sentence(text, "talk") for text in _phrases()]
    recordings = list(record(texts, voices, keep))
    for at, recording in enumerate(recordings):
        for condition in ("clean", CONDITIONS[1 + at % 4]):
            yield recording.sentence.text, in_condition(condition, recording, recordings)


def _phrases() -> list[str]:
    half = said.HELD_OUT
    hidden = [item.name for item in half.items] + [name.text for name in half.nicknames]
    secret = {word for text in [*hidden, *half.strange_items, *half.strange_names] for word in words_of(text)}
    words = [word for word in frequent_words(4000) if word not in secret and len(word) > 1]
    chance = random.Random(5)
    return [" ".join(chance.sample(words, WORDS_IN_PHRASE)) for _ in range(PHRASES)]


def _round(model: AcousticModel, lexicon: Lexicon, heard: list[tuple[str, Scores]]) -> tuple[Scores, float]:
    counts = np.zeros_like(model.spelling, dtype=np.float64)
    total, frames = 0.0, 0
    for text, symbols in heard:
        states, score = align(lay_out(_only(text, lexicon)), model.fits(symbols))
        np.add.at(counts, states, symbols)
        total, frames = total + score, frames + len(symbols)
    prior = model.spelling.astype(np.float64) / model.spelling.sum(axis=1, keepdims=True)
    table = counts + 8.0 * prior
    table /= table.sum(axis=1, keepdims=True)
    return np.maximum(table, 1e-4).astype(np.float32), total / frames


def _only(text: str, lexicon: Lexicon) -> Graph:
    graph = Graph()
    at = 0
    for word in words_of(text):
        after = graph.junction()
        for sounds in lexicon.sounds(word):
            graph.say(at, after, sounds)
        at = after
    graph.ends.add(at)
    return graph


def _told(model: AcousticModel) -> dict[str, dict[str, float]]:
    told = {}
    for row, name in enumerate([*NAMES, "silence"]):
        weights = {s: round(float(w), 4) for s, w in zip(model.names, model.spelling[row], strict=True)}
        told[name] = {s: w for s, w in sorted(weights.items(), key=lambda pair: -pair[1]) if w > KEEP_ABOVE}
    assert len(told) == SILENCE + 1
    return told


if __name__ == "__main__":
    sys.exit(main())
