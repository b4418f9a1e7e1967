"""The phoneme ear: an acoustic model that writes sounds, and a grammar that says which sounds may follow.

Nothing outside the grammar can be heard as an order, new words need only a pronunciation, and every slot
has a confidence of its own, so that one wrong word does not hide behind the right ones.
"""

import time

from assistant.ears.acoustics import AcousticModel, Scores
from assistant.ears.confidence import Confidence, confidence_in
from assistant.ears.english import build_english
from assistant.ears.evidence import Rivals, explained, whole
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

CLOSE = 1.0
"""Lead over the next entry of a list (natural logarithm) below which the two may be mistaken."""
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
        self._confidence = confidence_in("en")
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
        self._rivals = Rivals(orders, vocabulary.locale)
        self._confidence = confidence_in(vocabulary.locale)
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
        words, sure = _judge(path, scores, self._rivals, self._confidence, mode)
        heard = heard_from(words, sure, self.name, audio_s, time.process_time() - started)
        return heard if self._verbs is None else self._verbs.judged(heard, scores[path.words[-1].start :])

    def listen(self, mode: Mode = "order") -> Hearing:
        """Starts an utterance whose samples come in pieces (see `Ear.listen`)."""
        return WholeHearing(lambda samples: self.hear(samples, mode))


def _judge(
    path: Path, scores: Scores, rivals: Rivals, weights: Confidence, mode: Mode
) -> tuple[list[Judged], float]:
    """Each word's confidence, and the utterance's."""
    compared = [rivals.compare(word, scores) for word in path.words]
    words = [
        Judged(word.arc, weights.of_word(word.arc.slot, made), made.second < CLOSE)
        for word, made in zip(path.words, compared, strict=True)
    ]
    worst = min(made.any_sound for made in compared)
    if explained(path, scores) < EXPLAINED[mode]:
        return words, 0.0
    return words, weights.whole[mode].likely(whole(path, scores, worst))
