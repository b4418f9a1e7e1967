"""The ears' benchmark judges honestly: halves that share nothing, and both readings of an unsure order."""

from assistant.ears.interface import Action, Heard
from assistant.ears.lexicon import words_of
from benchmarks.hearing_set import judging, learning, voices
from benchmarks.hearing_set.score import Tally
from benchmarks.hearing_set.sentences import HELD_OUT, TUNING, Half, Sentence

ORDER = Sentence("buy two apples for Hana", "order", "apple", 2, "Hana")
TALK = Sentence("what time is it", "talk")

ARTICLES = {"a", "the", "my"}
"""Words that both halves may use where they name a stranger."""


def _heard(item: str, quantity: int = 2, reason: str | None = None) -> Heard:
    return Heard(Action.ORDER, "test", 2.0, 0.1, item=item, quantity=quantity, nickname="Hana", reason=reason)


def _row(*heard: Heard) -> dict[str, float | int]:
    tally = Tally()
    for one in heard:
        tally.add(ORDER, one, "nobody")
    return tally.as_json()


def test_a_right_order_that_is_unsure_is_told_beside_the_exact_ones() -> None:
    row = _row(_heard("apple"), _heard("apple", reason="unsure"))
    assert (row["exact"], row["exact_unsure"], row["different"]) == (0.5, 0.5, 0.0)


def test_another_item_or_quantity_is_a_different_purchase() -> None:
    row = _row(_heard("onion"), _heard("apple", 3), _heard("apple", 3, "unsure"), _heard("apple"))
    assert (row["different"], row["different_unsure"], row["exact"]) == (0.5, 0.25, 0.25)


def test_an_unknown_name_is_neither_exact_nor_different() -> None:
    refused = Heard(Action.ORDER, "test", 2.0, 0.1, item="apple", reason="unknown_name")
    assert _row(refused)["exact"] == _row(refused)["different"] == 0


def test_talk_that_is_taken_for_an_order_counts_also_when_it_is_unsure() -> None:
    tally = Tally()
    tally.add(TALK, _heard("apple"), "nobody")
    tally.add(TALK, _heard("apple", reason="unsure"), "nobody")
    tally.add(TALK, Heard(Action.NONE, "test", 2.0, 0.1, reason="not_an_order"), "nobody")
    row = tally.as_json()
    assert (row["talk"], row["talk_accepted"], row["talk_accepted_unsure"]) == (3, 1, 1)


def test_two_rows_add_up() -> None:
    one, other = Tally(), Tally()
    one.add(ORDER, _heard("apple"), "nobody")
    other.add(ORDER, _heard("onion"), "nobody")
    assert (one + other).as_json()["exact"] == 0.5


def _all_names(half: Half) -> set[str]:
    names = [item.name for item in half.items] + [name.text for name in half.nicknames]
    return {*names, *half.strange_items, *half.strange_names}


def _things(half: Half) -> set[str]:
    return {word for text in _all_names(half) for word in words_of(text)}


def test_the_halves_share_no_thing_no_name_no_talk_and_no_voice() -> None:
    assert not _all_names(TUNING) & _all_names(HELD_OUT)
    assert not set(TUNING.talk) & set(HELD_OUT.talk)
    speakers = {(voice.engine, voice.name) for voice in voices.LEARNING}
    assert not speakers & {(voice.engine, voice.name) for voice in voices.HELD_OUT}
    assert set(voices.TUNING) <= set(voices.LEARNING)


def test_the_spelling_is_learned_from_no_word_of_the_held_out_half() -> None:
    learned = {word for sentence in learning.texts(760) for word in words_of(sentence.text)}
    assert not learned & (_things(HELD_OUT) - ARTICLES - _talk_words())


def test_the_weights_are_learned_from_no_thing_and_no_name_of_the_held_out_half() -> None:
    hidden = _things(HELD_OUT) - ARTICLES
    assert judging.drawn([*hidden, *(f"{word}s" for word in hidden), "ladder"]) == ["ladder"]
    judges = {(voice.engine, voice.name) for voice in voices.JUDGING}
    assert not judges & {(voice.engine, voice.name) for voice in voices.HELD_OUT}


def _talk_words() -> set[str]:
    """What the tuning half's own talk and goods say anyway."""
    return {word for line in TUNING.talk for word in words_of(line)} | _things(TUNING)
