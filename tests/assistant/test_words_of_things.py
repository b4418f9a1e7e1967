"""A word that names one thing of the catalogue in part is offered back, and polite wishes are orders."""

import pytest

from assistant.ears.interface import Action, Item, Nickname, Vocabulary
from assistant.understand import Reader
from tests.assistant.test_understanding import reader


@pytest.mark.parametrize(
    ("locale", "line", "thing"),
    [
        ("en", "buy coffee", "Coffee beans"),
        ("en", "I need some coffee", "Coffee beans"),
        ("en", "buy beans for Momo", "Coffee beans"),
        ("en", "buy two chargers", "Phone charger"),
        ("en", "get me some tea", "Green tea"),
        ("en", "buy choc for Momo", "Chocolate"),
        ("ja", "コーヒーを買って", "コーヒー豆"),
        ("ja", "モモに充電器を買って", "スマホ充電器"),
    ],
)
def test_a_word_of_one_thing_is_offered_back_and_never_picked(locale: str, line: str, thing: str) -> None:
    heard = reader(locale).read(line)
    assert (heard.action, heard.item) == (Action.ORDER, None)
    assert heard.slots["item"].text == thing
    assert heard.reason is not None


@pytest.mark.parametrize("line", ["buy tea", "buy te", "buy coffee machine", "buy ten"])
def test_a_word_of_two_things_or_of_none_is_no_order(line: str) -> None:
    two = Vocabulary((Item("Green tea"), Item("Black tea"), Item("Coffee beans")), (Nickname("Momo"),), "en")
    heard = Reader(two).read(line)
    assert "item" not in heard.slots


@pytest.mark.parametrize("line", ["don't buy coffee", "should I buy coffee?", "I bought coffee", "coffee?"])
def test_a_word_of_one_thing_does_not_make_an_order_of_what_is_none(line: str) -> None:
    heard = reader("en").read(line)
    assert heard.action in (Action.NEGATED, Action.NONE)


@pytest.mark.parametrize(
    ("locale", "line", "thing"),
    [
        ("en", "I need milk", "Milk"),
        ("en", "we need some milk", "Milk"),
        ("en", "we want milk please", "Milk"),
        ("en", "we'd like some milk", "Milk"),
        ("en", "I'd like to have some milk", "Milk"),
        ("en", "can we have milk?", "Milk"),
        ("en", "could we get some milk, please?", "Milk"),
        ("en", "could you order milk?", "Milk"),
        ("en", "order milk", "Milk"),
        ("ja", "牛乳がほしい", "牛乳"),
        ("ja", "牛乳ほしい", "牛乳"),
        ("ja", "牛乳が欲しいです", "牛乳"),
        ("ja", "牛乳がいる", "牛乳"),
        ("ja", "牛乳が2本要ります", "牛乳"),
        ("ja", "牛乳を頼んで", "牛乳"),
        ("ja", "牛乳お願い", "牛乳"),
    ],
)
def test_a_polite_wish_is_an_order(locale: str, line: str, thing: str) -> None:
    heard = reader(locale).read(line)
    assert (heard.action, heard.item, heard.reason) == (Action.ORDER, thing, "no_name")


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en", "we don't want milk"),
        ("en", "we have had milk"),
        ("en", "do we need milk?"),
        ("en", "we'd like no milk"),
        ("en", "I would like to have had milk"),
        ("ja", "牛乳がいる？"),
        ("ja", "牛乳はいらない"),
        ("ja", "牛乳がいりません"),
        ("ja", "牛乳ほしくない"),
        ("ja", "牛乳がほしかった"),
    ],
)
def test_a_wish_that_is_refused_asked_or_over_is_none(locale: str, line: str) -> None:
    assert reader(locale).read(line).action in (Action.NEGATED, Action.NONE)
