"""The parts of the ears: how words sound, the grammar, the decoder, what a path means, engines by name."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.ears.acoustics import AcousticModel, Spelling, neighbours, normalised
from assistant.ears.choose import ear_named
from assistant.ears.english import build_english
from assistant.ears.graph import Arc, Graph, lay_out
from assistant.ears.interface import Action, EarUnavailable, Item, Nickname, Order, Vocabulary
from assistant.ears.japanese import build_japanese
from assistant.ears.kana import sounds_of_kana
from assistant.ears.lexicon import Lexicon, plural_of
from assistant.ears.packed import NOWHERE, origin_of, packed, score_of
from assistant.ears.phoneme import PhonemeEar
from assistant.ears.phones import NUMBER, SILENCE
from assistant.ears.pronunciations import from_ipa, pronounce
from assistant.ears.slots import Judged, heard_from
from assistant.ears.viterbi import decode

ENGLISH = Vocabulary((Item("milk"), Item("green tea", "green teas", "box")), (Nickname("Momo"),))
JAPANESE = Vocabulary((Item("ぎゅうにゅう"), Item("パン")), (Nickname("桃", "モモ"),), "ja")


def _scores(text: list[str]) -> np.ndarray:
    """Frames in which the sounds come one after another, each followed by silence."""
    frames = np.full((2 * len(text) + 2, SILENCE + 1), -9.0, dtype=np.float32)
    frames[:, SILENCE] = -0.05
    for at, sound in enumerate(text):
        frames[2 * at + 1, NUMBER[sound]] = -0.05
        frames[2 * at + 1, SILENCE] = -6.0
    return frames


def _spoken(vocabulary: Vocabulary, sounds: str) -> dict[str, object]:
    build = build_japanese if vocabulary.locale == "ja" else build_english
    path = decode(lay_out(build(vocabulary)), _scores(sounds.split()))
    assert path is not None
    return {word.arc.slot: word.arc.value for word in path.words if word.arc.slot}


def _said(phrase: str) -> str:
    return " ".join(Lexicon([phrase]).sounds(phrase)[0])


def test_the_model_gives_one_row_of_scores_for_twenty_milliseconds() -> None:
    scores = AcousticModel().scores(np.zeros(16_000, dtype=np.float32))
    assert scores.shape == (pytest.approx(50, abs=2), SILENCE + 1)
    assert float(scores.max()) <= 0.0


def test_a_frame_is_judged_with_its_neighbours() -> None:
    symbols = np.array([[1.0, 3.0], [5.0, 5.0], [2.0, 0.0]], dtype=np.float32)
    assert neighbours(symbols, 1).tolist() == [
        [-1, 1, -1, 1, 0, 0],
        [-1, 1, 0, 0, 1, -1],
        [0, 0, 1, -1, 1, -1],
    ]
    assert neighbours(symbols[:0], 1).shape == (0, 6)


def _spelling(often: tuple[float, float]) -> Spelling:
    """Two symbols, the second the blank, for two sounds that nothing tells apart but how often they are."""
    nothing, offset = np.zeros((2, 2), dtype=np.float32), np.log(np.array(often, dtype=np.float32))
    half = np.full((2, 2), 0.5, dtype=np.float32)
    return Spelling(half, nothing, nothing[0], nothing, nothing[0], offset, blank=1)


def test_a_sound_that_is_frequent_anyway_counts_for_less() -> None:
    rare, common = _spelling((0.2, 0.8)).fits(np.zeros((1, 2), dtype=np.float32))[0]
    assert rare - common == pytest.approx(np.log(0.8 / 0.2) / 2, abs=1e-5)


def test_a_sound_under_a_strong_blank_is_still_found() -> None:
    symbols = normalised(np.array([[0.0, 2.0]], dtype=np.float32))
    by_symbol = replace(_spelling((0.5, 0.5)), table=np.eye(2, dtype=np.float32))
    sound, silence = by_symbol.written_so(symbols)[0]
    assert silence - sound < symbols[0, 1] - symbols[0, 0]


def test_the_better_score_wins_and_brings_its_origin() -> None:
    worse, better = packed([-3.25, -3.24]) + np.array([900, 7])
    assert max(worse, better) == better
    assert origin_of(better + packed(-1.5)) == 7
    assert score_of(better + packed(-1.5)) == pytest.approx(-4.74, abs=1e-4)


def test_what_cannot_be_stays_so_in_the_longest_utterance() -> None:
    value = packed(-np.inf)
    for _ in range(1500):
        value = max(value + packed(-40.0), NOWHERE + packed(-40.0))
    assert score_of(value) < -1e6
    assert score_of(NOWHERE + NOWHERE) < -1e6


def test_a_sound_too_short_to_be_a_word_is_no_order() -> None:
    ear = PhonemeEar()
    ear.prepare(ENGLISH)
    assert ear.hear(np.zeros(100, dtype=np.float32)).reason == "not_an_order"


def test_a_word_that_the_dictionary_lacks_is_pronounced_all_the_same() -> None:
    assert pronounce(["momo"])["momo"] == [("M", "OW", "M", "OW")]
    assert from_ipa("tʃˈɑːɹdʒɚ") == ("CH", "AA", "R", "JH", "ER")


@pytest.mark.parametrize(
    ("one", "many"), [("apple", "apples"), ("battery", "batteries"), ("box", "boxes"), ("toy", "toys")]
)
def test_plurals_are_formed(one: str, many: str) -> None:
    assert plural_of(one) == many


@pytest.mark.parametrize(
    "form",
    ["buy two green teas for momo", "please get momo two boxes of green tea", "for momo buy two green teas"],
)
def test_the_usual_ways_to_say_an_order_are_one_order(form: str) -> None:
    found = _spoken(ENGLISH, _said(form))
    assert (found["item"], found["quantity"], found["nickname"]) == ("green tea", 2, "Momo")
    assert "guard" not in found


@pytest.mark.parametrize(
    "form",
    [
        "don't buy milk for momo",
        "please don't get milk for momo",
        "could you please not buy milk for momo",
        "i bought milk for momo",
        "did you buy milk for momo",
        "i told her to buy milk for momo",
        "buy no milk for momo",
        "buy milk for momo yesterday",
        "buy milk for momo never mind",
    ],
)
def test_a_refusal_a_report_and_a_question_are_guarded(form: str) -> None:
    assert "guard" in _spoken(ENGLISH, _said(form))


def test_japanese_refusals_are_guarded_and_orders_are_not() -> None:
    def said(*words: str) -> str:
        return " ".join(sound for word in words for sound in sounds_of_kana(word)[0])

    order = _spoken(JAPANESE, said("モモ", "に", "ぎゅうにゅう", "を", "ふたつ", "かってください"))
    assert (order["item"], order["quantity"], order["nickname"]) == ("ぎゅうにゅう", 2, "桃")
    assert "guard" not in order
    for refusal in ("かわないで", "かわないでください", "かった", "かいましたか"):
        assert "guard" in _spoken(JAPANESE, said("モモ", "に", "パン", "を", refusal))


def test_a_kanji_that_nothing_can_read_has_no_sound() -> None:
    assert sounds_of_kana("牛乳") == []


def test_two_equal_sounds_in_a_row_need_a_gap() -> None:
    graph = Graph()
    end = graph.junction()
    graph.say(0, end, ["AA", "AA"])
    graph.ends.add(end)
    frames = _scores(["AA", "AA"])
    spaced = decode(lay_out(graph), frames)
    joined = decode(lay_out(graph), np.delete(frames, [2], axis=0))
    assert spaced is not None
    assert joined is not None
    assert spaced.score > joined.score + 3


def _word(slot: str, value: object, confidence: float = 0.9) -> Judged:
    return Judged(Arc(0, 1, (0,), slot, value), confidence)


def test_an_unsure_name_leaves_the_item_and_no_name() -> None:
    heard = heard_from([_word("item", "milk"), _word("nickname", "Momo", 0.1)], 0.9, "test", 1.0, 0.1)
    assert (heard.action, heard.item, heard.nickname, heard.reason) == (
        Action.ORDER,
        "milk",
        None,
        "unknown_name",
    )
    assert not heard.is_order
    assert heard.as_json()["heard"] is None


def test_an_order_of_which_nothing_is_sure_is_no_order() -> None:
    heard = heard_from([_word("item", "milk", 0.1), _word("nickname", "Momo", 0.1)], 0.9, "test", 1.0, 0.1)
    assert heard.action is Action.NONE


def test_a_number_that_is_not_sure_is_to_be_read_back() -> None:
    words = [_word("quantity", 2, 0.2), _word("item", "milk"), _word("nickname", "Momo")]
    heard = heard_from(words, 0.9, "test", 1.0, 0.1)
    assert heard.is_order
    assert heard.reason == "unsure"


def test_a_name_that_is_close_to_another_is_to_be_read_back() -> None:
    close = Judged(Arc(0, 1, (0,), "nickname", "Hana"), 0.9, is_close=True)
    assert heard_from([_word("item", "milk"), close], 0.9, "test", 1.0, 0.1).reason == "unsure"


def test_an_order_without_a_name_says_so() -> None:
    assert heard_from([_word("item", "milk")], 0.9, "test", 1.0, 0.1).reason == "no_name"


def test_two_orders_in_one_breath_are_two_orders() -> None:
    first = [_word("item", "milk"), _word("nickname", "Momo"), _word("and", "and")]
    second = [_word("quantity", 2), _word("item", "bread"), _word("nickname", "Grandma")]
    heard = heard_from([*first, *second], 0.9, "test", 1.0, 0.1)
    assert (heard.item, heard.quantity, heard.nickname) == ("milk", 1, "Momo")
    assert heard.more == (Order("bread", 2, "Grandma"),)


def test_a_price_is_asked_only_of_something_that_is_sold() -> None:
    asked = _word("action", Action.PRICE)
    assert heard_from([asked, _word("item", "milk")], 0.9, "test", 1.0, 0.1).action is Action.PRICE
    assert heard_from([asked, _word("item", "milk", 0.1)], 0.9, "test", 1.0, 0.1).action is Action.NONE


def test_half_a_sentence_is_no_answer() -> None:
    assert heard_from([_word("quantity", 17)], 0.9, "test", 1.0, 0.1).action is Action.NONE


def test_a_guarded_order_tells_neither_item_nor_name() -> None:
    words = [_word("guard", Action.NEGATED), _word("item", "milk"), _word("nickname", "Momo")]
    heard = heard_from(words, 0.9, "test", 1.0, 0.1)
    assert (heard.action, heard.item, heard.nickname) == (Action.NEGATED, None, None)


def test_an_engine_in_the_network_is_off_until_it_is_allowed() -> None:
    with pytest.raises(EarUnavailable, match="network, which is off"):
        ear_named("google")
    assert ear_named("google", allow_network=True).name == "google"


def test_an_engine_that_is_missing_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOD_WHISPER_MODEL", raising=False)
    with pytest.raises(EarUnavailable, match="NOD_WHISPER_MODEL"):
        ear_named("whisper")
    with pytest.raises(EarUnavailable, match=r"Engines: phoneme, sphinx, whisper\."):
        ear_named("telepathy")
