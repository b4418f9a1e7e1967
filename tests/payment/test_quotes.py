"""A quote is the shop's signed word on payee, items and exact total, for 15 minutes."""

from pathlib import Path

import pytest

from core.domain.limits import Rate
from core.domain.text_gate import pass_gate
from core.payment import catalogue
from core.payment.errors import CatalogueBroken
from core.payment.settings import CATALOGUE
from core.wire import quote as wire
from core.wire.keys import PublicKeys
from core.wire.messages import Catalogue, decode
from tests.clock import FakeClock
from tests.payment.world import World, problem_of

WANTED = {
    "milk", "bread", "green-tea", "coffee-beans", "chocolate", "rice",
    "apple", "batteries", "notebook", "umbrella", "shampoo", "phone-charger",
}  # fmt: skip


def test_the_catalogue_names_everything_in_english_and_japanese(world: World) -> None:
    told = decode(world.http.get("/catalogue").content, Catalogue)
    assert {item.id for item in told.items} >= WANTED
    assert (told.issuer, told.currency) == (world.url, "JPY")
    for item in told.items:
        assert set(item.titles) >= {"en", "ja"}
        assert item.readings["ja"]
        assert item.plurals["en"]
        for text in (*item.titles.values(), *item.plurals.values(), *item.units.values()):
            assert pass_gate(text) == text


def test_a_quote_states_the_exact_total_and_lives_15_minutes(world: World, clock: FakeClock) -> None:
    compact = world.quote(("green-tea", 2), ("milk", 1))
    keys = PublicKeys.from_jwk_set(world.http.get("/jwks").json())
    quote = wire.verify(compact, keys, issuer=world.url, now=clock())
    assert (quote.amount.value, quote.amount.currency) == (2 * 540 + 248, "JPY")
    assert [(item.title, item.quantity) for item in quote.items] == [("Green tea", 2), ("Milk", 1)]
    assert quote.exp - quote.iat == 900


@pytest.mark.parametrize(
    ("locale", "title"), [("ja", "緑茶"), ("ja-JP", "緑茶"), ("ja_JP.UTF-8", "緑茶"), ("de", "Green tea")]
)
def test_titles_are_in_the_askers_language_or_english(world: World, locale: str, title: str) -> None:
    compact = world.quote(("green-tea", 1), locale=locale)
    assert world.claims(compact).purchase.items[0].title == title


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([{"id": "unicorn"}], "unknown_item"),
        ([{"id": "\u202emilk"}], "unknown_item"),
        ([{"id": "'; DROP TABLE stock; --"}], "unknown_item"),
        ([{"id": "milk", "quantity": 0}], "bad_quantity"),
        ([{"id": "milk", "quantity": -1}], "bad_quantity"),
        ([{"id": "milk", "quantity": 1000}], "bad_quantity"),
        ([{"id": "milk", "quantity": 10**40}], "bad_quantity"),
        ([], "bad_quantity"),
        ([{"id": "milk"}] * 21, "bad_quantity"),
        ([{"id": "umbrella", "quantity": 201}], "out_of_stock"),
        ([{"id": "umbrella", "quantity": 101}, {"id": "umbrella", "quantity": 100}], "out_of_stock"),
    ],
)
def test_an_order_that_the_shop_cannot_fill_gets_a_reason(
    world: World, lines: list[object], code: str
) -> None:
    assert problem_of(world.http.post("/quotes", json={"items": lines})) == (422, code)


def test_one_address_may_not_ask_without_end(tmp_path: Path, clock: FakeClock) -> None:
    with World(tmp_path, clock, quote_rate=Rate(3, 60.0)) as world:
        for _ in range(3):
            world.quote()
        refused = world.http.post("/quotes", json={"items": [{"id": "milk"}]})
        assert problem_of(refused) == (429, "too_many_requests")
        assert refused.headers["retry-after"] == "60"
        clock.advance(60)
        world.quote()


def test_a_catalogue_that_makes_no_sense_stops_the_start_with_a_reason(tmp_path: Path) -> None:
    text = CATALOGUE.read_text(encoding="utf-8")
    for broken in ("{", text.replace('"milk"', '"bread"'), text.replace("248", "-248")):
        file = tmp_path / "catalogue.json"
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(CatalogueBroken):
            catalogue.load(file)
