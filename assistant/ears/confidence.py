"""From comparisons to probabilities: logistic weights for a word, a number and the whole utterance.

The English weights are in `confidence.json`, learned from the tuning voices by
`benchmarks/learn_confidence.py`; the Japanese ones, and those of numbers and answers, were chosen by hand on
the tuning half.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from assistant.ears.evidence import Comparison
from assistant.ears.interface import Mode

BEATEN = 6.5
"""An English word that a decoy leads by more (natural logarithm) is not believed, however well it fits."""


@dataclass(frozen=True)
class Weights:
    """What each feature says, and how much is asked of all together."""

    of: tuple[float, ...]
    """By feature."""
    bias: float
    """Added to the weighed features."""

    def likely(self, features: Iterable[float]) -> float:
        """A probability (logistic)."""
        total = self.bias + sum(weight * one for weight, one in zip(self.of, features, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True)
class Confidence:
    """The weights of one language."""

    word: Weights
    """Of a word's `features`."""
    number: Weights
    """Of a number's: any sound, and how far the next number is. Unsure, it is to be read back."""
    whole: dict[Mode, Weights]
    """Of `evidence.whole`. An answer is short and expected, so less is asked of it."""
    by_length: bool = True
    """Whether long words' comparisons count for more, and BEATEN holds; Japanese was weighed without."""

    def of_word(self, slot: str, made: Comparison) -> float:
        """How likely a word was said."""
        if slot == "quantity":
            return self.number.likely((made.any_sound, made.second))
        if not self.by_length:
            return self.word.likely((made.any_sound, made.decoy))
        return self.word.likely(features(made)) if made.decoy * made.sounds > -BEATEN else 0.0


def features(made: Comparison) -> tuple[float, float]:
    """A word against any sounds and against decoys, by sound, times the root of how many sounds it has."""
    root = math.sqrt(made.sounds)
    return made.any_sound * root, made.decoy * root


_NUMBER = Weights((0.5, 0.8), -0.8)
_ANSWER = Weights((9.06, 0.55, 0.0, 0.0), -11.0)
_JAPANESE = Confidence(
    word=Weights((2.18, 3.17), -1.0),
    number=_NUMBER,
    whole={"order": Weights((9.06, 0.55, 0.0, 0.0), -13.3), "answer": _ANSWER},
    by_length=False,
)


@lru_cache(maxsize=1)
def _learned() -> dict[str, Weights]:
    told = json.loads(resources.files("assistant.ears").joinpath("confidence.json").read_text("utf-8"))
    return {name: Weights(tuple(part["of"]), part["bias"]) for name, part in told.items()}


def confidence_in(locale: str) -> Confidence:
    """The weights of a language."""
    if locale != "en":
        return _JAPANESE
    learned = _learned()
    return Confidence(learned["word"], _NUMBER, {"order": learned["whole"], "answer": _ANSWER})
