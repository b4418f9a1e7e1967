"""What the device says: a sentence of its own for every outcome, failure and question."""

import msgspec
import pytest

from assistant.conversation import AskCame, Close, Failed, RequestEnded, Say
from assistant.ears.interface import Action
from assistant.phrases import phrase
from core.client.asking import Ended
from core.domain.outcome import Outcome
from core.texts.catalog import Texts
from tests.assistant.talk import KNOWN, REQUEST, Talk, heard


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_sentence_of_its_own(outcome: Outcome) -> None:
    talk = Talk()
    number = talk.wait()
    talk.take(RequestEnded(number, Ended(outcome, "req_1", "insufficient_funds")))
    assert len(talk.said()) == 1
    assert [close.outcome for close in talk.of(Close)] == [outcome]


def test_the_code_is_spoken_digit_by_digit_and_twice() -> None:
    talk = Talk()
    talk.wait()
    spoken = phrase(talk.of(Say)[0], KNOWN, Texts("en")).spoken
    assert spoken.count("4, 7") == 2
    assert "47" not in spoken


@pytest.mark.parametrize("has_screen", [True, False, None])
def test_that_nobody_can_see_the_request_yet_is_said_where_the_device_may_know(
    has_screen: bool | None,
) -> None:
    talk = Talk()
    number = talk.order()
    talk.take(AskCame(number, msgspec.structs.replace(REQUEST, has_screen=has_screen)))
    told = "Momo has no screen open right now. The request will appear as soon as one is."
    assert (told in talk.said()) is (has_screen is False)


def test_a_price_is_told_of_as_many_as_were_asked_for() -> None:
    talk = Talk()
    talk.hear(heard(Action.PRICE, item="Milk", quantity=3))
    assert talk.said() == ["3 milks cost ¥744."]


@pytest.mark.parametrize(("locale", "begin"), [("ja", "momoの"), ("en", "Momo has")])
def test_a_small_name_begins_a_sentence_with_a_capital_in_english_alone(locale: str, begin: str) -> None:
    said = phrase(Say("no-screen", {"nickname": "momo"}), KNOWN, Texts(locale))
    assert said.shown.startswith(begin)


def test_an_unknown_item_is_answered_with_what_can_be_bought() -> None:
    talk = Talk()
    talk.hear(heard(item=None, reason="unknown_item"))
    assert talk.said() == ["I don’t know that. I can buy Milk and Green tea."]
    assert talk.now.errands == ()


def test_the_status_counts_down() -> None:
    talk = Talk()
    talk.wait()
    talk.hear(heard(Action.STATUS))
    assert talk.said() == ["Momo hasn’t answered yet. 50 seconds are left."]


def test_repeat_says_the_code_again() -> None:
    talk = Talk()
    talk.wait()
    talk.hear(heard(Action.REPEAT))
    assert talk.said() == ["I asked Momo. The code is 47. There are 60 seconds to answer."]


@pytest.mark.parametrize(
    "code",
    [
        "server_away",
        "out_of_stock",
        "bad_quantity",
        "unknown_item",
        "too_many_requests",
        "access_denied",
        "?",
    ],
)
def test_every_failure_speaks(code: str) -> None:
    talk = Talk()
    talk.hear(heard())
    talk.take(Failed(1, "quote", code))
    assert len(talk.said()) == 1
    assert [close.outcome for close in talk.of(Close)] == [Outcome.ERROR]


def test_an_order_is_explained_by_the_name_of_somebody_who_can_be_asked() -> None:
    talk = Talk(people=("Hana",))
    talk.hear(heard(Action.NONE))
    assert talk.said() == ["I didn’t understand. Say it like this: buy milk for Hana."]
