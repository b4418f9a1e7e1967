"""What may be ordered again, and what the assistant makes of it."""

from dataclasses import replace

import msgspec
import pytest

from assistant.again import heard_again, in_words
from assistant.commands import Command, read_command
from assistant.ears.interface import Action, Nickname
from assistant.known import Article, Known
from core.domain.money import Money
from core.domain.request import State
from core.terminal.again import order_again
from core.texts.catalog import Texts
from core.wire.messages import Device, OrderAgain
from core.wire.messages import OrderLine as Wanted
from tests.gui import samples

VIEW = samples.request(state=State.PAID)
OWN = VIEW.details.context.requester.client_id
DEVICE = Device(OWN, "Kitchen", "ai_device", "Momo-chan", "2026-11-01T00:00:00Z")
KNOWN = Known(
    (
        Article("milk", "milk", "milk", Money(240, "JPY")),
        Article("tea", "green tea", "teas", Money(1, "JPY")),
    ),
    (Nickname("Momo-chan", None),),
)


def test_what_is_ordered_again_is_what_was_ordered_under_the_name_that_the_device_uses_now() -> None:
    order = order_again(VIEW, OWN, (DEVICE,))
    assert VIEW.details.purchase is not None
    items = tuple(Wanted(item.id, item.quantity) for item in VIEW.details.purchase.items)
    assert order == OrderAgain("Momo-chan", items)


@pytest.mark.parametrize(
    ("state", "own", "devices"),
    [
        (State.PENDING, OWN, (DEVICE,)),
        (State.UNKNOWN, OWN, (DEVICE,)),
        (State.REPORTED, OWN, (DEVICE,)),
        (State.APPROVED, OWN, (DEVICE,)),
        (State.PAID, None, (DEVICE,)),
        (State.PAID, "another", (DEVICE,)),
        (State.PAID, OWN, ()),
        (State.PAID, OWN, (msgspec.structs.replace(DEVICE, blocked=True),)),
    ],
)
def test_nothing_else_can_be_ordered_again(
    state: State, own: str | None, devices: tuple[Device, ...]
) -> None:
    assert order_again(samples.request(state=state), own, devices) is None


def test_the_assistant_takes_exact_articles_as_a_sure_order_to_one_person() -> None:
    order = OrderAgain("Momo-chan", (Wanted("tea", 2), Wanted("milk", 1)))
    line = f"again {msgspec.json.encode(order).decode()}"
    command = read_command(line, is_child=True)
    assert command is not None
    assert command.word == "again"
    heard = heard_again(command.text, KNOWN)
    assert heard is not None
    assert heard.action is Action.ORDER
    assert (heard.item, heard.quantity, heard.nickname, heard.reason) == ("green tea", 2, "Momo-chan", None)
    assert [(more.item, more.quantity, more.nickname) for more in heard.more] == [("milk", 1, "Momo-chan")]


def test_an_article_that_the_shop_has_no_more_is_an_unknown_one() -> None:
    order = OrderAgain("Momo-chan", (Wanted("milk", 1),))
    heard = heard_again(msgspec.json.encode(order).decode(), replace(KNOWN, articles=()))
    assert heard is not None
    assert heard.item is None


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "Order 2 teas and milk again for Momo-chan."),
        ("ja", "Momo-chanにgreen tea2点、milkをもう一度買って。"),
    ],
)
def test_it_stands_in_the_transcript_as_somebody_would_say_it(locale: str, said: str) -> None:
    order = OrderAgain("Momo-chan", (Wanted("tea", 2), Wanted("milk", 1)))
    heard = heard_again(msgspec.json.encode(order).decode(), KNOWN)
    assert heard is not None
    assert in_words(heard, KNOWN, Texts(locale)) == said
    gone = heard_again(msgspec.json.encode(order).decode(), replace(KNOWN, articles=()))
    assert gone is not None
    assert in_words(gone, KNOWN, Texts(locale)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"nickname":"M","items":[]}',
        '{"nickname":"M","items":[{"id":"a","quantity":0}]}',
    ],
)
def test_what_is_no_order_is_dropped(text: str) -> None:
    assert heard_again(text, KNOWN) is None


def test_nobody_but_a_parent_can_type_it() -> None:
    assert read_command("again {}", is_child=False) == Command("say", "again {}")
