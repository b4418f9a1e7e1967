"""The phoneme ear: an acoustic model that writes sounds, and a grammar that says which sounds may follow.

Nothing outside the grammar can be heard as an order, new words need only a pronunciation, and every slot
has a confidence of its own, so that one wrong word does not hide behind the right ones.
"""

import time

from assistant.ears.acoustics import AcousticModel, Scores
from assistant.ears.english import build_english
from assistant.ears.evidence import Comparison, Rivals, explained, likely, whole
from assistant.ears.graph import Layout, lay_out
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
from assistant.ears.japanese import build_japanese
from assistant.ears.japanese_verbs import JapaneseVerbs
from assistant.ears.slots import Judged, heard_from
from assistant.ears.viterbi import Path, decode

WORD_WEIGHTS = (2.18, 3.17, 0.0)
"""What each of a word's comparisons says of its truth: any sound, everyday word, second of the list."""
WORD_BIAS = -1.0
CLOSE = 1.0
"""Lead over the next entry of a list (natural logarithm) below which the two may be mistaken."""
NUMBER_WEIGHTS = (0.5, 0.0, 0.8)
"""The same for a number: what counts is how far the next number is. Unsure, it is to be read back."""
NUMBER_BIAS = -0.8
WHOLE_WEIGHTS = (9.06, 0.55)
"""The same for the utterance: all of it, and its worst word outside the lists, against any sounds."""
WHOLE_BIAS: dict[Mode, float] = {"order": -13.3, "answer": -11.0}
"""An answer is short and expected, so less is asked of it."""
EXPLAINED: dict[Mode, float] = {"order": 0.0, "answer": 0.6}
"""How much of what was said an answer must be: "yes" is found in many a sentence."""

_GRAMMARS = {"en": build_english, "ja": build_japanese}


class PhonemeEar:
    """The default ear. English, and a basic Japanese."""

    name = "phoneme"

    def __init__(self) -> None:
        self._model = AcousticModel()
        self._layouts: dict[Mode, Layout] = {}
        self._rivals: Rivals | None = None
        self._verbs: JapaneseVerbs | None = None

    def prepare(self, vocabulary: Vocabulary) -> None:
        """Builds the grammars (see `Ear.prepare`); about half a second for 500 items."""
        build = _GRAMMARS.get(vocabulary.locale)
        if build is None:
            raise EarUnavailable(
                f"The phoneme ear does not know the language {vocabulary.locale}.", "language"
            )
        orders = build(vocabulary, "order")
        self._layouts = {"order": lay_out(orders), "answer": lay_out(build(vocabulary, "answer"))}
        self._rivals = Rivals(orders)
        self._verbs = JapaneseVerbs() if vocabulary.locale == "ja" else None

    def hear(self, samples: Samples, mode: Mode = "order") -> Heard:
        """Hears one whole utterance (see `Ear.hear`)."""
        if self._rivals is None:
            raise EarUnavailable("The ear was not told what can be bought.", "not_prepared")
        started = time.process_time()
        scores = self._model.scores(samples)
        path = decode(self._layouts[mode], scores) if len(scores) else None
        audio_s = len(samples) / SAMPLE_RATE
        if path is None:
            spent = time.process_time() - started
            return Heard(Action.NONE, self.name, audio_s, spent, reason="not_an_order")
        words, sure = _judge(path, scores, self._rivals, mode)
        heard = heard_from(words, sure, self.name, audio_s, time.process_time() - started)
        return heard if self._verbs is None else self._verbs.judged(heard, scores[path.words[-1].start :])

    def listen(self, mode: Mode = "order") -> Hearing:
        """Starts an utterance whose samples come in pieces (see `Ear.listen`)."""
        return WholeHearing(lambda samples: self.hear(samples, mode))


def _judge(path: Path, scores: Scores, rivals: Rivals, mode: Mode) -> tuple[list[Judged], float]:
    """Each word's confidence, and the utterance's."""
    compared = [rivals.compare(word, scores) for word in path.words]
    words = [
        Judged(w.arc, _sure(w.arc.slot, made), made.second < CLOSE)
        for w, made in zip(path.words, compared, strict=True)
    ]
    worst = min(made.any_sound for made in compared)
    if explained(path, scores) < EXPLAINED[mode]:
        return words, 0.0
    return words, likely((whole(path, scores), worst), WHOLE_WEIGHTS, WHOLE_BIAS[mode])


def _sure(slot: str, made: Comparison) -> float:
    features = (made.any_sound, made.everyday, made.second)
    if slot == "quantity":
        return likely(features, NUMBER_WEIGHTS, NUMBER_BIAS)
    return likely(features, WORD_WEIGHTS, WORD_BIAS)
