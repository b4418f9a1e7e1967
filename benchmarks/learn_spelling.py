"""Learns how the acoustic model spells each sound: writes `assistant/ears/spelling.npz`.

    python -m benchmarks.learn_spelling [--keep FOLDER] [--check]

The tuning half's voices, and some more, say the tuning half's sentences, phrases of frequent words and orders
for frequent things (no word, no name and no voice of the held-out half), clean and in noise of a random kind
and loudness. The clean recordings are aligned with their own words, at first by the symbols of the sounds'
usual IPA; each sound's row of the table becomes the mean of the symbols found where it was aligned; twice.
By that table all recordings are aligned, and a network learns the sound from the symbols of neighbouring
frames (`hearing_set/network.py`). Nothing is set by hand, and the same engines and packages give the same
file.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.ears.acoustics import AcousticModel, Scores, Spelling
from assistant.ears.graph import Graph, Whole, lay_out
from assistant.ears.interface import SAMPLE_RATE, Samples
from assistant.ears.lexicon import Lexicon, words_of
from assistant.ears.phones import PHONES, SILENCE
from assistant.ears.viterbi import align
from benchmarks.hearing_set import learning
from benchmarks.hearing_set.network import Network, network
from benchmarks.hearing_set.recordings import Utterance, loudness, mixed, noise, record
from benchmarks.hearing_set.voices import LEARNING, missing_engines

TARGET = Path(__file__).parent.parent / "assistant" / "ears" / "spelling.npz"
SENTENCES, ROUNDS = 760, 2
LEVELS_DB = ((3, 14), (12, 25))
"""Each recording is heard clean, and once in noise between these levels below it."""
RARITY = 0.7
"""How much of a sound's frequency is taken off its score; chosen on the tuning half."""
RARE = 1e-4
"""The least weight of a symbol in a sound's row."""
ALIKE = 0.98
"""In what share of the frames a second learning must find the same sound; rounding makes a few differ."""
UNFIT = -6.0
"""A recording whose words fit it worse than this, a frame, was not said so."""


Aligned = list[tuple[Scores, Whole]]
"""Frames x symbols, and the sound of each frame."""


@dataclass(frozen=True)
class Hearing:
    """One sentence, and what the model wrote when it was said."""

    text: str
    """The words."""
    clean: Scores
    """Frames x symbols."""
    in_noise: tuple[Scores, ...]
    """The same for each of LEVELS_DB."""


def main() -> int:
    """Learns, and writes the file or tells how far it is from what was learned."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--keep", type=Path, help="folder that keeps the recordings for the next run")
    parser.add_argument("--check", action="store_true", help="write nothing; compare with the file")
    options = parser.parse_args()
    if missing := missing_engines():
        print(*missing, sep="\n", file=sys.stderr)
        return 1
    model = AcousticModel()
    with tempfile.TemporaryDirectory() as passing:
        heard = list(hearings(model, options.keep or Path(passing)))
    learned = learn(model.names, heard)
    if options.check:
        return _compare(learned, model.spelling, heard)
    small: dict[str, Any] = {name: part.astype(np.float16) for name, part in parts(learned).items()}
    np.savez_compressed(TARGET, **small)
    return 0


def parts(spelling: Spelling) -> dict[str, Any]:
    """What of a spelling lies in a file, by name."""
    return {name: part for name, part in vars(spelling).items() if name != "blank"}


def _compare(learned: Spelling, told: Spelling, hearings: Sequence[Hearing]) -> int:
    best = [[known.fits(one.clean).argmax(axis=1) for one in hearings] for known in (learned, told)]
    same = float(np.mean(np.concatenate(best[0]) == np.concatenate(best[1])))
    print(f"In {same:.1%} of the frames the same sound fits best as by the file.")
    return int(same < ALIKE)


def hearings(model: AcousticModel, folder: Path) -> Iterator[Hearing]:
    """Everything that the spelling is learned from, said and heard, kept in a folder."""
    recordings = record(learning.texts(SENTENCES), LEARNING, folder)
    for at, recording in enumerate(recordings):
        kept = folder / f"{at:04}-{recording.file.stem}.npz"
        if not kept.exists():
            written = [model.symbols(samples) for samples in _conditions(at, recording, recordings)]
            np.savez(kept, *(symbols.astype(np.float16) for symbols in written))
        clean, *in_noise = (symbols.astype(np.float32) for symbols in np.load(kept).values())
        yield Hearing(recording.sentence.text, clean, tuple(in_noise))


def _conditions(at: int, recording: Utterance, others: Sequence[Utterance]) -> Iterator[Samples]:
    chance = np.random.default_rng(at)
    yield placed(recording.samples, chance)
    for lowest, highest in LEVELS_DB:
        kind = ("white", "pink", "babble", "babble")[int(chance.integers(4))]
        level_db = chance.uniform(lowest, highest)
        yield in_noise(recording, kind, level_db, others, chance)


def in_noise(
    recording: Utterance, kind: str, level_db: float, others: Sequence[Utterance], chance: np.random.Generator
) -> Samples:
    """An utterance with a little room around it, in noise so many decibels below it."""
    spoken = placed(recording.samples, chance)
    return mixed(spoken, loudness(recording.samples), noise(kind, len(spoken), others, chance), level_db)


def placed(samples: Samples, chance: np.random.Generator) -> Samples:
    """An utterance with a little silence before and after it."""
    before, after = chance.uniform(0.1, 0.4), chance.uniform(0.2, 0.6)
    return np.pad(samples, (int(before * SAMPLE_RATE), int(after * SAMPLE_RATE)))


def learn(names: list[str], hearings: list[Hearing]) -> Spelling:
    """Learns which sounds the model's symbols stand for."""
    lexicon = Lexicon(one.text for one in hearings)
    clean = [(one.text, one.clean) for one in hearings]
    loud, mild = ([(one.text, one.in_noise[at]) for one in hearings] for at in range(len(LEVELS_DB)))
    nothing = np.zeros(0, dtype=np.float32)
    unknown = Network(nothing, nothing, nothing, nothing)
    judge = Spelling(_usual_symbols(names), **vars(unknown), offset=nothing, blank=names.index("<blank>"))
    for _ in range(ROUNDS):
        judge = replace(judge, table=_means(_aligned(clean, lexicon, judge), names))
    heard_well = _aligned([*clean, *mild], lexicon, judge)
    aligned = heard_well + _aligned(loud, lexicon, judge)
    heard, sounds = [symbols for symbols, _ in aligned], [said for _, said in aligned]
    known = network(heard, sounds, SILENCE + 1)
    return Spelling(_means(heard_well, names), **vars(known), offset=_offset(sounds), blank=judge.blank)


def _usual_symbols(names: list[str]) -> Scores:
    """A first idea of the table: the symbol that is usual for each sound, and the gaps for silence."""
    table = np.full((SILENCE + 1, len(names)), RARE, dtype=np.float32)
    for row, symbol in enumerate(PHONES.values()):
        table[row, names.index(symbol)] = 1.0
    table[SILENCE, [names.index("<blank>"), names.index("<wb>")]] = 1.0
    return table


def _aligned(said: Iterable[tuple[str, Scores]], lexicon: Lexicon, judge: Spelling) -> Aligned:
    """What was written in each frame, and which sound was said."""
    found: Aligned = []
    for text, symbols in said:
        graph = _only(text, lexicon)
        if graph is not None:
            sounds, score = align(lay_out(graph), judge.written_so(symbols))
            if score / len(symbols) > UNFIT:
                found.append((symbols, sounds))
    print(f"aligned {len(found)} recordings", file=sys.stderr)
    return found


def _means(aligned: Aligned, names: list[str]) -> Scores:
    """The mean of the symbols by sound; a word break is never part of a sound."""
    table = np.zeros((SILENCE + 1, len(names)))
    for symbols, sounds in aligned:
        np.add.at(table, sounds, np.exp(symbols))
    table[:SILENCE, names.index("<wb>")] = 0
    table /= table.sum(axis=1, keepdims=True)
    return np.maximum(table, RARE).astype(np.float32)


def _only(text: str, lexicon: Lexicon) -> Graph | None:
    """The grammar of exactly these words."""
    graph = Graph()
    at = 0
    for word in words_of(text):
        after = graph.junction()
        for sounds in lexicon.sounds(word):
            graph.say(at, after, sounds)
        if not lexicon.sounds(word):
            return None
        at = after
    graph.ends.add(at)
    return graph


def _offset(sounds: Sequence[Whole]) -> Scores:
    """A share of how frequent each sound is."""
    together = np.concatenate(sounds)
    often = np.bincount(together, minlength=SILENCE + 1) / len(together)
    return (RARITY * np.log(np.maximum(often, 1e-6))).astype(np.float32)


if __name__ == "__main__":
    sys.exit(main())
