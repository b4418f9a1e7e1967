"""Counts what an ear got right, in the rows of `research/voice.md` section 4."""

from collections import Counter
from dataclasses import dataclass, field

from assistant.ears.interface import Heard
from benchmarks.hearing_set.sentences import Sentence


@dataclass
class Tally:
    """One row: one half in one condition.

    An order is counted by what becomes of it: "sure" is bought as heard (by `--once` too), "unsure" is read
    back first and is exit 5 with `--once`. A right order that is unsure is therefore not exact.
    """

    counts: Counter[str] = field(default_factory=Counter)
    """How many of each kind; "exact" and "different" orders, and of the others each " accepted", all of them
    "sure" or "unsure"."""
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
        sure = "unsure" if heard.reason == "unsure" else "sure"
        if sentence.kind != "order":
            verdict = f"{sentence.kind} accepted" if heard.is_order else ""
        elif not heard.is_order:
            verdict = "refused"
        else:
            said = (sentence.item, sentence.quantity, sentence.nickname)
            verdict = "exact" if (heard.item, heard.quantity, heard.nickname) == said else "different"
        if verdict:
            self.counts[f"{verdict} {sure}"] += 1
        if verdict and (verdict, sure) != ("exact", "sure"):
            self._fault(sentence, heard, who)

    def _fault(self, sentence: Sentence, heard: Heard, who: str) -> None:
        slots = {name: f"{slot.text} {slot.confidence:.2f}" for name, slot in heard.slots.items()}
        told = f"{heard.action.value} {heard.reason} {heard.confidence:.2f} {slots}"
        self.faults.append(f"{who}: {sentence.text!r} -> {told}")

    def __add__(self, other: "Tally") -> "Tally":
        """Two rows as one."""
        return Tally(
            self.counts + other.counts,
            self.faults + other.faults,
            self.cpu_s + other.cpu_s,
            self.audio_s + other.audio_s,
        )

    def as_json(self) -> dict[str, float | int]:
        """The row in numbers; shares are 0 to 1, "unsure" is beside the others."""
        row: dict[str, float | int] = {"orders": self.counts["order"]}
        for verdict in ("exact", "different"):
            row[verdict] = self._share(f"{verdict} sure", "order")
            row[f"{verdict}_unsure"] = self._share(f"{verdict} unsure", "order")
        for kind in ("talk", "negated", "near"):
            row[kind] = self.counts[kind]
            accepted = [self.counts[f"{kind} accepted {sure}"] for sure in ("sure", "unsure")]
            row[f"{kind}_accepted"], row[f"{kind}_accepted_unsure"] = accepted
        row["cpu_per_audio_s"] = round(self.cpu_s / self.audio_s, 4) if self.audio_s else 0.0
        return row

    def _share(self, part: str, whole: str) -> float:
        return round(self.counts[part] / self.counts[whole], 4) if self.counts[whole] else 0.0
