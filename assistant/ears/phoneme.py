"""The phoneme ear: an acoustic model that writes sounds, and a grammar that says which sounds may follow.

Nothing outside the grammar can be heard as an order, new words need only a pronunciation, and every slot
has a score of its own, so that one wrong word does not hide behind the right ones.
"""

import time

import numpy as np

from assistant.ears.acoustics import AcousticModel, Scores
from assistant.ears.english import build_english
from assistant.ears.graph import Layout, lay_out
from assistant.ears.interface import (
    SAMPLE_RATE,
    Action,
    EarUnavailable,
    Heard,
    Hearing,
    Mode,
    Samples,
    Slot,
    Vocabulary,
    concatenated,
)
from assistant.ears.viterbi import Path, decode

UTTERANCE_AT_LEAST = -1.2
"""Mean log ratio per sounding frame below which an utterance is no order."""
SLOT_AT_LEAST = -2.0
"""The same for the item and the nickname."""


class PhonemeEar:
    """The default ear. English, and a basic Japanese."""

    name = "phoneme"

    def __init__(self) -> None:
        self._model = AcousticModel()
        self._layouts: dict[Mode, Layout] = {}

    def prepare(self, vocabulary: Vocabulary) -> None:
        """Builds the grammars (see `Ear.prepare`)."""
        if vocabulary.locale != "en":
            raise EarUnavailable(
                f"The phoneme ear does not know the language {vocabulary.locale}.", "language"
            )
        self._layouts = {
            "order": lay_out(build_english(vocabulary, "order")),
            "answer": lay_out(build_english(vocabulary, "answer")),
        }

    def hear(self, samples: Samples, mode: Mode = "order") -> Heard:
        """Hears one whole utterance (see `Ear.hear`)."""
        started = time.process_time()
        scores = self._model.scores(samples)
        path = decode(self._layouts[mode], scores) if len(scores) else None
        cpu_s = time.process_time() - started
        return _read(path, scores, len(samples) / SAMPLE_RATE, cpu_s)

    def listen(self, mode: Mode = "order") -> Hearing:
        """Starts an utterance whose samples come in pieces (see `Ear.listen`)."""
        return _Listening(self, mode)


class _Listening:
    def __init__(self, ear: PhonemeEar, mode: Mode):
        self._ear = ear
        self._mode = mode
        self._pieces: list[Samples] = []
        self._thought: Heard | None = None

    def feed(self, samples: Samples) -> None:
        self._pieces.append(samples)
        self._thought = None

    def think(self) -> None:
        self._thought = self._hear()

    def finish(self) -> Heard:
        return self._thought or self._hear()

    def _hear(self) -> Heard:
        return self._ear.hear(concatenated(self._pieces), self._mode)


def _read(path: Path | None, scores: Scores, audio_s: float, cpu_s: float) -> Heard:
    nothing = Heard(Action.NONE, PhonemeEar.name, audio_s, cpu_s, reason="not_an_order")
    if path is None:
        return nothing
    free = scores.max(axis=1)
    sounding = scores[:, :-1].max(axis=1) > scores[:, -1]
    worth: dict[str, float] = {}
    values: dict[str, object] = {}
    for word in path.words:
        frames = slice(word.start, word.end)
        count = max(len(word.arc.sounds), int(sounding[frames].sum()), 1)
        if word.arc.slot:
            worth[word.arc.slot] = (word.score - float(free[frames].sum())) / count
            values[word.arc.slot] = word.arc.value
    whole = (path.score - float(free.sum())) / max(int(sounding.sum()), 1)
    slots = {name: Slot(str(values[name]), float(np.exp(worth[name]))) for name in values}
    if whole < UTTERANCE_AT_LEAST:
        return nothing
    return _told(values, worth, whole, slots, audio_s, cpu_s)


def _told(
    values: dict[str, object],
    worth: dict[str, float],
    whole: float,
    slots: dict[str, Slot],
    audio_s: float,
    cpu_s: float,
) -> Heard:
    def accepted(name: str) -> str | None:
        return str(values[name]) if name in values and worth[name] >= SLOT_AT_LEAST else None

    action = (
        values.get("guard") or values.get("action") or (Action.ORDER if "item" in values else Action.NAME)
    )
    quantity = values.get("quantity", 1)
    return Heard(
        Action(str(action)),
        PhonemeEar.name,
        audio_s,
        cpu_s,
        item=accepted("item"),
        quantity=quantity if isinstance(quantity, int) else 1,
        nickname=accepted("nickname"),
        confidence=float(np.exp(whole)),
        slots=slots,
    )
