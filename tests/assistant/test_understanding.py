"""Typed lines: what is an order, what never is, and what is offered back instead of picked."""

import itertools
import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ears.interface import OWNER, Action, Item, Nickname, Vocabulary
from assistant.folding import folded
from assistant.templates import sentence_file
from assistant.understand import Reader
from core.payment.settings import CATALOGUE
from tests.assistant.typed_lines import ENGLISH, JAPANESE, NO_ORDERS_ENGLISH, NO_ORDERS_JAPANESE

PEOPLE = {
    "en": (Nickname("Momo"), Nickname("Grandma"), Nickname("Hana")),
    "ja": (Nickname("モモ"), Nickname("おばあちゃん"), Nickname("花子", "はなこ")),
}


@cache
def reader(locale: str) -> Reader:
    """A reader over the shop's own catalogue."""
    content = json.loads(Path(CATALOGUE).read_text("utf-8"))
    items = tuple(
        Item(
            item["titles"][locale],
            item.get("plurals", {}).get(locale),
            item.get("units", {}).get(locale),
            tuple(reading for reading in [item["readings"].get(locale)] if reading),
        )
        for item in content["items"]
    )
    return Reader(Vocabulary(items, PEOPLE[locale], locale))


def test_there_are_enough_forms() -> None:
    assert len(ENGLISH) >= 60
    assert len(JAPANESE) >= 40


@pytest.mark.parametrize(("line", "item", "quantity", "nickname"), ENGLISH)
def test_an_english_order_is_read_exactly(line: str, item: str, quantity: int, nickname: str) -> None:
    heard = reader("en").read(line)
    assert (heard.action, heard.reason) == (Action.ORDER, None)
    assert (heard.item, heard.quantity, heard.nickname, heard.more) == (item, quantity, nickname, ())


@pytest.mark.parametrize(("line", "item", "quantity", "nickname"), JAPANESE)
def test_a_japanese_order_is_read_exactly(line: str, item: str, quantity: int, nickname: str) -> None:
    heard = reader("ja").read(line)
    assert (heard.action, heard.reason) == (Action.ORDER, None)
    assert (heard.item, heard.quantity, heard.nickname, heard.more) == (item, quantity, nickname, ())


@pytest.mark.parametrize("line", NO_ORDERS_ENGLISH)
def test_refusals_the_past_and_questions_are_never_english_orders(line: str) -> None:
    assert not reader("en").read(line).is_order


@pytest.mark.parametrize("line", NO_ORDERS_JAPANESE)
def test_refusals_the_past_and_questions_are_never_japanese_orders(line: str) -> None:
    assert not reader("ja").read(line).is_order


def test_a_refused_order_is_told_apart_from_one_that_was_not_understood() -> None:
    assert reader("en").read("don't buy milk for Momo").action is Action.NEGATED
    assert reader("ja").read("モモに牛乳を買わないで").action is Action.NEGATED


@given(data=st.data())
def test_a_negation_anywhere_takes_an_english_order_away(data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(ENGLISH))[0].split()
    negation = data.draw(st.sampled_from(sentence_file("en").guards.negations))
    at = data.draw(st.integers(0, len(words)))
    line = " ".join([*words[:at], negation, *words[at:]])
    assert not reader("en").read(line).is_order


@given(data=st.data())
def test_a_negation_anywhere_takes_a_japanese_order_away(data: st.DataObject) -> None:
    line = folded(data.draw(st.sampled_from(JAPANESE))[0], "ja")
    negation = data.draw(st.sampled_from(["ないで", "ません", "いらない", "やめて", "キャンセル", "だめ"]))
    at = data.draw(st.integers(0, len(line)))
    assert not reader("ja").read(line[:at] + negation + line[at:]).is_order


@given(line=st.text(max_size=400))
def test_whatever_is_typed_is_read_without_an_error(line: str) -> None:
    assert not reader("en").read(line).is_order
    assert not reader("ja").read(line).is_order


@pytest.mark.parametrize(
    ("locale", "line", "slot", "candidate"),
    [
        ("en", "buy milk for Moma", "nickname", "Momo"),
        ("en", "buy milk for Anna", "nickname", "Hana"),
        ("en", "buy milk for Grandpa", "nickname", "Grandma"),
        ("en", "buy bred for Momo", "item", "Bread"),
        ("en", "buy green teak for Momo", "item", "Green tea"),
        ("ja", "モモ太に牛乳を買って", "nickname", "モモ"),
    ],
)
def test_a_near_miss_is_offered_and_never_picked(locale: str, line: str, slot: str, candidate: str) -> None:
    heard = reader(locale).read(line)
    assert (heard.action, heard.reason) == (Action.ORDER, "unsure")
    assert getattr(heard, slot) is None
    assert heard.slots[slot].text == candidate


@pytest.mark.parametrize(
    ("line", "reason", "item", "nickname"),
    [
        ("buy a sofa for Momo", "unknown_item", None, "Momo"),
        ("buy milk for Zacharias", "unknown_name", "Milk", None),
        ("buy a sofa for Zacharias", "unknown_item", None, None),
        ("buy milk", "no_name", "Milk", None),
    ],
)
def test_what_is_unknown_is_left_out(line: str, reason: str, item: str | None, nickname: str | None) -> None:
    heard = reader("en").read(line)
    assert (heard.action, heard.reason) == (Action.ORDER, reason)
    assert (heard.item, heard.nickname) == (item, nickname)


@pytest.mark.parametrize(
    ("locale", "line", "orders"),
    [
        ("en", "milk for Momo and bread for Grandma", [("Milk", 1, "Momo"), ("Bread", 1, "Grandma")]),
        ("en", "buy milk and bread for Momo", [("Milk", 1, "Momo"), ("Bread", 1, "Momo")]),
        ("en", "buy milk for Momo and bread", [("Milk", 1, "Momo"), ("Bread", 1, "Momo")]),
        (
            "en",
            "buy milk for Momo, bread for Grandma and two apples for me",
            [("Milk", 1, "Momo"), ("Bread", 1, "Grandma"), ("Apple", 2, OWNER)],
        ),
        ("ja", "モモに牛乳と食パンを買って", [("牛乳", 1, "モモ"), ("食パン", 1, "モモ")]),
        (
            "ja",
            "モモに牛乳、おばあちゃんに食パンを買って",
            [("牛乳", 1, "モモ"), ("食パン", 1, "おばあちゃん")],
        ),
    ],
)
def test_several_orders_of_one_breath(locale: str, line: str, orders: list[tuple[str, int, str]]) -> None:
    heard = reader(locale).read(line)
    found = [(heard.item, heard.quantity, heard.nickname)]
    found += [(more.item, more.quantity, more.nickname) for more in heard.more]
    assert found == orders


@pytest.mark.parametrize(
    ("locale", "line", "action"),
    [
        ("en", "cancel", Action.CANCEL),
        ("en", "cancel that please", Action.CANCEL),
        ("en", "never mind", Action.CANCEL),
        ("en", "I changed my mind", Action.CANCEL),
        ("en", "What can I buy?", Action.MENU),
        ("en", "what do you sell", Action.MENU),
        ("en", "Who can you ask?", Action.CONTACTS),
        ("en", "how much is the milk?", Action.PRICE),
        ("en", "what does green tea cost", Action.PRICE),
        ("en", "repeat that please", Action.REPEAT),
        ("en", "what was the code?", Action.REPEAT),
        ("en", "did she answer?", Action.STATUS),
        ("en", "did Momo approve it yet", Action.STATUS),
        ("en", "cancel my last order", Action.CANCEL),
        ("en", "show me what you have", Action.MENU),
        ("en", "who are you paired with", Action.CONTACTS),
        ("en", "what?", Action.REPEAT),
        ("en", "what did she say?", Action.STATUS),
        ("en", "how much time is left", Action.STATUS),
        ("en", "yes please", Action.YES),
        ("en", "ok do it", Action.YES),
        ("en", "not that one", Action.NO),
        ("en", "that's right", Action.YES),
        ("en", "no thanks", Action.NO),
        ("en", "for Grandma", Action.NAME),
        ("en", "Momo", Action.NAME),
        ("ja", "取り消して", Action.CANCEL),
        ("ja", "キャンセルしてください", Action.CANCEL),
        ("ja", "何が買える？", Action.MENU),
        ("ja", "誰に聞ける？", Action.CONTACTS),
        ("ja", "牛乳はいくらですか", Action.PRICE),
        ("ja", "もう一度お願いします", Action.REPEAT),
        ("ja", "返事は来た？", Action.STATUS),
        ("ja", "さっきの注文キャンセルして", Action.CANCEL),
        ("ja", "買えるものを教えて", Action.MENU),
        ("ja", "頼める人を教えて", Action.CONTACTS),
        ("ja", "牛乳いくら？", Action.PRICE),
        ("ja", "番号をもう一度", Action.REPEAT),
        ("ja", "え、何？", Action.REPEAT),
        ("ja", "返事きた？", Action.STATUS),
        ("ja", "あと何秒？", Action.STATUS),
        ("ja", "モモは何て言った？", Action.STATUS),
        ("ja", "はい", Action.YES),
        ("ja", "はい、そうです", Action.YES),
        ("ja", "それでお願い", Action.YES),
        ("ja", "結構です", Action.NO),
        ("ja", "いいです", Action.NONE),  # yes or no thanks: it is asked again
        ("ja", "お願いします", Action.YES),
        ("ja", "いいえ", Action.NO),
        ("ja", "モモに聞いて", Action.NAME),
    ],
)
def test_commands_and_answers(locale: str, line: str, action: Action) -> None:
    assert reader(locale).read(line).action is action


@pytest.mark.parametrize(
    ("locale", "line", "item", "quantity"),
    [
        ("en", "how much does a carton of milk cost", "Milk", 1),
        ("en", "price of milk", "Milk", 1),
        ("en", "how much are two green teas", "Green tea", 2),
        ("ja", "牛乳の値段は？", "牛乳", 1),
        ("ja", "牛乳2本でいくら", "牛乳", 2),
    ],
)
def test_the_price_of_so_many_is_asked(locale: str, line: str, item: str, quantity: int) -> None:
    heard = reader(locale).read(line)
    assert (heard.action, heard.item, heard.quantity) == (Action.PRICE, item, quantity)


def test_an_item_or_a_contact_may_be_called_like_a_guard_word() -> None:
    vocabulary = Vocabulary((Item("No-bake cake"), Item("Milk")), (Nickname("Will"), Nickname("Nora Not")))
    heard = Reader(vocabulary).read("buy a no bake cake for Nora Not")
    assert (heard.item, heard.nickname) == ("No-bake cake", "Nora Not")
    assert not Reader(vocabulary).read("don't buy a no bake cake for Nora Not").is_order


def test_ten_thousand_items_are_read_as_exactly_as_twelve() -> None:
    words = ["oak", "elm", "fir", "yew", "ash", "box", "teak", "pine", "plum", "pear"]
    items = tuple(Item(" ".join(name)) for name in itertools.product(words, repeat=4))
    heard = Reader(Vocabulary(items, PEOPLE["en"])).read("buy two elm teak box pines for Momo")
    assert (len(items), heard.item, heard.quantity) == (10_000, "elm teak box pine", 2)
