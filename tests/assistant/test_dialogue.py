"""The conversation without clock, network or sound: what is asked, said and ended, and what never happens."""

from dataclasses import replace

import pytest

from assistant.conversation import (
    Ask,
    AskCame,
    By,
    Close,
    Failed,
    GetQuote,
    Listen,
    NoAnswer,
    QuoteCame,
    Refresh,
    RequestEnded,
    Stage,
    Wait,
    Withdraw,
)
from assistant.ears.interface import OWNER, Action, Heard, Order, Slot
from core.client.asking import Ended
from core.domain.outcome import Outcome
from tests.assistant.talk import PRICE, REQUEST, Talk, heard


def test_a_sure_order_goes_from_hearing_to_its_outcome() -> None:
    talk = Talk()
    assert talk.hear(heard(quantity=2)) == [GetQuote(1, (("milk", 2),))]
    assert talk.take(QuoteCame(1, PRICE, "quote")) == [Ask(1, "Momo", "quote")]
    talk.take(AskCame(1, REQUEST))
    assert talk.said() == ["I asked Momo. The code is 47. There are 60 seconds to answer."]
    assert talk.of(Wait) == [Wait(1, REQUEST)]
    talk.take(RequestEnded(1, Ended(Outcome.PAID, "req_1")))
    assert talk.said() == ["Momo approved. I ordered 2 milks."]
    assert [close.outcome for close in talk.of(Close)] == [Outcome.PAID]
    assert talk.now.errands == ()


@pytest.mark.parametrize(
    ("read_back", "by", "reason", "is_read_back"),
    [
        ("unsure", "text", None, False),
        ("unsure", "button", None, False),
        ("unsure", "button", "unsure", True),
        ("always", "text", None, True),
        ("never", "button", "unsure", False),
        ("unsure", "open_microphone", None, True),
        ("never", "open_microphone", None, True),
    ],
)
def test_an_order_is_read_back_when_unsure_and_always_when_hands_free(
    read_back: str, by: By, reason: str | None, is_read_back: bool
) -> None:
    talk = Talk(read_back=read_back)
    talk.order(heard(reason=reason), by)
    assert bool(talk.of(Listen)) is is_read_back
    assert bool(talk.of(Ask)) is not is_read_back
    if is_read_back:
        assert talk.said() == ["Milk, ¥248, and I ask Momo. Is that right?"]


def test_yes_asks_and_no_asks_nobody() -> None:
    talk = Talk(read_back="always")
    talk.order()
    assert talk.hear(heard(Action.YES)) == [Ask(1, "Momo", "quote")]
    talk = Talk(read_back="always")
    talk.order()
    talk.hear(heard(Action.NO))
    assert talk.said() == ["All right. I won’t ask anybody."]
    assert not talk.of(Ask)


def test_another_name_is_read_back_again() -> None:
    talk = Talk(read_back="always")
    talk.order()
    talk.hear(heard(Action.NAME, nickname="Hana"))
    assert talk.said() == ["Milk, ¥248, and I ask Hana. Is that right?"]
    assert talk.hear(heard(Action.YES)) == [Ask(1, "Hana", "quote")]


def test_a_near_name_is_offered_and_asked_only_after_yes() -> None:
    talk = Talk()
    unsure = heard(nickname=None, reason="unsure", slots={"nickname": Slot("Hana", 0.75)})
    talk.hear(unsure)
    assert talk.said() == ["Did you say Hana?"]
    assert talk.hear(heard(Action.YES)) == [GetQuote(1, (("milk", 1),))]
    talk = Talk()
    talk.hear(unsure)
    talk.hear(heard(Action.NO))
    assert talk.said() == ["I know Momo and Hana. Who should I ask?"]


def test_a_missing_name_is_asked_for_and_any_contact_will_do() -> None:
    talk = Talk()
    talk.hear(heard(nickname=None, reason="no_name"))
    assert talk.said() == ["I know Momo and Hana. Who should I ask?"]
    assert talk.hear(heard(Action.NAME, nickname=OWNER)) == [GetQuote(1, (("milk", 1),))]
    talk.take(QuoteCame(1, PRICE, "quote"))
    assert "Momo" in str(talk.wanted)


def test_silence_after_a_question_asks_nobody() -> None:
    talk = Talk(read_back="always")
    talk.order()
    (listen,) = talk.of(Listen)
    talk.take(NoAnswer(listen.question))
    assert talk.said() == ["I heard no answer, so I won’t ask anybody."]
    assert talk.take(NoAnswer(listen.question)) == []


def test_a_late_timer_of_an_answered_question_does_nothing() -> None:
    talk = Talk(read_back="always")
    talk.order()
    (listen,) = talk.of(Listen)
    talk.hear(heard(Action.NAME, nickname="Hana"))
    assert talk.take(NoAnswer(listen.question)) == []
    assert talk.hear(heard(Action.YES)) == [Ask(1, "Hana", "quote")]


def test_a_muddled_answer_is_asked_about_once_more_and_then_dropped() -> None:
    talk = Talk(read_back="always")
    talk.order()
    talk.hear(heard(Action.NONE))
    assert talk.said() == ["Please say yes or no.", "Milk, ¥248, and I ask Momo. Is that right?"]
    talk.hear(heard(Action.NONE))
    assert [close.outcome for close in talk.of(Close)] == [Outcome.NOT_UNDERSTOOD]


def test_yes_without_a_question_does_nothing() -> None:
    talk = Talk()
    talk.hear(heard(Action.YES))
    assert not talk.of(Ask)


@pytest.mark.parametrize("stage", list(Stage))
def test_cancel_is_understood_at_any_moment(stage: Stage) -> None:
    talk = Talk(read_back="always" if stage is Stage.CONFIRMING else "unsure")
    withdrawn = cancelled_at(talk, stage)
    closed = [close.outcome for close in talk.of(Close)]
    assert closed == ([] if withdrawn else [Outcome.WITHDRAWN])


def cancelled_at(talk: Talk, stage: Stage) -> bool:
    """Cancels in a stage; True if a request had to be withdrawn."""
    if stage is Stage.UNCLEAR:
        talk.hear(heard(nickname=None, reason="no_name"))
    elif stage is Stage.HELD:
        talk.wait()
        talk.hear(heard())
    elif stage is Stage.WAITING:
        talk.wait()
    elif stage is Stage.QUOTING:
        talk.hear(heard())
    else:
        talk.order()
    talk.hear(heard(Action.CANCEL))
    if stage is Stage.QUOTING:
        talk.take(QuoteCame(1, PRICE, "quote"))
    elif stage is Stage.ASKING:
        assert not talk.of(Withdraw)
        talk.take(AskCame(1, REQUEST))
    return bool(talk.of(Withdraw))


def test_what_is_already_decided_cannot_be_cancelled() -> None:
    talk = Talk()
    number = talk.wait()
    talk.hear(heard(Action.CANCEL))
    talk.take(Failed(number, "withdraw", "http_409"))
    assert talk.said() == ["It has already been decided. I can’t take it back."]
    talk.take(RequestEnded(number, Ended(Outcome.PAID, "req_1")))
    assert [close.outcome for close in talk.of(Close)] == [Outcome.PAID]


def test_several_orders_of_one_breath_are_asked_at_once() -> None:
    talk = Talk()
    talk.hear(heard(more=(Order("Green tea", 2, "Hana"), Order("Green tea", 1, OWNER))))
    assert talk.of(GetQuote) == [
        GetQuote(1, (("milk", 1), ("green-tea", 1))),
        GetQuote(2, (("green-tea", 2),)),
    ]


def test_a_second_order_for_the_same_person_is_held_until_the_first_has_ended() -> None:
    talk = Talk()
    number = talk.wait()
    talk.hear(heard(item="Green tea"))
    assert not talk.of(GetQuote)
    talk.take(RequestEnded(number, Ended(Outcome.DENIED, "req_1")))
    assert [wanted.lines for wanted in talk.of(GetQuote)] == [(("green-tea", 1),)]


def test_a_contact_who_may_not_be_asked_any_more_is_forgotten() -> None:
    talk = Talk()
    number = talk.order()
    talk.take(Failed(number, "ask", "unknown_user_id"))
    assert talk.said() == ["I’m not allowed to ask Momo. Nothing was bought."]
    assert talk.of(Refresh) == [Refresh()]


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        (heard(reason="unsure"), Outcome.NOT_UNDERSTOOD),
        (heard(item=None, reason="unsure", slots={"item": Slot("Milk", 0.8)}), Outcome.NOT_UNDERSTOOD),
        (
            heard(nickname=None, reason="unsure", slots={"nickname": Slot("Momo", 0.8)}),
            Outcome.UNKNOWN_CONTACT,
        ),
        (heard(nickname=None, reason="no_name"), Outcome.NOT_UNDERSTOOD),
        (heard(Action.NEGATED), Outcome.NOT_UNDERSTOOD),
        (heard(Action.NONE), Outcome.NOT_UNDERSTOOD),
        (heard(Action.YES), Outcome.NOT_UNDERSTOOD),
        (heard(Action.MENU), Outcome.NOT_UNDERSTOOD),
        (heard(Action.CANCEL), Outcome.NOT_UNDERSTOOD),
    ],
)
def test_once_never_asks_back(what: Heard, outcome: Outcome) -> None:
    talk = Talk(once=True, read_back="always")
    talk.hear(what)
    assert not talk.of(Listen)
    assert [close.outcome for close in talk.of(Close)] == [outcome]


def test_an_open_microphone_never_asks_without_a_yes() -> None:
    talk = Talk(read_back="never")
    talk.order(by="open_microphone")
    assert not talk.of(Ask)
    for action in (Action.NONE, Action.MENU, Action.STATUS, Action.REPEAT):
        talk.hear(heard(action), "open_microphone")
        assert not talk.of(Ask)
    assert replace(talk.now).errands[0].stage is Stage.CONFIRMING
