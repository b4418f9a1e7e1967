"""Counts what an ear got right, in the rows of `research/voice.md` section 4."""

from collections import Counter
from dataclasses import dataclass, field

from assistant.ears.interface import Heard
from benchmarks.hearing_set.sentences import Sentence


@dataclass
class Tally:
    """One row: one half in one condition."""

    counts: Counter[str] = field(default_factory=Counter)
    """"order" (asked) and "order exact", "order wrong"; "negated", "near", "talk" and each " accepted"."""
    faults: list[str] = field(default_factory=list)
    """What was heard wrongly, in words."""
    cpu_s: float = 0.0
    """CPU seconds of hearing."""
    audio_s: float = 0.0
    """Seconds of sound."""

    def add(self, sentence: Sentence, heard: Heard, who: str) -> None:
        """Judges one utterance."""
        self.cpu_s += heard.cpu_s
        self.audio_s += heard.audio_s
        self.counts[sentence.kind] += 1
        if sentence.kind == "order":
            self._order(sentence, heard, who)
        elif heard.is_order:
            self.counts[f"{sentence.kind} accepted"] += 1
            self._fault(sentence, heard, who)

    def _order(self, sentence: Sentence, heard: Heard, who: str) -> None:
        said = (sentence.item, sentence.quantity, sentence.nickname)
        if heard.is_order and (heard.item, heard.quantity, heard.nickname) == said:
            self.counts["order exact"] += 1
            return
        if heard.is_order:
            self.counts["order wrong"] += 1
        self._fault(sentence, heard, who)

    def _fault(self, sentence: Sentence, heard: Heard, who: str) -> None:
        slots = {name: f"{slot.text} {slot.confidence:.2f}" for name, slot in heard.slots.items()}
        self.faults.append(f"{who}: {sentence.text!r} -> {heard.action.value} {heard.reason} {slots}")

    def share(self, part: str, whole: str) -> float:
        """How many of the one per one of the other, 0 to 1."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 0.0

    def as_json(self) -> dict[str, float | int]:
        """The row in numbers."""
        return {
            "orders": self.counts["order"],
            "exact": round(self.share("order exact", "order"), 4),
            "wrong": round(self.share("order wrong", "order"), 4),
            "talk": self.counts["talk"],
            "talk_accepted": self.counts["talk accepted"],
            "negated": self.counts["negated"],
            "negated_accepted": self.counts["negated accepted"],
            "near": self.counts["near"],
            "near_accepted": round(self.share("near accepted", "near"), 4),
            "cpu_per_audio_s": round(self.cpu_s / self.audio_s, 4) if self.audio_s else 0.0,
        }
