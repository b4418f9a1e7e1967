"""A request is told in the same words on every screen."""

import pytest

from core.domain.money import Money
from core.domain.place import Place
from core.domain.purchase import Item, Payee
from core.presentation import formats
from core.presentation.lines import lines
from core.texts.catalog import Texts
from core.wire.details import Authentication, Context, Details, PurchaseDetails, Requester

CONTEXT = Context(
    request_id="req_1",
    requester=Requester("dev_1", "Kitchen speaker", "ai_device"),
    nickname="Momo",
    requested_at="2026-11-23T01:40:00Z",
    place=Place("kitchen", "registered"),
    decide_by=1_795_398_060,
    match_digits=2,
)
PURCHASE = PurchaseDetails(
    "hash", Payee("shop", "Corner Shop"), (Item("milk", "Milk", 2, 198),), Money(396, "JPY")
)


def test_a_purchase_is_told_in_english() -> None:
    told = lines(Details(CONTEXT, "salt", purchase=PURCHASE), Texts("en"), "Asia/Tokyo")
    assert told.headline == "Kitchen speaker wants to buy"
    assert told.what == ("2 × Milk",)
    assert told.amount == "¥396"
    assert told.payee == "Corner Shop"
    assert told.when == "Nov 23, 2026, 10:40\u202fAM JST"
    assert told.where == "kitchen (the place you registered)"


def test_a_purchase_is_told_in_japanese() -> None:
    told = lines(Details(CONTEXT, "salt", purchase=PURCHASE), Texts("ja"), "Asia/Tokyo")
    assert told.headline == "Kitchen speakerからの購入の依頼"
    assert told.amount == "¥396"
    assert told.where == "kitchen（あなたが登録した場所）"


def test_a_plain_request_quotes_its_message_and_names_its_scopes() -> None:
    asked = Authentication(("openid", "pay:all"), "Sign in at desk 4")
    told = lines(Details(CONTEXT, "salt", authentication=asked), Texts("en"), "UTC")
    assert told.what == (
        "Message from Kitchen speaker: “Sign in at desk 4”",
        "It learns who you are",
        "“pay:all”",
    )


def test_the_clock_at_the_place_is_told_only_where_it_differs() -> None:
    texts = Texts("en")
    assert formats.clock_there(CONTEXT.requested_at, "Asia/Tokyo", "Asia/Tokyo", texts) is None
    there = formats.clock_there(CONTEXT.requested_at, "Asia/Tokyo", "Europe/Paris", texts)
    assert there == "2:40\u202fAM CET there"


@pytest.mark.parametrize(("locale", "spoken"), [("en", "1,980 yen"), ("ja", "1,980円")])
def test_money_is_spoken_with_its_unit(locale: str, spoken: str) -> None:
    assert formats.money_spoken(Money(1980, "JPY"), Texts(locale)) == spoken


def test_minor_units_become_decimals_without_a_float() -> None:
    assert formats.money(Money(198_005, "USD"), "en") == "$1,980.05"


@pytest.mark.parametrize(
    ("locale", "place", "sentences"),
    [
        ("ja", "kitchen（誤差30\u00a0m・あなたが登録した場所）", "一。二。"),
        ("en", "kitchen ± 30 m (the place you registered)", "一。 二。"),
    ],
)
def test_places_and_sentences_are_joined_as_the_language_does(
    locale: str, place: str, sentences: str
) -> None:
    texts = Texts(locale)
    assert formats.place(Place("kitchen", "registered", 35.6, 139.7, 30), texts) == place
    assert formats.in_a_row(["一。", "二。"], texts) == sentences
