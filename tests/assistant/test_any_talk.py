"""Anything said in any order, with servers that answer, refuse or vanish: what holds all the same."""

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assistant.conversation import (
    Ask,
    AskCame,
    By,
    Close,
    Conversation,
    Event,
    Failed,
    GetQuote,
    HeardLine,
    Listen,
    Manners,
    NoAnswer,
    QuoteCame,
    RequestEnded,
    Say,
    Stage,
    Wait,
    Withdraw,
)
from assistant.dialogue import step
from assistant.ears.interface import OWNER, Action, Heard, Order, Slot
from assistant.phrases import phrase
from core.client.asking import Asked, Ended
from core.domain.outcome import Outcome
from core.texts.catalog import Texts
from tests.assistant.talk import KNOWN, PRICE, REQUEST, heard

HEARD = st.sampled_from(
    [
        heard(),
        heard(reason="unsure"),
        heard(nickname="Hana", item="Green tea"),
        heard(nickname=OWNER),
        heard(item=None, reason="unknown_item"),
        heard(item=None, reason="unsure", slots={"item": Slot("Milk", 0.8)}),
        heard(nickname=None, reason="no_name"),
        heard(nickname=None, reason="unsure", slots={"nickname": Slot("Hana", 0.8)}),
        heard(more=(Order("Green tea", 2, "Hana"), Order(None, 1, None))),
        *[heard(action) for action in Action if action is not Action.ORDER],
        heard(Action.NAME, nickname="Hana"),
        heard(Action.NAME, nickname=None),
    ]
)


class AnyTalk(RuleBasedStateMachine):
    """Anything said, in any order, with servers that answer, refuse or vanish."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = Conversation(Manners(), KNOWN)
        self.quoting: list[int] = []
        self.asking: list[int] = []
        self.open: dict[int, Asked] = {}
        self.questions: list[int] = []
        self.confirmed: set[int] = set()
        self.closed: list[int] = []
        self.asked = 0

    def take(self, event: Event) -> None:
        self.talk, effects = step(self.talk, event)
        for effect in effects:
            match effect:
                case GetQuote():
                    self.quoting.append(effect.errand)
                case Ask():
                    self.asking.append(effect.errand)
                case Wait():
                    self.open[effect.errand] = effect.asked
                case Withdraw():
                    assert effect.errand in self.open
                case Listen():
                    self.questions.append(effect.question)
                case Close(errand) if errand is not None:
                    self.closed.append(errand.number)
                case Say():
                    words = phrase(effect, KNOWN, Texts("en"))
                    assert words.shown
                    assert words.spoken

    @rule(what=HEARD, by=st.sampled_from(["text", "button", "open_microphone"]))
    def hears(self, what: Heard, by: By) -> None:
        before = len(self.quoting) + len(self.asking)
        had_question = self.talk.question is not None
        self.take(HeardLine(what, by, 0.0))
        if what.action not in (Action.ORDER, Action.CANCEL) and not had_question:
            assert len(self.quoting) + len(self.asking) == before

    @precondition(lambda self: self.quoting)
    @rule(fails=st.booleans())
    def shop_answers(self, fails: bool) -> None:
        number = self.quoting.pop()
        self.take(Failed(number, "quote", "server_away") if fails else QuoteCame(number, PRICE, "quote"))

    @precondition(lambda self: self.asking)
    @rule(code=st.sampled_from([None, "server_away", "unknown_user_id"]))
    def server_answers(self, code: str | None) -> None:
        number = self.asking.pop()
        self.asked += 1
        request = msgspec.structs.replace(REQUEST, auth_req_id=f"req_{self.asked}")
        self.take(AskCame(number, request) if code is None else Failed(number, "ask", code))

    @precondition(lambda self: self.open)
    @rule(outcome=st.sampled_from(list(Outcome)))
    def request_ends(self, outcome: Outcome) -> None:
        number, request = self.open.popitem()
        self.take(RequestEnded(number, Ended(outcome, request.auth_req_id)))
        self.take(RequestEnded(number, Ended(Outcome.WITHDRAWN, request.auth_req_id)))

    @precondition(lambda self: self.questions)
    @rule()
    def nobody_answers(self) -> None:
        self.take(NoAnswer(self.questions.pop()))

    @invariant()
    def every_errand_ends_once(self) -> None:
        assert len(self.closed) == len(set(self.closed))
        assert not {errand.number for errand in self.talk.errands} & set(self.closed)

    @invariant()
    def a_question_is_about_an_open_errand(self) -> None:
        if self.talk.question is not None:
            assert self.talk.errand(self.talk.question.errand) is not None

    @invariant()
    def what_was_heard_by_the_open_microphone_is_asked_only_after_a_question(self) -> None:
        for errand in self.talk.errands:
            if errand.by == "open_microphone" and errand.stage in (Stage.ASKING, Stage.WAITING):
                assert self.questions or self.closed or self.talk.numbers > errand.number

    @invariant()
    def one_person_has_one_open_request_of_ours(self) -> None:
        waiting = [errand.nickname for errand in self.talk.errands if errand.stage is Stage.WAITING]
        assert len(waiting) == len(set(waiting))


TestAnyTalk = AnyTalk.TestCase
TestAnyTalk.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
