"""How well spoken Japanese is heard, as it is: `python -m benchmarks.japanese_hearing` (`--json`).

Synthetic voices only: pyopenjtalk's "Mei" at several speeds and pitches where the extra japanese-voice is
installed, and espeak-ng, which is given kana because it reads no kanji. The lead that an ordering verb needs
over a refusing one was chosen on Mei at speeds 1 and 1.15 and espeak-ng's plain voice; none of these is heard
here, but Mei is one speaker. No budget: Japanese hearing is a demonstration, typed Japanese is the dependable
way. An order that is told as unsure is read back, and never bought with --once; a refused order that is heard
as a sure one is a fault.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path

import numpy as np
import speech_recognition as sr

from assistant.ears.choose import ear_named
from assistant.ears.interface import Ear, Heard, Item, Nickname, Samples, Vocabulary
from assistant.sources.files import samples_of
from benchmarks.hearing_set.recordings import Recording, in_condition
from benchmarks.hearing_set.sentences import Kind, Sentence
from benchmarks.hearing_set.voices import Voice
from core.payment.settings import CATALOGUE

CONDITIONS = ("clean", "white 20 dB", "white 10 dB")
PEOPLE = (
    Nickname("モモ"),
    Nickname("花子", "はなこ"),
    Nickname("おばあちゃん"),
    Nickname("健太", "けんた"),
    Nickname("ゆうき"),
)
NUMBERS = ((None, 1), ("ふたつ", 2), ("みっつ", 3), ("いつつ", 5))
ORDERS = (
    "{who}に{item}を{number}かって",
    "{who}に{item}を{number}かってください",
    "{item}を{number}{who}にかって",
    "{who}のために{item}を{number}ちゅうもんして",
)
NEGATED = (
    "{who}に{item}をかわないで",
    "{who}に{item}をかわないでください",
    "{who}に{item}をちゅうもんしないで",
    "{item}を{who}にかわなくていいです",
)
REPORTED = (
    "{who}に{item}をかった",
    "{who}に{item}をかいました",
    "{who}に{item}をちゅうもんしました",
    "きょうはてんきがいいですね",
    "あしたはなんじにおきますか",
    "そのはなしはまたこんどにしましょう",
)

Speak = Callable[[str], Samples]


@dataclass
class Row:
    """What came of the orders and other sentences of one voice in one condition."""

    counts: Counter[str] = field(default_factory=Counter)
    cpu_s: float = 0.0
    audio_s: float = 0.0

    def add(self, sentence: Sentence, heard: Heard) -> bool:
        """Judges one utterance; returns whether it was as it should be."""
        self.cpu_s, self.audio_s = self.cpu_s + heard.cpu_s, self.audio_s + heard.audio_s
        self.counts[sentence.kind] += 1
        if sentence.kind != "order":
            self.counts[f"{sentence.kind} accepted"] += heard.is_order and heard.reason is None
            self.counts[f"{sentence.kind} read back"] += heard.is_order and heard.reason is not None
            return not heard.is_order
        parts = {
            name: getattr(heard, name) == getattr(sentence, name) for name in ("item", "quantity", "nickname")
        }
        for name, is_right in parts.items():
            self.counts[name] += is_right and heard.is_order
        is_exact = heard.is_order and all(parts.values())
        self.counts["exact"] += is_exact
        self.counts["sure"] += is_exact and heard.reason is None
        self.counts["wrong"] += heard.is_order and not is_exact
        return is_exact


def main() -> None:
    """Speaks, hears and prints; status 1 where a refused order was heard as one."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--engine", default="phoneme")
    parser.add_argument("--orders", type=int, default=40, help="orders of each voice")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--faults", action="store_true", help="print what was heard wrongly")
    given = parser.parse_args()
    items = tuple(_items())
    ear = ear_named(given.engine)
    ear.prepare(Vocabulary(items, PEOPLE, "ja"))
    said = list(_sentences(items, given.orders))
    rows: dict[str, Row] = {}
    for name, speak in _voices():
        recordings = [Recording(one, Voice("japanese", name), _bare(speak(one.text))) for one in said]
        for condition in CONDITIONS:
            rows[f"{name}, {condition}"] = _heard(ear, condition, recordings, tells=given.faults)
    _report(rows, as_json=given.json)
    raise SystemExit(any(row.counts["negated accepted"] for row in rows.values()))


def _items() -> Iterator[Item]:
    for one in json.loads(Path(CATALOGUE).read_text("utf-8"))["items"]:
        yield Item(one["titles"]["ja"], None, one.get("units", {}).get("ja"), (one["readings"]["ja"],))


def _sentences(items: tuple[Item, ...], orders: int) -> Iterator[Sentence]:
    """Orders in kana, then half as many refusals, reports and plain talk."""
    everything = cycle((item, who) for who in PEOPLE for item in items[::-1])
    forms, numbers = cycle(ORDERS), cycle(NUMBERS)
    for _ in range(orders):
        item, who = next(everything)
        word, number = next(numbers)
        text = _filled(next(forms), item, who, word or "")
        yield Sentence(text, "order", item.name, number, who.text)
    kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (("negated", NEGATED), ("talk", REPORTED))
    for kind, others in kinds:
        for _, form in zip(range(orders // 2), cycle(others), strict=False):
            item, who = next(everything)
            yield Sentence(_filled(form, item, who, ""), kind)


def _filled(form: str, item: Item, who: Nickname, number: str) -> str:
    return form.format(item=item.spoken[0], who=who.spoken_as or who.text, number=number)


def _voices() -> Iterator[tuple[str, Speak]]:
    if find_spec("pyopenjtalk") is None:
        print("Left out: pyopenjtalk's voice; install the extra japanese-voice.", file=sys.stderr)
    else:
        for speed, pitch in ((0.85, -3), (0.95, 2), (1.08, -1)):
            yield f"mei {speed:g} {pitch:+d}", partial(_mei, speed=speed, pitch=pitch)
    for name, speed in (("ja+f3", 0.9), ("ja+m3", 0.8)):
        yield f"espeak {name}", Voice("espeak", name, speed).say


def _mei(text: str, speed: float, pitch: int) -> Samples:
    import pyopenjtalk

    wave, rate_hz = pyopenjtalk.tts(text, speed=speed, half_tone=pitch)
    return samples_of(sr.AudioData(np.clip(wave, -32767, 32767).astype("<i2").tobytes(), int(rate_hz), 2))


def _bare(samples: Samples) -> Samples:
    """Without the silence before and after."""
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples


def _heard(ear: Ear, condition: str, recordings: list[Recording], *, tells: bool) -> Row:
    row = Row()
    for recording in recordings:
        heard = ear.hear(in_condition(condition, recording, recordings))
        if not row.add(recording.sentence, heard) and tells:
            told = (heard.action.value, heard.reason, heard.quantity, heard.item, heard.nickname)
            print(f"{recording.voice} {condition}: {recording.sentence.text} -> {told}", file=sys.stderr)
    return row


def _report(rows: dict[str, Row], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({name: row.counts for name, row in rows.items()}, ensure_ascii=False))
        return
    heads = ("exact", "sure", "wrong", "item", "quantity", "nickname")
    print(f"{'':24}" + "".join(f"{head:>9}" for head in heads) + f"{'negated':>12}{'talk':>12}{'CPU s/s':>9}")
    for name, row in rows.items():
        shares = "".join(f"{row.counts[head] / row.counts['order']:>9.0%}" for head in heads)
        others = "".join(f"{_accepted(row, kind):>12}" for kind in ("negated", "talk"))
        print(f"{name:24}{shares}{others}{row.cpu_s / row.audio_s:>9.3f}")
    print("negated, talk: heard as a sure order + read back / all")


def _accepted(row: Row, kind: str) -> str:
    return f"{row.counts[f'{kind} accepted']}+{row.counts[f'{kind} read back']}/{row.counts[kind]}"


if __name__ == "__main__":
    main()
