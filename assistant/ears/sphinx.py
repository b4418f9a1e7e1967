"""The fallback ear: pocketsphinx with the same grammar, and a rejection of its own.

The grammar goes in as a finite-state graph whose words carry the sounds of the phoneme ear's grammar, so
both ears know the same orders and refusals. Sphinx gives no usable confidence for a grammar, so each word is
judged by its acoustic score for each frame (0 is perfect), and the utterance also by how far its sounds agree
with those that a second pass without any grammar finds in the same frames. Weights: tuning half.
"""

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.ears.english import build_english
from assistant.ears.graph import Arc, Graph
from assistant.ears.interface import (
    SAMPLE_RATE,
    Action,
    EarUnavailable,
    Heard,
    Hearing,
    Mode,
    Samples,
    Vocabulary,
    WholeHearing,
)
from assistant.ears.phones import NAMES, NUMBER
from assistant.ears.slots import Judged, heard_from

_WORST = -60.0
_WORD_BIAS, _WORD_ACOUSTIC = 9.3, 1.79
_WHOLE_BIAS, _WHOLE_ACOUSTIC, _WHOLE_AGREEMENT = 5.9, 1.6, 5.97


@dataclass(frozen=True, slots=True)
class _Piece:
    """One stretch that a pass found."""

    word: str
    start: int
    end: int
    score: float
    """Natural logarithm for each frame."""


class SphinxEar:
    """pocketsphinx with a grammar; English only."""

    name = "sphinx"

    def __init__(self) -> None:
        try:
            import pocketsphinx
        except ImportError as missing:
            raise EarUnavailable("The sphinx ear needs the package pocketsphinx.") from missing
        self._model = pocketsphinx.get_model_path() + "/en-us/"
        self._make = pocketsphinx.Decoder
        self._decoders: dict[Mode, Any] = {}
        self._arcs: dict[Mode, dict[str, Arc]] = {}

    def prepare(self, vocabulary: Vocabulary) -> None:
        """Builds the grammars (see `Ear.prepare`)."""
        if vocabulary.locale != "en":
            raise EarUnavailable(
                f"The sphinx ear does not know the language {vocabulary.locale}.", "language"
            )
        for mode in ("order", "answer"):
            self._load(mode, build_english(vocabulary, mode))

    def _load(self, mode: Mode, graph: Graph) -> None:
        decoder = self._make(hmm=self._model + "en-us", lm=None, dict=None, loglevel="FATAL")
        spelt: dict[tuple[object, ...], str] = {}
        arcs: dict[str, Arc] = {}
        moves: list[tuple[Any, ...]] = []
        for arc in graph.arcs:
            meaning = (arc.sounds, arc.slot, arc.value)
            if meaning not in spelt:
                word = spelt[meaning] = f"w{len(spelt)}"
                arcs[word] = arc
                decoder.add_word(word, " ".join(NAMES[sound] for sound in arc.sounds), False)
            moves.append((arc.source, arc.target, math.exp(-arc.cost), spelt[meaning]))
        moves += [(source, target, math.exp(-cost)) for source, target, cost in graph.skips]
        moves += [(end, graph.junctions, 1.0) for end in graph.ends]
        decoder.add_word("zz", "Z Z", True)
        decoder.add_fsg("grammar", decoder.create_fsg("grammar", 0, graph.junctions, moves))
        decoder.add_allphone_file("sounds", self._model + "en-us-phone.lm.bin")
        self._decoders[mode], self._arcs[mode] = decoder, arcs

    def hear(self, samples: Samples, mode: Mode = "order") -> Heard:
        """Hears one whole utterance (see `Ear.hear`)."""
        started = time.process_time()
        decoder = self._decoders[mode]
        raw = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        pieces = [piece for piece in _pass(decoder, "grammar", raw) if piece.word in self._arcs[mode]]
        audio_s = len(samples) / SAMPLE_RATE
        if not pieces:
            spent = time.process_time() - started
            return Heard(Action.NONE, self.name, audio_s, spent, reason="not_an_order")
        arcs = [self._arcs[mode][piece.word] for piece in pieces]
        whole = _whole(arcs, pieces, _pass(decoder, "sounds", raw))
        words = [
            Judged(arc, _likely(_WORD_BIAS + _WORD_ACOUSTIC * piece.score))
            for arc, piece in zip(arcs, pieces, strict=True)
        ]
        return heard_from(words, whole, self.name, audio_s, time.process_time() - started)

    def listen(self, mode: Mode = "order") -> Hearing:
        """Starts an utterance whose samples come in pieces (see `Ear.listen`)."""
        return WholeHearing(lambda samples: self.hear(samples, mode))


def _pass(decoder: Any, search: str, raw: bytes) -> list[_Piece]:
    decoder.activate_search(search)
    decoder.start_utt()
    decoder.process_raw(raw, full_utt=True)
    decoder.end_utt()
    found = []
    for piece in (decoder.seg() or ()) if decoder.hyp() else ():
        frames = max(piece.end_frame - piece.start_frame + 1, 1)
        score = math.log(piece.ascore) / frames if piece.ascore > 0 else _WORST
        found.append(_Piece(piece.word, piece.start_frame, piece.end_frame, score))
    return found


def _whole(arcs: list[Arc], pieces: list[_Piece], sounds: list[_Piece]) -> float:
    """How likely the utterance is what the grammar found: the mean over its sounds."""
    sizes = [len(arc.sounds) for arc in arcs]
    agreements = []
    for arc, piece in zip(arcs, pieces, strict=True):
        inside = [s.word for s in sounds if piece.start - 3 <= (s.start + s.end) / 2 <= piece.end + 3]
        found = [name for name in inside if name in NUMBER]
        agreements.append(_agreement([NAMES[sound] for sound in arc.sounds], found))
    acoustic = float(np.average([piece.score for piece in pieces], weights=sizes))
    agreement = float(np.average(agreements, weights=sizes))
    return _likely(_WHOLE_BIAS + _WHOLE_ACOUSTIC * acoustic + _WHOLE_AGREEMENT * agreement)


def _likely(total: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _agreement(wanted: list[str], found: list[str]) -> float:
    """How far two strings of sounds agree, 1 to about -1; sounds of one kind agree by half."""
    row = [float(at) for at in range(len(found) + 1)]
    for at, sound in enumerate(wanted, 1):
        before, row[0] = row[0], float(at)
        for other in range(1, len(found) + 1):
            cost = (
                0.0 if sound == found[other - 1] else 0.5 if _kind(sound) == _kind(found[other - 1]) else 1.0
            )
            before, row[other] = row[other], min(row[other] + 1, row[other - 1] + 1, before + cost)
    return 1.0 - row[-1] / max(len(wanted), 1)


def _kind(sound: str) -> str:
    for kind in (
        "AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW",
        "P T K B D G",
        "M N NG",
        "S Z SH ZH CH JH TH F",
    ):
        if sound in kind.split():
            return kind
    return "glide"
