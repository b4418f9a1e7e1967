"""Who names nobody means the only contact; a name that was not understood is never replaced by it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from assistant.commands import Command
from assistant.conversation import Ask, By, Close, GetQuote, Listen, QuoteCame
from assistant.ears.interface import Action, Heard, Item, Nickname, Order, Slot, Vocabulary
from assistant.understand import Reader
from core.domain.outcome import Outcome
from tests.assistant.household import Home, play
from tests.assistant.talk import PRICE, Talk, heard

ITEMS = {
    "en": (Item("Coffee beans", "Coffee beans"), Item("Milk", "Milks")),
    "ja": (Item("コーヒー豆"), Item("牛乳")),
}
MOMO = {"en": Nickname("Momo"), "ja": Nickname("モモ")}


def read(line: str, locale: str = "en") -> Heard:
    return Reader(Vocabulary(ITEMS[locale], (MOMO[locale],), locale)).read(line)


def nameless(**parts: Any) -> Heard:
    return heard(Action.ORDER, **({"nickname": None, "reason": "no_name"} | parts))


def test_a_typed_order_that_names_nobody_asks_the_only_contact_at_once() -> None:
    talk = Talk(people=["Momo"])
    talk.order(nameless())
    assert talk.of(Ask) == [Ask(1, "Momo", "quote")]


@pytest.mark.parametrize(("line", "locale"), [("buy milk", "en"), ("コーヒー豆を買って", "ja")])
def test_the_reader_tells_that_nobody_was_named(line: str, locale: str) -> None:
    assert read(line, locale).reason == "no_name"


def test_two_things_for_nobody_named_become_one_request() -> None:
    talk = Talk(people=["Momo"])
    talk.hear(nameless(more=(Order("Green tea", 2, None),)))
    assert talk.of(GetQuote) == [GetQuote(1, (("milk", 1), ("green-tea", 2)))]


@pytest.mark.parametrize("read_back", ["unsure", "never"])
@pytest.mark.parametrize("by", ["button", "open_microphone"])
def test_a_spoken_order_in_which_no_name_was_heard_is_read_back_first(read_back: str, by: By) -> None:
    talk = Talk(people=["Momo"], read_back=read_back)
    talk.order(nameless(), by)
    assert talk.said() == ["Milk, ¥248, and I ask Momo. Is that right?"]
    assert not talk.of(Ask)
    assert talk.hear(heard(Action.YES), by) == [Ask(1, "Momo", "quote")]


@pytest.mark.parametrize("by", ["text", "button"])
def test_a_name_that_was_not_understood_is_not_replaced_by_the_only_contact(by: By) -> None:
    talk = Talk(people=["Momo"])
    talk.hear(heard(nickname=None, reason="unknown_name"), by)
    assert talk.said() == ["I know Momo. Who should I ask?"]
    talk = Talk(people=["Momo"])
    talk.hear(heard(nickname=None, reason="unknown_name", slots={"nickname": Slot("Momo", 0.4)}), by)
    assert talk.said() == ["Did you say Momo?"]


@pytest.mark.parametrize(
    ("line", "locale"),
    [
        ("buy milk for Xaver", "en"),
        ("buy milk and coffee beans for Xaver", "en"),
        ("buy coffee beans for Xaver", "en"),
        ("ツトムに牛乳を買って", "ja"),
        ("ツトムのコーヒー豆を買って", "ja"),
    ],
)
def test_a_line_with_a_name_that_nobody_has_never_counts_as_one_without(line: str, locale: str) -> None:
    assert read(line, locale).reason != "no_name"


def test_with_two_contacts_somebody_has_to_be_named() -> None:
    talk = Talk()
    talk.hear(nameless())
    assert talk.said() == ["I know Momo and Hana. Who should I ask?"]


def test_a_typed_order_is_asked_about_once_at_most() -> None:
    talk = Talk(people=["Momo"])
    talk.hear(nameless(item=None, slots={"item": Slot("Milk", 0.8)}))
    assert talk.said() == ["Did you say Milk?"]
    talk.hear(heard(Action.YES))
    assert talk.of(GetQuote)
    talk.take(QuoteCame(1, PRICE, "quote"))
    assert (talk.of(Listen), talk.of(Ask)) == ([], [Ask(1, "Momo", "quote")])


def test_a_spoken_nameless_order_with_once_buys_nothing() -> None:
    talk = Talk(people=["Momo"], once=True)
    talk.hear(nameless(), "button")
    assert [close.outcome for close in talk.of(Close)] == [Outcome.NOT_UNDERSTOOD]


@pytest.mark.parametrize(("locale", "line"), [("en", "buy milk"), ("ja", "牛乳を買って")])
def test_in_a_household_of_one_nobody_has_to_be_named(tmp_path: Path, locale: str, line: str) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options(locale=locale))
        run = asyncio.create_task(session.run())
        await home.pair("Momo")
        await home.event("paired")
        session.submit(Command("say", line))
        assert (await home.event("asked"))["nickname"] == "Momo"
        await home.leave(session, run)

    play(tmp_path, scene)
