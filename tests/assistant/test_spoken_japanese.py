"""Spoken Japanese is a demonstration; what must hold all the same: a refusal never becomes an order."""

from functools import cache
from pathlib import Path

import pytest

from assistant.ears.acoustics import AcousticModel
from assistant.ears.interface import Action, Heard, Item, Nickname, Vocabulary
from assistant.ears.japanese_verbs import JapaneseVerbs
from assistant.ears.phoneme import PhonemeEar
from assistant.sources.files import read_file
from assistant.synthesis import render
from assistant.tone import Tone

SHOP = (
    Item("牛乳", spoken=("ぎゅうにゅう",)),
    Item("緑茶", spoken=("りょくちゃ",)),
    Item("りんご"),
    Item("傘", spoken=("かさ",)),
)
PEOPLE = (Nickname("モモ"), Nickname("花子", "はなこ"))
REFUSALS = ("かわないで", "かわないでください", "ちゅうもんしないで", "かわなくていいです")


@cache
def _ear() -> PhonemeEar:
    ear = PhonemeEar()
    ear.prepare(Vocabulary(SHOP, PEOPLE, "ja"))
    return ear


def _heard(line: str, folder: Path, words_a_minute: int) -> Heard:
    file = folder / "said.wav"
    render(line, Tone("ja", words_a_minute), file)
    return _ear().hear(read_file(file))


@pytest.mark.parametrize("verb", ["かって", "かってください", "ちゅうもんして"])
def test_an_order_in_kana_is_heard(verb: str, tmp_path: Path) -> None:
    heard = _heard(f"ももにりんごを{verb}", tmp_path, 140)
    assert (heard.action, heard.item, heard.nickname) == (Action.ORDER, "りんご", "モモ")


@pytest.mark.parametrize("words_a_minute", [130, 175])
@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_is_never_an_order(refusal: str, words_a_minute: int, tmp_path: Path) -> None:
    for thing in ("ぎゅうにゅう", "りょくちゃ", "りんご", "かさ"):
        heard = _heard(f"はなこに{thing}を{refusal}", tmp_path, words_a_minute)
        assert not (heard.is_order and heard.reason is None), (thing, heard)


@pytest.mark.parametrize(("verb", "may_be_bought"), [("かってください", True), ("かわないで", False)])
def test_an_order_whose_verb_may_have_refused_is_none(verb: str, may_be_bought: bool, tmp_path: Path) -> None:
    file = tmp_path / "verb.wav"
    render(verb, Tone("ja", 140), file)
    order = Heard(Action.ORDER, "phoneme", 1.0, 0.1, item="りんご", nickname="モモ")
    judged = JapaneseVerbs().judged(order, AcousticModel().scores(read_file(file)))
    assert judged.is_order is may_be_bought
    assert (judged.item, judged.nickname) == (("りんご", "モモ") if may_be_bought else (None, None))
